#include "text/phrase.h"

#include "base/hash.h"

enum {
    BUCKETS = 1024, /* a power of two; a language has some hundred phrases */
};

struct phrase {
    struct str words; /* joined by single blanks */
    struct str first;
    uint32_t count;
    uint32_t mask;
    struct phrase *next;
};

struct phrases {
    struct arena *arena;
    struct phrase *buckets[BUCKETS];
};

struct phrases *
phrases_new(struct arena *arena)
{
    struct phrases *phrases = arena_new(arena, struct phrases, 1);
    phrases->arena = arena;
    return phrases;
}

void
phrases_add(struct phrases *phrases, const struct word_list *list, uint32_t mask)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct phrase *phrase = arena_new(phrases->arena, struct phrase, 1);
        struct str rest = list->words[i], word;
        *phrase = (struct phrase){.words = rest, .mask = mask};
        while (str_cut(&rest, ' ', &word))
            if (phrase->count++ == 0)
                phrase->first = word;
        struct phrase **bucket = &phrases->buckets[hash_str(phrase->first) % BUCKETS];
        phrase->next = *bucket;
        *bucket = phrase;
    }
}

static bool
matches(const struct phrase *phrase, const struct str *cores, uint32_t count, uint32_t at)
{
    if (phrase->count > count - at)
        return false;
    struct str rest = phrase->words, word;
    for (uint32_t i = at; str_cut(&rest, ' ', &word); i++)
        if (!str_equal(word, cores[i]))
            return false;
    return true;
}

uint32_t
phrases_match(const struct phrases *phrases, const struct str *cores, uint32_t count, uint32_t at,
              uint32_t *words)
{
    uint32_t mask = 0;
    *words = 0;
    const struct phrase *phrase = phrases->buckets[hash_str(cores[at]) % BUCKETS];
    for (; phrase; phrase = phrase->next) {
        if (!str_equal(phrase->first, cores[at]) || !matches(phrase, cores, count, at))
            continue;
        mask |= phrase->mask;
        if (phrase->count > *words)
            *words = phrase->count;
    }
    return mask;
}

uint32_t
fold_cores(const struct fold *fold, struct str *cores, uint32_t max)
{
    struct str rest = {fold->bytes, fold->length}, word;
    uint32_t count = 0;
    while (count < max && str_cut(&rest, ' ', &word)) {
        word = fold_core(word);
        if (word.len > 0)
            cores[count++] = word;
    }
    return count;
}
