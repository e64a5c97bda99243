#ifndef TEXT_NUMBERING_H
#define TEXT_NUMBERING_H

#include <stdint.h>

#include "base/str.h"

/* Numbers as lists show them: 1, 01, a, A, i, I, and the bullets of three levels. */
enum number_style {
    NUMBER_NONE,
    NUMBER_DECIMAL,
    NUMBER_ZERO, /* 01, 02 ... 10 */
    NUMBER_LETTER,
    NUMBER_LETTER_UPPER,
    NUMBER_ROMAN,
    NUMBER_ROMAN_UPPER,
    NUMBER_BULLET,
};

enum { NUMBER_BYTES = 24 }; /* of a number written out */

/*
 * Letters go on aa, bb ... after z (as word processors do), Roman numbers end at 3999; what a
 * style cannot write comes out as decimal.  The result lies in `out`, without a NUL.
 */
struct str number_write(enum number_style style, uint32_t value, char out[NUMBER_BYTES]);
/* A sign that segment_label.c takes for a bullet; level 0 = outermost. */
struct str number_bullet(uint32_t level);

#endif
