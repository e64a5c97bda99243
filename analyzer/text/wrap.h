#ifndef TEXT_WRAP_H
#define TEXT_WRAP_H

#include "text/row.h"

/*
 * Tells line breaks inside paragraphs from those that end one.  Text is hard-wrapped where many
 * lines break in mid-sentence and do so near a common width; one sentence or paragraph a line is
 * not.  Decided for every stretch of rows, so that a wrapped annex behind unwrapped terms works.
 */
struct wrap; /* opaque, in the arena given */

/* Rows marked as furniture are left out. */
struct wrap *wrap_measure(struct arena *arena, const struct document *document, struct rows rows);

enum wrap_join {
    WRAP_END,    /* the paragraph ends */
    WRAP_BLANK,  /* the break stands for a blank */
    WRAP_WORD,   /* a word was parted: hyphen and break go */
    WRAP_HYPHEN, /* a hyphenated word was parted at its own hyphen: only the break goes */
};

/*
 * How row `next` follows row `row`, the one before it that is no furniture.  `continued`: that row
 * was itself joined to the one before.
 */
enum wrap_join wrap_join(const struct wrap *wrap, uint32_t row, uint32_t next, bool continued);

#endif
