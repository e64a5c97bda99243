#ifndef TEXT_PHRASE_H
#define TEXT_PHRASE_H

#include "text/fold.h"
#include "text/language.h"

/* Finds the phrases of several word lists at once among folded words. */
struct phrases; /* opaque; everything in its arena */

struct phrases *phrases_new(struct arena *arena);
/* `mask`: the bits that tell this list from the others. */
void phrases_add(struct phrases *phrases, const struct word_list *list, uint32_t mask);
/*
 * A quick no: false when none of the code points' words is the longest word of any phrase, so
 * that the text need not be folded.
 */
bool phrases_possible(const struct phrases *phrases, const uint32_t *code_points, uint32_t count);
/*
 * Bits of all phrases that begin at word `at`; *words = length of the longest, 0 = none.
 */
uint32_t phrases_match(const struct phrases *phrases, const struct str *cores, uint32_t count,
                       uint32_t at, uint32_t *words);

/* Cores of the folded words, those without letter or digit left out; returns how many. */
uint32_t fold_cores(const struct fold *fold, struct str *cores, uint32_t max);

#endif
