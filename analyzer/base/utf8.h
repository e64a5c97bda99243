#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdint.h>

#include "base/str.h"

#define UTF8_BAD UINT32_C(0xFFFFFFFF)

/*
 * Decodes the code point at s.data[*at] and moves *at behind it.  A malformed byte gives UTF8_BAD
 * and moves by one.  Call only with *at < s.len.
 */
uint32_t utf8_next(struct str s, size_t *at);
/* Writes 1..4 bytes; returns how many. */
size_t utf8_put(uint32_t code_point, char out[4]);
/* Terminal columns, East Asian wide = 2, combining = 0 (utf8proc). */
size_t utf8_width(struct str s);
/* Whole string valid UTF-8 (no surrogates, no overlong forms). */
bool utf8_valid(struct str s);
bool utf8_is_letter(uint32_t code_point);
bool utf8_is_upper(uint32_t code_point);
bool utf8_is_lower(uint32_t code_point);
bool utf8_is_digit(uint32_t code_point);
/* Any Unicode blank, no-break ones and zero-width ones included. */
bool utf8_is_blank(uint32_t code_point);

/*
 * The 7-bit base of a code point for matching, lower case: 'É' -> "e", 'œ' -> "oe", 'ﬁ' -> "fi",
 * '€' -> "eur"; combining marks, soft hyphens and zero-width characters -> ""; letters of other
 * scripts -> "_"; dashes -> "-"; apostrophes -> "'"; blanks -> " "; quotation marks, opening
 * brackets and bullets -> "" ; other signs -> themselves if ASCII, else "".
 * *accent is set when an accent was dropped (grave, acute...).  Static data, never NULL.
 */
struct str utf8_base(uint32_t code_point, bool *accent);

#endif
