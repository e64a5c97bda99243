#ifndef TEXT_FORMAT_H
#define TEXT_FORMAT_H

#include "text/document.h"

/* What a file is, told by its contents first and its name second, and its text.  Only document.c
 * uses this. */

/*
 * Fills what the reader of the format fills: text, encoding, origin, notes.  `wanted` says what
 * the user takes it for.  False: it is not that, or cannot be read.
 */
bool format_read(struct document *document, enum format wanted, struct error *error);
/* Of decoded text: FORMAT_HTML, FORMAT_MARKDOWN or FORMAT_TEXT. */
enum format format_of_text(struct str name, struct str text);

#endif
