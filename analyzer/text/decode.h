#ifndef TEXT_DECODE_H
#define TEXT_DECODE_H

#include "text/document.h"

/*
 * From raw bytes to valid UTF-8: the encoding is found out, the text made, the way back kept.
 * Only document.c uses this.
 */

/* Fills encoding, text and origin.  False: not text at all. */
bool decode_document(struct document *document, struct error *error);
/*
 * The next code point of the raw bytes, *at moved behind it; UTF8_BAD for what cannot be decoded
 * and stands in text as U+FFFD.
 */
uint32_t decode_next(enum encoding encoding, struct str raw, size_t *at);

#endif
