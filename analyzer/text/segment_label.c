#include "text/segment_label.h"

#include "base/utf8.h"

enum {
    DIGITS_MOST = 3,   /* of one component: a longer number is a year or an amount */
    LETTER_GAP = 3,    /* some alphabets go from i to l, some lists leave a letter out */
    ROMAN_MOST = 49,   /* largest Roman number taken for a label */
    ROMAN_LETTERS = 7, /* "xxxviii" */
    WORD_LETTERS = 24, /* longest article word */
    BULLET_BLANKS = 2, /* behind an "o" that is a bullet and no word */
};

struct cursor {
    struct str text;
    uint32_t at;
    uint32_t end;
};

/* The byte at a distance, 0 behind the end. */
static unsigned char
peek(const struct cursor *c, uint32_t ahead)
{
    return c->at + ahead < c->end ? (unsigned char)c->text.data[c->at + ahead] : 0;
}

static bool
is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

static unsigned char
lower(unsigned char c)
{
    return is_upper(c) ? (unsigned char)(c + ('a' - 'A')) : c;
}

static uint32_t
code_point_at(const struct cursor *c, uint32_t *after)
{
    if (c->at >= c->end) {
        *after = c->end;
        return 0;
    }
    size_t at = c->at;
    uint32_t code_point = utf8_next(c->text, &at);
    *after = at < c->end ? (uint32_t)at : c->end;
    return code_point;
}

/* Returns how many blanks were skipped. */
static uint32_t
skip_blanks(struct cursor *c)
{
    uint32_t count = 0, after;
    while (c->at < c->end) {
        uint32_t code_point = code_point_at(c, &after);
        if (code_point == UTF8_BAD || !utf8_is_blank(code_point))
            break;
        c->at = after;
        count++;
    }
    return count;
}

/* Hyphen, en dash, em dash and their relatives: bytes, 0 = none. */
static uint32_t
dash_length(const struct cursor *c)
{
    if (peek(c, 0) == '-')
        return 1;
    uint32_t after, code_point = code_point_at(c, &after);
    bool dash = (code_point >= 0x2010 && code_point <= 0x2015) || code_point == 0x2212;
    return dash ? after - c->at : 0;
}

static bool
opens_text(uint32_t code_point)
{
    switch (code_point) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case 0xAB:
    case 0x2018:
    case 0x201C:
    case 0x201E:
        return true;
    default:
        return code_point != UTF8_BAD && utf8_is_upper(code_point);
    }
}

static void
finish(struct cursor *c, struct label *label)
{
    label->end = c->at;
    skip_blanks(c);
    label->text = c->at;
}

/* --- numbers ------------------------------------------------------------------------------ */

/* Digits with points between them; false when they are no article number. */
static bool
read_components(struct cursor *c, struct label *label)
{
    for (;;) {
        uint32_t value = 0, digits = 0;
        bool zero = peek(c, 0) == '0';
        while (is_digit(peek(c, 0))) {
            if (++digits > DIGITS_MOST)
                return false;
            value = 10 * value + (uint32_t)(peek(c, 0) - '0');
            c->at++;
        }
        if (digits == 0 || (zero && digits > 1))
            return false;
        if (label->depth < BOUND_NUMBER_DEPTH)
            label->numbers[label->depth++] = (uint16_t)value;
        if (peek(c, 0) != '.' || !is_digit(peek(c, 1)))
            return true;
        c->at++;
    }
}

/* "5°", "5º" */
static void
skip_ordinal_sign(struct cursor *c)
{
    uint32_t after, code_point = code_point_at(c, &after);
    if (code_point == 0xB0 || code_point == 0xBA)
        c->at = after;
}

/* " - ", " – ": a dash between blanks, or behind a number at once. */
static bool
take_dash(struct cursor *c)
{
    struct cursor ahead = *c;
    skip_blanks(&ahead);
    uint32_t length = dash_length(&ahead);
    if (length == 0)
        return false;
    ahead.at += length;
    if (ahead.at < ahead.end && skip_blanks(&ahead) == 0)
        return false;
    c->at = ahead.at;
    return true;
}

