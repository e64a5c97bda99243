/*
 * UTF-8 and the 7-bit base of code points.  What European contracts hold is answered from
 * constant tables; everything else asks utf8proc, which is about ten times slower.
 */

#include "base/utf8.h"

#include <utf8proc.h>

uint32_t
utf8_next(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.data + *at;
    size_t left = s.len - *at;
    uint32_t c = p[0];
    size_t more = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    /* Limits of the second byte rule out overlong forms, surrogates and what lies past 10FFFF. */
    unsigned low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;

    *at += 1;
    if (c < 0x80)
        return c;
    if (c < 0xC2 || c > 0xF4 || left <= more || p[1] < low || p[1] > high)
        return UTF8_BAD;
    c &= more == 1 ? 0x1FU : more == 2 ? 0x0FU : 0x07U;
    c = c << 6 | (p[1] & 0x3FU);
    for (size_t i = 2; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return UTF8_BAD;
        c = c << 6 | (p[i] & 0x3FU);
    }
    *at += more;
    return c;
}

size_t
utf8_put(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (c >> 18 & 0x07));
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t
utf8_width(struct str s)
{
    size_t width = 0;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);

        if (c >= 0x20 && c < 0x7F)
            width++;
        else if (c == UTF8_BAD)
            width++; /* shown as a replacement character */
        else if (utf8proc_charwidth((utf8proc_int32_t)c) > 0)
            width += (size_t)utf8proc_charwidth((utf8proc_int32_t)c);
    }
    return width;
}

static utf8proc_category_t
category(uint32_t c)
{
    return c > 0x10FFFF ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)c);
}

bool
utf8_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 0x20) - 'a' < 26;
    return category(c) >= UTF8PROC_CATEGORY_LU && category(c) <= UTF8PROC_CATEGORY_LO;
}

bool
utf8_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c - 'A' < 26;
    return category(c) == UTF8PROC_CATEGORY_LU || category(c) == UTF8PROC_CATEGORY_LT;
}

bool
utf8_is_lower(uint32_t c)
{
    if (c < 0x80)
        return c - 'a' < 26;
    return category(c) == UTF8PROC_CATEGORY_LL;
}

bool
utf8_is_digit(uint32_t c)
{
    if (c < 0x80)
        return c - '0' < 10;
    return category(c) == UTF8PROC_CATEGORY_ND;
}

bool
utf8_is_blank(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || c - '\t' < 5;
    if (c < 0x1680)
        return c == 0x85 || c == 0xA0;
    return c == 0x1680 || (c >= 0x2000 && c <= 0x200D) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

/*
 * One character of base for each code point of a range.  ' ' is a blank; '~' means that it has
 * none; '?' that base_special knows it.
 */
static const char ascii_bases[] = "~~~~~~~~~     ~~~~~~~~~~~~~~~~~~"
                                  " !~#?%&'~)~+,-./0123456789:;~=>?"
                                  "@abcdefghijklmnopqrstuvwxyz~\\]^~"
                                  "'abcdefghijklmnopqrstuvwxyz~|}?~";

/* U+00A0 to U+017F */
static const char latin_bases[] = " ~~???~~~~a~~~~~"
                                  "~~23'~~~~1o~???~"
                                  "aaaaaa?ceeeeiiii"
                                  "dnooooo~ouuuuy??"
                                  "aaaaaa?ceeeeiiii"
                                  "dnooooo~ouuuuy?y"
                                  "aaaaaaccccccccdd"
                                  "ddeeeeeeeeeegggg"
                                  "gggghhhhiiiiiiii"
                                  "ii??jjkkklllllll"
                                  "lllnnnnnn?nnoooo"
                                  "oo??rrrrrrssssss"
                                  "ssttttttuuuuuuuu"
                                  "uuuuwwyyyzzzzzzs";

/* U+2000 to U+206F */
static const char punctuation_bases[] = "           ~~~~~"
                                        "------~~''~'~~~~"
                                        "~~~~.??~  ~~~~~ "
                                        "~~'~~'~~~~~~!~~~"
                                        "~~~~/~~~~~~~~~~~"
                                        "~~~~~~~~~~~~~~~ "
                                        "~~~~~~~~~~~~~~~~";

/* Bases of more than one letter, and ASCII signs that need a second look; sorted. */
static const struct {
    uint32_t code_point;
    char base[4];
    uint8_t len;
} specials[] = {
    {'$', "usd", 3},    {'?', "?", 1},      {'~', "~", 1},      {0xA3, "gbp", 3},
    {0xA4, "", 0},      {0xA5, "jpy", 3},   {0xBC, "1/4", 3},   {0xBD, "1/2", 3},
    {0xBE, "3/4", 3},   {0xC6, "ae", 2},    {0xDE, "th", 2},    {0xDF, "ss", 2},
    {0xE6, "ae", 2},    {0xFE, "th", 2},    {0x132, "ij", 2},   {0x133, "ij", 2},
    {0x149, "n", 1},    {0x152, "oe", 2},   {0x153, "oe", 2},   {0x1C4, "dz", 2},
    {0x1C5, "dz", 2},   {0x1C6, "dz", 2},   {0x1C7, "lj", 2},   {0x1C8, "lj", 2},
    {0x1C9, "lj", 2},   {0x1CA, "nj", 2},   {0x1CB, "nj", 2},   {0x1CC, "nj", 2},
    {0x1F1, "dz", 2},   {0x1F2, "dz", 2},   {0x1F3, "dz", 2},   {0x1E9E, "ss", 2},
    {0x2025, "..", 2},  {0x2026, "...", 3}, {0x20AC, "eur", 3}, {0x2116, "n", 1},
    {0xFB00, "ff", 2},  {0xFB01, "fi", 2},  {0xFB02, "fl", 2},  {0xFB03, "ffi", 3},
    {0xFB04, "ffl", 3}, {0xFB05, "st", 2},  {0xFB06, "st", 2},  {0xFF04, "usd", 3},
    {0xFFE1, "gbp", 3}, {0xFFFD, "_", 1}, /* most bad bytes were letters: no word ends there */
};

/* Its data is NULL when the code point is none of them. */
static struct str
base_special(uint32_t c)
{
    size_t low = 0;
    size_t high = sizeof specials / sizeof *specials;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (specials[middle].code_point < c)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sizeof specials / sizeof *specials || specials[low].code_point != c)
        return (struct str){NULL, 0};
    return (struct str){specials[low].base, specials[low].len};
}

