#include "scan/fingerprint.h"

#include <stdlib.h>

#include "base/hash.h"
#include "text/fold.h"

static bool
is_number(struct str core)
{
    return core.len > 0 && core.data[0] >= '0' && core.data[0] <= '9';
}

/* A label: words in front that are numbers, single letters, or name an article. */
static bool
is_label(const struct language *language, struct str word, struct str core)
{
    bool closed = word.len > core.len; /* "a)", "6.1." */
    return is_number(core) || (core.len <= 3 && closed) ||
           word_list_has(&language->article_words, core);
}

static uint64_t
hash_unit(const struct document *document, const struct language *language, uint32_t unit,
          uint64_t state, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    struct span span = document->units.items[unit].span;
    struct fold fold = fold_new(scratch, span_len(span));
    fold_span(&fold, document, span);
    struct str rest = {fold.bytes, fold.length}, word;
    bool label = true, article = false;
    while (str_cut(&rest, ' ', &word)) {
        struct str core = fold_core(word);
        if (core.len == 0)
            continue;
        label = label && is_label(language, word, core);
        if (!label && !(article && is_number(core))) {
            state = hash_more(state, core);
            state = hash_more(state, STR(" "));
        }
        article = word_list_has(&language->article_words, core);
    }
    arena_reset(scratch, mark);
    return state;
}

static int
compare_units(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Over the words of its units in document order, whichever place is gravest. */
static uint64_t
hash_finding(const struct document *document, const struct language *language,
             const struct finding *finding, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    uint32_t *units = arena_new(scratch, uint32_t, finding->place_count);
    for (uint32_t p = 0; p < finding->place_count; p++)
        units[p] = finding->places[p].unit;
    qsort(units, finding->place_count, sizeof *units, compare_units);
    uint64_t state = hash_more(HASH_SEED, finding->category);
    for (uint32_t p = 0; p < finding->place_count; p++)
        state = hash_unit(document, language, units[p], state, scratch);
    arena_reset(scratch, mark);
    return hash_end(state);
}

struct keyed {
    uint64_t hash;
    uint32_t index;
};

static int
compare_keyed(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

void
fingerprint_findings(const struct document *document, const struct language *language,
                     struct verdict *verdict)
{
    struct arena scratch = {0};
    uint32_t count = verdict->findings.count;
    struct keyed *keyed = arena_new(&scratch, struct keyed, (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++)
        keyed[i] = (struct keyed){
            hash_finding(document, language, &verdict->findings.items[i], &scratch), i};
    qsort(keyed, count, sizeof *keyed, compare_keyed);
    uint64_t ordinal = 0;
    for (uint32_t i = 0; i < count; i++) {
        ordinal = i > 0 && keyed[i].hash == keyed[i - 1].hash ? ordinal + 1 : 0;
        verdict->findings.items[keyed[i].index].fingerprint =
            ordinal == 0 ? keyed[i].hash : hash_end(keyed[i].hash ^ ordinal);
    }
    arena_free(&scratch);
}
