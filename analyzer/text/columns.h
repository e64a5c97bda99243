#ifndef TEXT_COLUMNS_H
#define TEXT_COLUMNS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * Text of a page with two columns, laid out with blanks as pdftotext -layout does, has both on
 * every line.  Puts the columns of such pages one behind the other; lines over the full width stay
 * where they are, and so do all other pages, form feeds included.  False: there are no columns,
 * *out is untouched.  The new text lives in `arena`; places in it are not in the order of `text`.
 */
bool columns_separate(struct arena *arena, struct str text, struct str *out);

#endif
