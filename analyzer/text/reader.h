#ifndef TEXT_READER_H
#define TEXT_READER_H

#include "text/document.h"

/*
 * Readers of formats that are not plain text.  Each replaces document->text by what a person sees,
 * one paragraph a line (text/prose.h), and sets given, origin and origin_kind.  False: *error says
 * why and what to do.  Only document.c uses this.
 */

/* document->text is the decoded page; its places in the raw bytes are kept.  web.c */
bool web_read(struct document *document, struct error *error);
/* document->text is the decoded source; lines stay where they are.  markdown.c */
bool markdown_read(struct document *document, struct error *error);
/* document->raw is a zip archive, or for ODT a single XML file.  docx.c, odt.c */
bool docx_read(struct document *document, struct error *error);
bool odt_read(struct document *document, struct error *error);

#endif
