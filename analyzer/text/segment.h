#ifndef TEXT_SEGMENT_H
#define TEXT_SEGMENT_H

#include "text/document.h"
#include "text/language.h"

/*
 * Fills headings, clauses, units, pieces, approved.  Paragraphs are the text between line breaks
 * that carry no edit.  Every non-blank, uncut byte of text lies in exactly one unit's own span.
 */
void segment_document(struct document *document, const struct language *language);

#endif
