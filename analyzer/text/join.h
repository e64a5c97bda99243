#ifndef TEXT_JOIN_H
#define TEXT_JOIN_H

#include "text/document.h"

/*
 * Several papers of one contract (conditions, service charter, annexes), each read and segmented,
 * as one document: their texts one behind the other, with edits, headings, clauses and units.  So
 * whatever looks for something in "the document" looks in all of them.  What only reports need
 * (lines, pages, origin) stays with the papers.
 *
 * The list of articles approved in writing counts for the paper that holds it; an article that this
 * paper does not have is meant to be one of the others: of a list that came on a sheet of its own.
 * Papers get all that is approved of theirs.
 *
 * False: more text than offsets can tell apart; *error says so.  The whole borrows the papers.
 */
bool document_join(struct document *whole, struct arena *arena, struct document *const *papers,
                   uint32_t count, struct error *error);

/* The paper that a text offset of a whole lies in; NULL when the document stands alone. */
const struct paper *document_paper(const struct document *whole, uint32_t offset);

#endif
