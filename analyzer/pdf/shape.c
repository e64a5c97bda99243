/* How lines begin and end. */

#include "pdf/shape.h"

#include "base/utf8.h"

enum {
    NUMBER_DIGITS = 3, /* of one component: a longer number is a year or an amount */
    LABEL_LETTERS = 4, /* "viii" */
    LABEL_WORD = 10,   /* letters of a word before a number: "Art. 5", "Section 5" */
    HEAD_WORDS = 4,
};

/* A word as a label is looked for in it. */
struct token {
    const struct glyph *glyphs;
    uint32_t count;
    float x0, x1;
};

static bool
is_bullet(uint32_t c)
{
    return c == 0xB7 || c == 0xA7 || c == 0x2022 || c == 0x2023 || c == 0x2043 ||
           (c >= 0x2190 && c <= 0x21FF) || (c >= 0x25A0 && c <= 0x27BF) ||
           (c >= 0xE000 && c <= 0xF8FF); /* private use: bullets of symbol fonts */
}

static bool
is_dash(uint32_t c)
{
    return c == '-' || c == '*' || c == 0x2013 || c == 0x2014 || c == 0x2212;
}

static bool
is_opening(uint32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0xAB || c == 0x2018 ||
           c == 0x201A || c == 0x201C || c == 0x201E || c == 0x2039;
}

static bool
is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == '*' || c == 0xBB || c == 0x2019 ||
           c == 0x201D || c == 0x203A;
}

static bool
is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0xAD;
}

/* The first words of a line. */
static uint32_t
head_of(const struct page *page, const struct line *line, struct token tokens[HEAD_WORDS])
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < line->count; i++) {
        const struct segment *s = &page->segments.items[page->order.items[line->first + i]];

        for (uint32_t k = 0; k < s->count && count < HEAD_WORDS; k++) {
            const struct word *word = &page->words.items[s->first + k];

            tokens[count++] =
                (struct token){&page->glyphs.items[word->first], word->count, word->x0, word->x1};
        }
    }
    return count;
}

/* "6", "6.", "6)", "6.1", "6.1.2.": its components, 0 = none. */
static uint32_t
number_parts(struct token token, bool *marked)
{
    uint32_t parts = 0, i = 0;

    *marked = false;
    while (i < token.count) {
        uint32_t begin = i;

        while (i < token.count && utf8_is_digit(token.glyphs[i].code))
            i++;
        if (i == begin || i - begin > NUMBER_DIGITS)
            return 0;
        parts++;
        *marked = i < token.count;
        if (i < token.count && token.glyphs[i].code != '.' && token.glyphs[i].code != ')')
            return 0;
        i++;
    }
    return parts;
}

/* "a)", "a.", "iv)", "(a)", "(iv)", "(12)". */
static bool
is_letter_label(struct token token)
{
    bool bracket = token.count && token.glyphs[0].code == '(';
    uint32_t end = token.count - 1, letters = token.count - 1 - bracket;
    uint32_t last = token.glyphs[end].code;

    if (token.count < 2U + bracket || letters > LABEL_LETTERS)
        return false;
    for (uint32_t i = bracket; i < end; i++) {
        uint32_t c = token.glyphs[i].code;

        if (c >= 0x80 || !(utf8_is_letter(c) || (bracket && utf8_is_digit(c))))
            return false;
    }
    return last == ')' || (!bracket && last == '.' && letters == 1);
}

/* "Art." "5", "ARTICOLO" "V": a word with a capital, and a number. */
static bool
is_word_label(const struct token *tokens, uint32_t count)
{
    struct token word = tokens[0];
    bool marked, roman = true;

    if (count < 2 || word.count > LABEL_WORD + 1 || !utf8_is_upper(word.glyphs[0].code))
        return false;
    for (uint32_t i = 0; i < word.count; i++)
        if (!utf8_is_letter(word.glyphs[i].code) &&
            !(i + 1 == word.count && word.glyphs[i].code == '.'))
            return false;
    for (uint32_t i = 0; i < tokens[1].count; i++) {
        uint32_t c = tokens[1].glyphs[i].code;

        roman = roman && c && c < 0x80 && strchr("IVXL.:", (int)c);
    }
    return roman || number_parts(tokens[1], &marked) > 0;
}

static uint32_t
first_letter(struct token token)
{
    uint32_t i = 0;

    while (i + 1 < token.count && is_opening(token.glyphs[i].code))
        i++;
    return token.glyphs[i].code;
}

static uint32_t
label_flags(const struct token *tokens, uint32_t count)
{
    uint32_t first = tokens[0].glyphs[0].code, parts;
    bool marked, upper;

    if (is_bullet(first))
        return LINE_BULLET;
    if (is_dash(first) && tokens[0].count == 1)
        return LINE_LABEL;
    parts = number_parts(tokens[0], &marked);
    if (parts) {
        if (count == 1)
            return marked || parts > 1 ? LINE_LABEL : 0;
        upper = utf8_is_upper(first_letter(tokens[1]));
        if (upper && parts > 1)
            return LINE_BULLET;
        return upper || marked || parts > 1 ? LINE_LABEL : 0;
    }
    return is_letter_label(tokens[0]) || is_word_label(tokens, count) ? LINE_LABEL : 0;
}

static void
shape_begin(const struct page *page, struct line *line)
{
    struct token tokens[HEAD_WORDS];
    uint32_t count = head_of(page, line, tokens);
    uint32_t flags = label_flags(tokens, count);

    line->flags |= flags;
    line->first_word = tokens[0].x1 - tokens[0].x0;
    line->text_x0 = flags && count > 1 ? tokens[1].x0 : line->x0;
    if (utf8_is_lower(first_letter(tokens[0])))
        line->flags |= LINE_LOWER;
}

static void
shape_end(const struct page *page, struct line *line)
{
    uint32_t index = page->order.items[line->first + line->count - 1];
    const struct segment *segment = &page->segments.items[index];
    const struct word *word = &page->words.items[segment->first + segment->count - 1];
    const struct glyph *glyphs = &page->glyphs.items[word->first];
    uint32_t end = word->count, last;

    if (end > 1 && is_hyphen(glyphs[end - 1].code) && utf8_is_letter(glyphs[end - 2].code))
        line->flags |= LINE_HYPHEN;
    while (end > 1 && is_closing(glyphs[end - 1].code))
        end--;
    last = glyphs[end - 1].code;
    if (last != '.' && last != '!' && last != '?' && last != ';' && last != ':' && last != 0x2026)
        line->flags |= LINE_OPEN;
}

void
shape_lines(struct page *page)
{
    for (uint32_t i = 0; i < page->lines.count; i++) {
        shape_begin(page, &page->lines.items[i]);
        shape_end(page, &page->lines.items[i]);
    }
}

bool
shape_is_note(const struct page *page, const struct line *line)
{
    struct token tokens[HEAD_WORDS];
    uint32_t count = head_of(page, line, tokens), c = tokens[0].glyphs[0].code;
    bool marked;

    return (line->flags & LINE_LABEL) || c == '*' || c == 0x2020 || c == 0xB9 || c == 0xB2 ||
           c == 0xB3 || (c >= 0x2070 && c <= 0x2079) ||
           (count > 1 && number_parts(tokens[0], &marked) == 1) ||
           (utf8_is_digit(c) && tokens[0].count > 1 && utf8_is_upper(tokens[0].glyphs[1].code));
}
