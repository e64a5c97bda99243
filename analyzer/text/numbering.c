/* Numbers of list items and headings, written out. */

#include "text/numbering.h"

#include <stdio.h>

enum {
    ROMAN_MOST = 3999,
    LETTER_REPEATS = 8, /* "aaaaaaaa" is item 183 */
};

static struct str
decimal(uint32_t value, uint32_t digits, char out[NUMBER_BYTES])
{
    int len = snprintf(out, NUMBER_BYTES, "%0*u", (int)digits, value);

    return (struct str){out, (size_t)len};
}

static struct str
letters(uint32_t value, char first, char out[NUMBER_BYTES])
{
    uint32_t repeats = (value - 1) / 26 + 1;

    if (value == 0 || repeats > LETTER_REPEATS)
        return decimal(value, 1, out);
    memset(out, first + (char)((value - 1) % 26), repeats);
    return (struct str){out, repeats};
}

static struct str
roman(uint32_t value, bool upper, char out[NUMBER_BYTES])
{
    static const struct {
        uint32_t value;
        const char *letters;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    size_t len = 0;

    if (value == 0 || value > ROMAN_MOST)
        return decimal(value, 1, out);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (; value >= parts[i].value; value -= parts[i].value)
            for (const char *p = parts[i].letters; *p; p++)
                out[len++] = (char)(upper ? *p & ~0x20 : *p);
    }
    return (struct str){out, len};
}

struct str
number_write(enum number_style style, uint32_t value, char out[NUMBER_BYTES])
{
    switch (style) {
    case NUMBER_NONE:
    case NUMBER_BULLET:
        break;
    case NUMBER_DECIMAL:
        return decimal(value, 1, out);
    case NUMBER_ZERO:
        return decimal(value, 2, out);
    case NUMBER_LETTER:
        return letters(value, 'a', out);
    case NUMBER_LETTER_UPPER:
        return letters(value, 'A', out);
    case NUMBER_ROMAN:
        return roman(value, false, out);
    case NUMBER_ROMAN_UPPER:
        return roman(value, true, out);
    }
    return (struct str){out, 0};
}

struct str
number_bullet(uint32_t level)
{
    static const char *const signs[] = {"\u2022", "\u25E6", "\u25AA"};

    return str_of(signs[level % 3]);
}
