#include "text/phrase.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/utf8.h"

enum {
    BUCKETS = 1024,   /* a power of two; a language has some hundred phrases */
    SEEN_BITS = 8192, /* of the filter of longest words: few words pass by chance */
};

struct phrase {
    struct str *words;
    uint32_t count;
    uint32_t mask;
    uint64_t hash; /* of the first word */
    struct phrase *next;
};

struct phrases {
    struct arena *arena;
    struct phrase *buckets[BUCKETS];
    uint64_t seen[SEEN_BITS / 64]; /* a bit for the hash of each phrase's longest word */
};

static uint32_t
add_letter(uint32_t hash, char letter)
{
    return (hash ^ (unsigned char)letter) * UINT32_C(16777619);
}

static uint32_t
hash_bit(uint32_t hash)
{
    return (hash ^ hash >> 15) % SEEN_BITS;
}

static void
see_longest(struct phrases *phrases, const struct str *words, uint32_t count)
{
    struct str longest = words[0];
    for (uint32_t i = 1; i < count; i++)
        if (words[i].len > longest.len)
            longest = words[i];
    uint32_t hash = 0;
    for (size_t i = 0; i < longest.len; i++)
        if (longest.data[i] != '_') /* accents of short words, which a filter need not tell */
            hash = add_letter(hash, longest.data[i]);
    phrases->seen[hash_bit(hash) / 64] |= UINT64_C(1) << (hash_bit(hash) % 64);
}

struct phrases *
phrases_new(struct arena *arena)
{
    struct phrases *phrases = arena_new(arena, struct phrases, 1);
    phrases->arena = arena;
    return phrases;
}

static void
add_phrase(struct phrases *phrases, struct str source, uint32_t mask)
{
    ARRAY(struct str) words = {NULL, 0, 0};
    struct str rest = source, word;
    while (str_cut(&rest, ' ', &word))
        array_push(phrases->arena, &words, word);
    if (words.count == 0)
        return;
    see_longest(phrases, words.items, words.count);
    struct phrase *phrase = arena_new(phrases->arena, struct phrase, 1);
    uint64_t hash = hash_str(words.items[0]);
    *phrase =
        (struct phrase){words.items, words.count, mask, hash, phrases->buckets[hash % BUCKETS]};
    phrases->buckets[hash % BUCKETS] = phrase;
}

void
phrases_add(struct phrases *phrases, const struct word_list *list, uint32_t mask)
{
    for (uint32_t i = 0; i < list->count; i++)
        add_phrase(phrases, list->words[i], mask);
}

static bool
is_inside_word(const uint32_t *code_points, uint32_t count, uint32_t i, uint32_t hash)
{
    uint32_t c = code_points[i];
    if ((c | 0x20) - 'a' < 26 || c - '0' < 10)
        return true;
    uint32_t next = i + 1 < count ? code_points[i + 1] : ' ';
    return c == '.' && hash != 0 && (next | 0x20) - 'a' < 26; /* "u.s" */
}

bool
phrases_possible(const struct phrases *phrases, const uint32_t *code_points, uint32_t count)
{
    uint32_t hash = 0;
    for (uint32_t i = 0; i <= count; i++) {
        uint32_t c = i < count ? code_points[i] : ' ';
        if (c < 0x80) {
            if (i < count && is_inside_word(code_points, count, i, hash)) {
                hash = add_letter(hash, (char)(c - 'A' < 26 ? c | 0x20 : c));
                continue;
            }
        } else {
            bool accent;
            struct str base = utf8_base(c, &accent);
            bool letter = utf8_is_letter(c);
            for (size_t k = 0; letter && k < base.len; k++)
                hash = add_letter(hash, base.data[k]);
            if (letter || base.len == 0)
                continue;
        }
        if (hash != 0 && (phrases->seen[hash_bit(hash) / 64] >> (hash_bit(hash) % 64) & 1))
            return true;
        hash = 0;
    }
    return false;
}

static bool
matches(const struct phrase *phrase, const struct str *cores, uint32_t count)
{
    if (phrase->count > count)
        return false;
    for (uint32_t i = 0; i < phrase->count; i++)
        if (!str_equal(phrase->words[i], cores[i]))
            return false;
    return true;
}

uint32_t
phrases_match(const struct phrases *phrases, const struct str *cores, uint32_t count, uint32_t at,
              uint32_t *words)
{
    uint32_t mask = 0;
    *words = 0;
    uint64_t hash = hash_str(cores[at]);
    const struct phrase *phrase = phrases->buckets[hash % BUCKETS];
    for (; phrase; phrase = phrase->next) {
        if (phrase->hash != hash || !matches(phrase, cores + at, count - at))
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
    uint32_t count = 0, at = 0;
    while (at < fold->length && count < max) {
        uint32_t end = at + 1;
        while (end < fold->length && fold->bytes[end] != ' ')
            end++;
        struct str word = fold_core((struct str){fold->bytes + at, end - at});
        if (word.len > 0)
            cores[count++] = word;
        at = end;
    }
    return count;
}
