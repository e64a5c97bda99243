#ifndef TEXT_FURNITURE_H
#define TEXT_FURNITURE_H

#include "text/row.h"

/*
 * Marks running headers, footers and page numbers with ROW_CUT: rows at the edges of pages that
 * are repeated on at least three pages near each other, or on half of all pages.  A number may
 * grow with the pages; other numbers have to stay the same, or headings would be taken too.
 */
void furniture_mark(const struct document *document, struct rows rows);

#endif