/* What closes a number; false when it is none after all ("12.5%", "24-7", "3.000 euro"). */
static bool
close_number(struct cursor *c, struct label *label)
{
    unsigned char sign = peek(c, 0);
    uint32_t after;
    if (c->at == c->end) {
        label->weak = label->depth == 1 && !label->prefix;
        return true;
    }
    if (sign == '.' || sign == ')' || sign == ':') {
        struct cursor ahead = *c;
        ahead.at++;
        label->style = (char)sign;
        if (sign == '.' && dash_length(&ahead) > 0)
            ahead.at += dash_length(&ahead);
        if (ahead.at < ahead.end && skip_blanks(&ahead) == 0 &&
            !opens_text(code_point_at(&ahead, &after)))
            return false;
        c->at++;
        take_dash(c);
        return true;
    }
    if (take_dash(c)) {
        label->style = '-';
        return true;
    }
    struct cursor ahead = *c;
    bool blank = skip_blanks(&ahead) > 0;
    bool opens = opens_text(code_point_at(&ahead, &after));
    if (!blank)
        return opens && (label->depth > 1 || label->prefix);
    label->weak = !label->prefix && (label->depth == 1 || (label->depth == 2 && !opens));
    return true;
}

static bool
parse_number(struct cursor *c, struct label *label)
{
    label->kind = LABEL_NUMBER;
    if (!read_components(c, label))
        return false;
    skip_ordinal_sign(c);
    return close_number(c, label);
}

/* --- letters ------------------------------------------------------------------------------ */

