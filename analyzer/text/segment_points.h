#ifndef TEXT_SEGMENT_POINTS_H
#define TEXT_SEGMENT_POINTS_H

#include "base/utf8.h"
#include "text/document.h"

/*
 * The repaired text of a span as arrays of code points and their places: what text/repair.h walks
 * one by one, for those who look back and ahead.  With quick answers for ASCII.
 */
struct points {
    uint32_t *points;
    uint32_t *offsets;
    uint32_t count;
    uint32_t capacity;
};

struct points points_new(struct arena *arena, uint32_t capacity);
/* Fills the arrays from the begin of the span; returns where reading stopped (span.end = all). */
uint32_t points_fill(struct points *points, const struct document *document, struct span span);

static inline bool
point_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) - 'a' < 26;
    return c != UTF8_BAD && utf8_is_letter(c);
}

static inline bool
point_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c - 'A' < 26;
    return c != UTF8_BAD && utf8_is_upper(c);
}

static inline bool
point_is_lower(uint32_t c)
{
    if (c < 0x80)
        return c - 'a' < 26;
    return c != UTF8_BAD && utf8_is_lower(c);
}

static inline bool
point_is_digit(uint32_t c)
{
    if (c < 0x80)
        return c - '0' < 10;
    return c != UTF8_BAD && utf8_is_digit(c);
}

static inline bool
point_is_blank(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || c - '\t' < 5;
    return c != UTF8_BAD && utf8_is_blank(c);
}

#endif
