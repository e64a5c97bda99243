#ifndef TEXT_VIEW_VALUE_H
#define TEXT_VIEW_VALUE_H

#include "text/view.h"

/* What the lists of a language say of a word: one look-up a word for all of them. */
struct mention;
struct known {
    struct str word;
    uint16_t flags;           /* enum word_flag */
    uint8_t kinds;            /* enum known_kind */
    int64_t numeral;          /* "trenta" = 30 */
    int64_t days;             /* "mese" = 30 */
    uint32_t month;           /* 1..12 */
    struct mention *mentions; /* names that begin with the word */
    struct known *next;
};

enum known_kind {
    KNOWN_NUMERAL = 1,
    KNOWN_DURATION = 2,
    KNOWN_CURRENCY = 4,
    KNOWN_MONTH = 8,
    KNOWN_ARTICLE = 16,
};

struct known_table {
    struct known **buckets;
    uint32_t mask;
    const struct language *language;
};

void known_build(struct arena *arena, struct known_table *table, const struct language *language);
/* The entry of a word, made if there is none. */
struct known *known_add(struct arena *arena, struct known_table *table, struct str word);
const struct known *known_find(const struct known_table *table, struct str word);
/* Does a word end as a verb in the first person plural does ("*iamo")? */
bool known_first_plural(const struct known_table *table, struct str word);

/* Typed values among the words; returns how many were written (at most `count`). */
uint32_t values_find(const struct str *cores, const struct known *const *entries,
                     const struct view_word *words, uint32_t count, struct view_value *values);

#endif
