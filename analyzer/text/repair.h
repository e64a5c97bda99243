#ifndef TEXT_REPAIR_H
#define TEXT_REPAIR_H

#include "text/document.h"

/*
 * Finds what the view must not see (document.edits): line-end hyphens, soft hyphens, running
 * headers and footers, and the line breaks inside paragraphs of hard-wrapped text.  A break that
 * ends a paragraph has no edit: segment.c treats every unedited line break as a paragraph end.
 * Text whose lines are whole paragraphs or sentences gets no line-break edits at all, text that a
 * reader laid out in paragraphs only those of document.given.
 */
void repair_document(struct document *document);

/*
 * Walks the repaired text of a span: returns the next code point and the text offset it stands
 * at; edits are applied (a BLANK or SPLIT gives ' ', a CUT nothing, a SWAP its letter).
 */
struct repaired {
    const struct document *document;
    uint32_t at;
    uint32_t end;
    uint32_t edit; /* next edit to look at */
};
struct repaired repaired_begin(const struct document *document, struct span span);
/* False at the end. */
bool repaired_next(struct repaired *walk, uint32_t *code_point, uint32_t *offset);

#endif
