#ifndef TEXT_PDF_PROTOCOL_H
#define TEXT_PDF_PROTOCOL_H

/*
 * What the helper program cavillo-pdf writes to its standard output, and pdf_stream.c reads with
 * suspicion.  All numbers are unsigned and little-endian.  PDF_MAGIC, then records:
 *   page     u8 'P', u8 flags, u16 0, u32 width, u32 height (1/100 point)
 *   line     u8 'L', u8 flags, u16 indent (columns), u32 page, u32 code points, u32 bytes,
 *            the text (UTF-8, no control characters), one box for every code point
 *   failure  u8 'F', u8 enum pdf_failure, u16 0, u32 number; nothing follows
 *   end      u8 'E', u8 0, u16 0, u32 pages, u32 lines; nothing follows
 * A box is four u16: left, top, right, bottom, in 1/65535 of the page's width or height, from the
 * upper left corner.  Lines come in reading order; a line's page is the last begun or, for a
 * footnote that would part a sentence, one before it.
 */
#define PDF_MAGIC "cavillo-pdf 1\n"

enum {
    PDF_BOX_BYTES = 8,
    PDF_BOX_MOST = 65535,
};

enum pdf_page_flag {
    PDF_PAGE_PICTURE = 1, /* no text, but pictures: a scan without a text layer */
};

enum pdf_line_flag {
    PDF_LINE_JOINS = 1,   /* goes on with the paragraph of the line before that is not cut */
    PDF_LINE_APART = 2,   /* more room than usual stands before it */
    PDF_LINE_RUNNING = 4, /* running header or footer, page number */
};

enum pdf_failure {
    PDF_FAILURE_DAMAGED = 1,
    PDF_FAILURE_PASSWORD,
    PDF_FAILURE_PAGES, /* too many, or none; number = how many */
    PDF_FAILURE_TEXT,  /* too much */
    PDF_FAILURE_INPUT, /* the helper was not given a file */
    PDF_FAILURE_COUNT,
};

#endif