/* One static character as a string. */
static struct str
single(char c)
{
    static const char all[] = " !\"#$%&'()*+,-./0123456789:;<=>?@"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    return (struct str){all + (c - ' '), 1};
}

static bool
is_combining(uint32_t c)
{
    return category(c) >= UTF8PROC_CATEGORY_MN && category(c) <= UTF8PROC_CATEGORY_ME;
}

/* Of anything that has no place in the tables. */
static struct str
base_by_category(uint32_t c)
{
    if (c == 0x2212 || category(c) == UTF8PROC_CATEGORY_PD)
        return STR("-");
    if (c == 0x2BC || c == 0x2B9)
        return STR("'");
    if (utf8_is_blank(c) && category(c) != UTF8PROC_CATEGORY_CF)
        return STR(" ");
    if (utf8_is_letter(c) || utf8_is_digit(c))
        return STR("_");
    return STR("");
}

/*
 * The first ASCII character of the compatibility decomposition: 'ạ' -> "a", fullwidth and
 * mathematical letters -> theirs.  What comes apart into several is "_" if it is a letter.
 */
static struct str
base_decomposed(uint32_t c, bool *accent)
{
    utf8proc_int32_t parts[18]; /* the longest decomposition of Unicode */
    int last_class = 0;
    utf8proc_ssize_t count;
    struct str base = base_by_category(c);
    int letters = 0;

    if (c > 0x10FFFF || (base.len && base.data[0] != '_'))
        return base;
    count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 18,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD,
                                    &last_class);
    for (utf8proc_ssize_t i = 0; i < count && i < 18; i++) {
        if (parts[i] > ' ' && parts[i] < 0x7F && ++letters == 1)
            base = utf8_base((uint32_t)parts[i], accent);
        else if (is_combining((uint32_t)parts[i]))
            *accent = letters > 0 || count == 1;
    }
    if (letters > 1)
        return utf8_is_letter(c) ? STR("_") : STR("");
    return base;
}

static bool
is_accented_latin(uint32_t c)
{
    return c >= 0xC0 && c != 0xC6 && c != 0xE6 && c != 0xDF && c != 0xDE && c != 0xFE &&
           c != 0x152 && c != 0x153;
}

struct str
utf8_base(uint32_t c, bool *accent)
{
    char base;

    *accent = false;
    if (c < 0x80) {
        base = ascii_bases[c];
    } else if (c >= 0xA0 && c < 0x180) {
        base = latin_bases[c - 0xA0];
        *accent = is_accented_latin(c) && base != '~';
    } else if (c >= 0x2000 && c < 0x2070) {
        base = punctuation_bases[c - 0x2000];
    } else if (c >= 0x300 && c < 0x370) {
        *accent = true;
        return STR("");
    } else {
        struct str special = base_special(c);

        return special.data ? special : base_decomposed(c, accent);
    }
    if (base == '~')
        return c == '~' ? STR("~") : STR("");
    return base == '?' ? base_special(c) : single(base);
}

bool
utf8_valid(struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        if ((unsigned char)s.data[at] < 0x80)
            at++;
        else if (utf8_next(s, &at) == UTF8_BAD)
            return false;
    }
    return true;
}
