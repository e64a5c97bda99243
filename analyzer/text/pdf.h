#ifndef TEXT_PDF_H
#define TEXT_PDF_H

#include "text/document.h"

/*
 * PDF.  The file is read by a helper program, cavillo-pdf, in a process of its own that has no
 * files, no network and limits on memory and time; what it answers is checked, never trusted.
 */

/* By the first bytes. */
bool pdf_is(struct str bytes);
/* Starts the helper on document->raw, waits for it, and takes its answer.  pdf.c */
bool pdf_read(struct document *document, struct error *error);
/*
 * Fills text, pages, laid, boxes, sizes and notes from the helper's answer.  False: it is not what
 * pdf_protocol.h says, or says that the PDF cannot be read, or holds no text.  pdf_stream.c
 */
bool pdf_take(struct document *document, struct str stream, struct error *error);

#endif
