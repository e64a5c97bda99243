#ifndef PDF_SHAPE_H
#define PDF_SHAPE_H

#include "pdf/page.h"

/* How lines begin and end: labels, bullets, lower case, final punctuation. */

/* Sets flags, text_x0 and first_word of every line. */
void shape_lines(struct page *page);
/* Does a line begin as a footnote does: with a number, a star or a dagger? */
bool shape_is_note(const struct page *page, const struct line *line);

#endif
