#ifndef TEXT_BOXES_H
#define TEXT_BOXES_H

#include "text/document.h"

/* What the lines of a PDF (document.laid) tell about an offset in its text. */

enum {
    BOX_UNITS = 65535, /* of a page's width or height */
};

/* 1-based; 0 without lines. */
uint32_t boxes_page(const struct document *document, uint32_t offset);
/* enum laid_flag of the line there. */
uint32_t boxes_flags(const struct document *document, uint32_t offset);

#endif