static const struct {
    const char *letters;
    uint8_t value;
} roman_parts[] = {{"xl", 40}, {"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}};

/* The value of a Roman number below 50 in its one proper spelling; else 0. */
static uint8_t
roman_value(struct str letters)
{
    static const uint8_t most[] = {1, 3, 1, 1, 1, 3};
    uint32_t value = 0;
    size_t at = 0;
    for (size_t i = 0; i < sizeof most; i++) {
        size_t length = strlen(roman_parts[i].letters);
        for (uint8_t times = 0; times < most[i]; times++) {
            if (at + length > letters.len)
                break;
            bool same = true;
            for (size_t k = 0; k < length; k++)
                same = same && lower((unsigned char)letters.data[at + k]) ==
                                   (unsigned char)roman_parts[i].letters[k];
            if (!same)
                break;
            value += roman_parts[i].value;
            at += length;
        }
    }
    return at == letters.len && value <= ROMAN_MOST ? (uint8_t)value : 0;
}

/* One letter or a Roman number; the cursor moves behind it. */
static bool
read_letters(struct cursor *c, struct label *label)
{
    uint32_t length = 0;
    while (length <= ROMAN_LETTERS && is_letter(peek(c, length)))
        length++;
    if (length == 0 || length > ROMAN_LETTERS)
        return false;
    struct str letters = str_slice(c->text, c->at, c->at + length);
    label->kind = LABEL_LETTER;
    label->upper = is_upper(peek(c, 0));
    label->roman = roman_value(letters);
    label->letter = length == 1 ? (uint8_t)(lower(peek(c, 0)) - 'a' + 1) : 0;
    if (label->roman == 0 && label->letter == 0)
        return false;
    c->at += length;
    return true;
}

static bool
parse_letter(struct cursor *c, struct label *label)
{
    if (!read_letters(c, label))
        return false;
    unsigned char sign = peek(c, 0);
    if (sign == '.' && label->upper && is_digit(peek(c, 1))) {
        label->prefix = (char)(label->letter > 0 ? 'A' + label->letter - 1 : 0);
        c->at++;
        return label->prefix != 0 && parse_number(c, label);
    }
    if (sign != ')' && sign != '.')
        return false;
    label->style = (char)sign;
    c->at++;
    struct cursor ahead = *c;
    if (c->at < c->end && skip_blanks(&ahead) == 0)
        return sign == ')';
    take_dash(c);
    return true;
}

/* "(a)", "(iv)", "(12)" */
static bool
parse_bracket(struct cursor *c, struct label *label)
{
    c->at++;
    if (is_digit(peek(c, 0))) {
        label->kind = LABEL_NUMBER;
        if (!read_components(c, label))
            return false;
    } else if (!read_letters(c, label)) {
        return false;
    }
    label->style = '(';
    if (peek(c, 0) != ')')
        return false;
    c->at++;
    if (peek(c, 0) == '.' || peek(c, 0) == ':')
        c->at++;
    return true;
}

/* --- bullets ------------------------------------------------------------------------------ */

static bool
is_bullet(uint32_t code_point)
{
    switch (code_point) {
    case 0xB7:
    case 0x2022:
    case 0x2023:
    case 0x2043:
    case 0x2192:
    case 0x2219:
    case 0x25A0:
    case 0x25A1:
    case 0x25AA:
    case 0x25AB:
    case 0x25B6:
    case 0x25BA:
    case 0x25C6:
    case 0x25CB:
    case 0x25CF:
    case 0x25E6:
    case 0x2713:
    case 0x2714:
    case 0x2756:
    case 0x27A2:
    case 0x27A4:
    case 0xF02D: /* where word processors keep their symbols */
    case 0xF0A7:
    case 0xF0B7:
    case 0xF0D8:
    case 0xF0FC:
        return true;
    default:
        return false;
    }
}

/* An "o" in bullet's clothing: a tab or several blanks behind it, or a capital. */
static bool
is_o_bullet(const struct cursor *c)
{
    if (peek(c, 0) != 'o')
        return false;
    struct cursor ahead = *c;
    ahead.at++;
    bool tab = peek(&ahead, 0) == '\t';
    uint32_t blanks = skip_blanks(&ahead);
    return ahead.at < ahead.end &&
           (tab || blanks >= BULLET_BLANKS || (blanks == 1 && is_upper(peek(&ahead, 0))));
}

static bool
parse_bullet(struct cursor *c, struct label *label)
{
    uint32_t after, code_point = code_point_at(c, &after);
    uint32_t dash = dash_length(c);
    if (code_point == UTF8_BAD)
        return false;
    if (is_bullet(code_point)) {
        c->at = after;
    } else if (dash > 0 || code_point == '*') {
        c->at = after;
        struct cursor ahead = *c;
        uint32_t blanks = skip_blanks(&ahead);
        uint32_t next = code_point_at(&ahead, &after);
        if (blanks == 0 && ahead.at < ahead.end && (dash == 0 || !utf8_is_letter(next)))
            return false;
        if (is_digit((unsigned char)(next < 0x80 ? next : 0)))
            return false; /* "- 3 -" numbers a page */
    } else if (is_o_bullet(c)) {
        c->at = after;
    } else {
        return false;
    }
    label->kind = LABEL_BULLET;
    label->sign = code_point;
    return true;
}

/* --- words -------------------------------------------------------------------------------- */

/* "Art.", "Sezione", "§": reads the word, tells which list has it. */
static enum label_kind
read_word(struct cursor *c, const struct language *language)
{
    char folded[WORD_LETTERS];
    uint32_t length = 0, after;
    if (code_point_at(c, &after) == 0xA7) {
        c->at = after;
        if (peek(c, 0) == 0xC2 && peek(c, 1) == 0xA7)
            c->at += 2;
        return LABEL_ARTICLE;
    }
    while (length < WORD_LETTERS && is_letter(peek(c, length))) {
        folded[length] = (char)lower(peek(c, length));
        length++;
    }
    if (length < 2 || length == WORD_LETTERS)
        return LABEL_NONE;
    struct str word = {folded, length};
    c->at += length;
    if (peek(c, 0) == '.')
        c->at++;
    bool article = word_list_has(&language->article_words, word);
    if (word_list_has(&language->part_words, word)) { /* "Sezione 3", but "Sezione II" */
        struct cursor ahead = *c;
        skip_blanks(&ahead);
        return article && is_digit(peek(&ahead, 0)) ? LABEL_ARTICLE : LABEL_PART;
    }
    if (article)
        return LABEL_ARTICLE;
    return word_list_has(&language->letter_words, word) ? LABEL_LETTER : LABEL_NONE;
}

/* Behind "Art. 5": a separator, a capital, or nothing; a small letter goes on with a sentence. */
static bool
close_word(struct cursor *c, struct label *label)
{
    skip_ordinal_sign(c);
    unsigned char sign = peek(c, 0);
    if (sign == '.' || sign == ':' || sign == ')') {
        label->style = (char)sign;
        c->at++;
        take_dash(c);
        return c->at == c->end || !is_letter(peek(c, 0)) || is_upper(peek(c, 0));
    }
    if (take_dash(c)) {
        label->style = '-';
        return true;
    }
    struct cursor ahead = *c;
    uint32_t after;
    bool blank = skip_blanks(&ahead) > 0;
    if (ahead.at == ahead.end)
        return true;
    return blank && opens_text(code_point_at(&ahead, &after));
}

static bool
parse_word(struct cursor *c, const struct language *language, struct label *label)
{
    bool capital = is_upper(peek(c, 0)) || peek(c, 0) >= 0x80;
    enum label_kind kind = read_word(c, language);
    if (kind == LABEL_NONE)
        return false;
    skip_blanks(c);
    if (kind == LABEL_LETTER) {
        if (peek(c, 0) == '(')
            return parse_bracket(c, label);
        return parse_letter(c, label);
    }
    if (is_digit(peek(c, 0))) {
        if (!read_components(c, label))
            return false;
    } else if (!read_letters(c, label)) {
        return false;
    }
    bool roman = label->depth == 0;
    if (roman && (!label->upper || (label->roman == 0 && kind == LABEL_ARTICLE)))
        return false;
    label->kind = kind;
    return capital && close_word(c, label);
}

/* --- entry -------------------------------------------------------------------------------- */

bool
label_parse(struct str text, uint32_t begin, uint32_t end, const struct language *language,
            struct label *label)
{
    struct cursor start = {text, begin, end}, c = start;
    unsigned char first = peek(&c, 0);
    memset(label, 0, sizeof *label);
    label->begin = begin;
    bool found = false;
    if (is_digit(first))
        found = parse_number(&c, label);
    else if (first == '(')
        found = parse_bracket(&c, label);
    else
        found = parse_bullet(&c, label);
    if (!found && is_letter(first)) {
        c = start;
        memset(label, 0, sizeof *label);
        label->begin = begin;
        found = parse_letter(&c, label);
    }
    if (!found && (is_letter(first) || first >= 0x80)) {
        c = start;
        memset(label, 0, sizeof *label);
        label->begin = begin;
        found = parse_word(&c, language, label);
    }
    if (!found) {
        memset(label, 0, sizeof *label);
        label->begin = label->end = label->text = begin;
        return false;
    }
    finish(&c, label);
    return true;
}

bool
label_parse_inline(struct str text, uint32_t begin, uint32_t end, bool opened, struct label *label)
{
    struct cursor c = {text, begin, end};
    unsigned char first = peek(&c, 0);
    memset(label, 0, sizeof *label);
    label->begin = begin;
    bool found = false;
    if (first == '(') {
        found = parse_bracket(&c, label);
    } else if (is_digit(first)) {
        found = parse_number(&c, label) && (opened || (label->style == ')' && label->depth == 1)) &&
                (!label->weak || label->depth > 1);
    } else if (is_letter(first)) {
        found = parse_letter(&c, label) && label->prefix == 0 && (label->style == ')' || opened);
    } else if (first >= 0x80 || first == '-' || first == '*') {
        uint32_t after;
        bool dash = dash_length(&c) > 0 || first == '*' || code_point_at(&c, &after) == 0x2192;
        found = parse_bullet(&c, label) && (!dash || opened);
        if (found && dash && c.at < end) {
            struct cursor ahead = c;
            found = skip_blanks(&ahead) > 0;
        }
    }
    if (found)
        finish(&c, label);
    return found && label->text < end;
}

bool
label_is_first(const struct label *label)
{
    switch (label->kind) {
    case LABEL_NONE:
        return false;
    case LABEL_BULLET:
        return true;
    case LABEL_LETTER:
        return label->letter == 1 || label->roman == 1;
    default:
        return label->depth > 0 && label->numbers[label->depth - 1] == 1;
    }
}

static bool
number_follows(const struct label *last, const struct label *next)
{
    if (last->depth == 0 || last->depth != next->depth || last->prefix != next->prefix)
        return false;
    uint8_t deep = (uint8_t)(last->depth - 1);
    return memcmp(last->numbers, next->numbers, deep * sizeof *last->numbers) == 0 &&
           next->numbers[deep] == last->numbers[deep] + 1;
}

bool
label_follows(const struct label *last, struct label *next)
{
    if (last->kind != next->kind || last->style != next->style || last->upper != next->upper)
        return false;
    if (last->kind == LABEL_BULLET)
        return last->sign == next->sign;
    if (last->kind != LABEL_LETTER)
        return last->kind != LABEL_NONE && number_follows(last, next);
    bool letter = last->letter > 0 && next->letter > last->letter &&
                  next->letter <= last->letter + LETTER_GAP;
    bool roman = last->roman > 0 && next->roman == last->roman + 1;
    if (letter || roman) {
        next->letter = letter ? next->letter : 0;
        next->roman = roman ? next->roman : 0;
    }
    return letter || roman;
}

struct str
label_path(struct arena *arena, struct str text, const struct label *label)
{
    if (label->depth == 0) { /* the last run of letters: "a" of "lett. a)", "IV" of "Art. IV" */
        struct str word = str_slice(text, label->begin, label->end);
        size_t last = word.len;
        while (last > 0 && !is_letter((unsigned char)word.data[last - 1]))
            last--;
        size_t first = last;
        while (first > 0 && is_letter((unsigned char)word.data[first - 1]))
            first--;
        return arena_str(arena, str_slice(word, first, last));
    }
    struct str path = label->prefix ? arena_format(arena, "%c", label->prefix) : STR("");
    for (uint8_t i = 0; i < label->depth; i++)
        path = arena_format(arena, "%.*s%s%u", STR_ARG(path), path.len > 0 ? "." : "",
                            (unsigned)label->numbers[i]);
    return path;
}
