/* Rows: where a line begins and ends, what it begins and ends with. */

#include "text/row.h"

#include "base/utf8.h"

enum {
    ROW_LONG = 1000,   /* bytes: such a line is a whole paragraph and is not measured */
    LABEL_LETTERS = 5, /* "(viii)" is 4 */
    LABEL_WORD = 10,   /* letters of a word before a number: "Art. 5", "Articolo 5", "Section 5" */
    NUMBER_DIGITS = 3, /* of one component: a longer number is a year or an amount */
};

static uint32_t
peek(struct str s, size_t at)
{
    return at < s.len ? utf8_next(s, &at) : 0;
}

/* The code point that ends at `end`, and where it begins. */
static uint32_t
previous(struct str s, size_t end, size_t *begin)
{
    size_t at = end - 1;

    while (at > 0 && ((unsigned char)s.data[at] & 0xC0) == 0x80)
        at--;
    *begin = at;
    return utf8_next(s, &at);
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
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == '*' || c == '_' || c == 0xBB ||
           c == 0x2019 || c == 0x201D || c == 0x203A || utf8_is_blank(c);
}

static bool
is_bullet(uint32_t c)
{
    return c == '*' || c == 0xB7 || c == 0xA7 || c == 0x2022 || c == 0x2023 || c == 0x2043 ||
           (c >= 0x2190 && c <= 0x21FF) || (c >= 0x25A0 && c <= 0x27BF) ||
           (c >= 0xE000 && c <= 0xF8FF); /* private use: bullets of symbol fonts */
}

static bool
is_dash(uint32_t c)
{
    return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2212;
}

static size_t
skip_blanks(struct str s, size_t at)
{
    while (at < s.len) {
        size_t next = at;

        if (!utf8_is_blank(utf8_next(s, &next)))
            break;
        at = next;
    }
    return at;
}

static size_t
skip_digits(struct str s, size_t at)
{
    while (at < s.len && s.data[at] >= '0' && s.data[at] <= '9')
        at++;
    return at;
}

static size_t
skip_letters(struct str s, size_t at)
{
    while (at < s.len) {
        size_t next = at;

        if (!utf8_is_letter(utf8_next(s, &next)))
            break;
        at = next;
    }
    return at;
}

static bool
ends_or_blank(struct str s, size_t at)
{
    return at == s.len || utf8_is_blank(peek(s, at));
}

/* "6", "6.", "6)", "6.1", "6.1.2.": offset behind it, 0 = none; `parts` of the number. */
static size_t
number_label(struct str s, int *parts, bool *marked)
{
    size_t at = 0;

    *parts = 0;
    *marked = false;
    for (;;) {
        size_t end = skip_digits(s, at);

        if (end == at)
            break;
        if (end - at > NUMBER_DIGITS)
            return 0;
        at = end;
        ++*parts;
        *marked = at < s.len && (s.data[at] == '.' || s.data[at] == ')');
        if (!*marked)
            break;
        at++;
        if (s.data[at - 1] == ')')
            break;
    }
    return *parts && ends_or_blank(s, at) ? at : 0;
}

/* "a)", "a.", "iv)", "(a)", "(iv)", "(12)": offset behind it, 0 = none. */
static size_t
letter_label(struct str s)
{
    bool bracket = s.len && s.data[0] == '(';
    size_t begin = bracket;
    size_t end = begin;

    while (end < s.len && end - begin <= LABEL_LETTERS &&
           (utf8_is_letter((unsigned char)s.data[end]) ||
            (bracket && utf8_is_digit((unsigned char)s.data[end]))) &&
           (unsigned char)s.data[end] < 0x80)
        end++;
    if (end == begin || end - begin > (bracket ? LABEL_LETTERS : 3) || end == s.len)
        return 0;
    if (s.data[end] == ')' || (!bracket && s.data[end] == '.' && end - begin == 1))
        return ends_or_blank(s, end + 1) ? end + 1 : 0;
    return 0;
}

/* "Art. 5", "ARTICOLO V -", "Section 2.1": a word with a capital, and a number. */
static bool
has_word_label(struct str s)
{
    size_t at = skip_letters(s, 0);
    size_t number;
    size_t end;

    if (at == 0 || at > LABEL_WORD || !utf8_is_upper(peek(s, 0)))
        return false;
    if (at < s.len && s.data[at] == '.')
        at++;
    number = skip_blanks(s, at);
    end = skip_digits(s, number);
    if (end == number) /* roman */
        while (end < s.len && strchr("IVXL", s.data[end]) && s.data[end])
            end++;
    if (end == number || end - number > LABEL_LETTERS)
        return false;
    while (end < s.len && (s.data[end] == '.' || utf8_is_digit((unsigned char)s.data[end])))
        end++;
    at = skip_blanks(s, end);
    return end == s.len || strchr(".:)", s.data[end]) || is_dash(peek(s, at)) || at == s.len ||
           utf8_is_upper(peek(s, at));
}

static bool
is_bullet_label(struct str s, size_t end)
{
    uint32_t first = peek(s, 0);

    if (end == s.len || utf8_is_blank(peek(s, end)))
        return is_bullet(first) || is_dash(first);
    /* A glued asterisk is emphasis, a glued paragraph sign a reference, a glued dash a dash. */
    return is_bullet(first) && first != '*' && first != 0xA7;
}

static void
find_number_label(struct row *row, struct str s, size_t end, int parts, bool marked)
{
    size_t next = skip_blanks(s, end);
    bool upper;

    if (next == s.len) {
        if (!marked && parts == 1)
            return; /* a bare number: of a page, of a table, ... */
        row->label = ROW_LABEL_STRONG;
        row->flags |= ROW_LABEL_ALONE;
        return;
    }
    while (next < s.len && is_opening(peek(s, next)))
        utf8_next(s, &next);
    upper = utf8_is_upper(peek(s, next));
    if (upper && parts > 1)
        row->label = ROW_LABEL_STRONG;
    else if (upper || marked || parts > 1)
        row->label = ROW_LABEL_WEAK;
}

static void
find_label(struct row *row, struct str s)
{
    size_t end = 0;
    int parts;
    bool marked;

    utf8_next(s, &end);
    if (is_bullet_label(s, end)) {
        row->label = is_bullet(peek(s, 0)) || end == s.len ? ROW_LABEL_STRONG : ROW_LABEL_WEAK;
        row->flags |= end == s.len ? ROW_LABEL_ALONE : 0;
    } else if ((end = number_label(s, &parts, &marked)) != 0) {
        find_number_label(row, s, end, parts, marked);
    } else if ((end = letter_label(s)) != 0) {
        row->label = ROW_LABEL_WEAK;
        row->flags |= end == s.len ? ROW_LABEL_ALONE : 0;
    } else if (has_word_label(s)) {
        row->label = ROW_LABEL_WEAK;
    }
}

static void
find_beginning(struct row *row, struct str s)
{
    size_t at = 0;

    row->flags |= utf8_is_lower(peek(s, 0)) ? ROW_LETTER : 0;
    while (at < s.len && is_opening(peek(s, at)))
        utf8_next(s, &at);
    row->flags |= utf8_is_lower(peek(s, at)) ? ROW_LOWER : 0;
    find_label(row, s);
}

static enum row_ending
ending_of(uint32_t c)
{
    switch (c) {
    case '.':
    case '!':
    case '?':
    case 0x2026:
        return ROW_STOP;
    case ';':
        return ROW_SEMICOLON;
    case ':':
        return ROW_COLON;
    case ',':
        return ROW_COMMA;
    default:
        return ROW_OPEN;
    }
}

static enum row_hyphen
hyphen_of(struct str s)
{
    size_t at;
    uint32_t last = previous(s, s.len, &at);
    uint32_t before;

    if (at == 0 || (last != '-' && last != 0x2010 && last != 0xAD))
        return ROW_UNBROKEN;
    before = previous(s, at, &at);
    if (utf8_is_letter(before))
        return last == 0xAD ? ROW_HYPHEN_SOFT : ROW_HYPHEN;
    if (last == '-' && utf8_is_blank(before) && at > 0 && utf8_is_letter(previous(s, at, &at)))
        return ROW_HYPHEN_SPACED;
    return ROW_UNBROKEN;
}

/* "Oggetto ........ 12": an entry of a table of contents. */
static bool
has_leader(struct str s)
{
    enum { LEADER_DOTS = 5 };
    size_t end = s.len, dots = 0;

    while (end > 0 && s.data[end - 1] >= '0' && s.data[end - 1] <= '9')
        end--;
    while (end > 0 && (s.data[end - 1] == '.' || s.data[end - 1] == ' '))
        dots += s.data[--end] == '.';
    return dots >= LEADER_DOTS;
}

static void
find_ending(struct row *row, struct str s)
{
    size_t end = s.len;
    size_t at = 0;
    uint32_t c = 0;
    size_t letters = 0;

    row->hyphen = hyphen_of(s) & 3U;
    if (has_leader(s)) {
        row->ending = ROW_LEADER;
        return;
    }
    while (end > 0) {
        c = previous(s, end, &at);
        if (!is_closing(c))
            break;
        end = at;
    }
    if (end == 0)
        return;
    row->ending = ending_of(c) & 7U;
    if (c != '.')
        return;
    while (at > 0 && letters < 5 && utf8_is_letter(previous(s, at, &at)))
        letters++;
    row->flags |= letters && letters < 5 ? ROW_ABBREVIATION : 0;
}

static uint16_t
columns(size_t count)
{
    return count < UINT16_MAX ? (uint16_t)count : UINT16_MAX;
}

static void
measure(struct row *row, struct str line, size_t begin)
{
    size_t column = 0;
    size_t first_end = 0;
    bool lower = false;
    bool upper = false;

    if (line.len > ROW_LONG) {
        row->edge = UINT16_MAX;
        return;
    }
    for (size_t at = 0; at < line.len;) {
        bool inside = at >= begin;
        uint32_t c = utf8_next(line, &at);

        if (!inside)
            row->indent = columns(column + 1);
        else if (!first_end && utf8_is_blank(c))
            first_end = column;
        lower = lower || utf8_is_lower(c);
        upper = upper || utf8_is_upper(c);
        column = c == '\t' ? (column | 7) + 1 : column + 1;
    }
    row->edge = columns(column);
    row->first_word = columns((first_end ? first_end : column) - row->indent);
    row->flags |= upper && !lower ? ROW_CAPITALS : 0;
}

/* A row of the line [begin, end); false: the line is blank. */
static bool
make_row(const struct document *document, size_t begin, size_t end, struct row *row)
{
    struct str line = str_slice(document->text, begin, end);
    size_t first = skip_blanks(line, 0);
    struct str content;

    while (line.len > first) {
        size_t at;

        if (!utf8_is_blank(previous(line, line.len, &at)))
            break;
        line.len = at;
    }
    if (line.len <= first)
        return false;
    *row = (struct row){.begin = (uint32_t)(begin + first), .end = (uint32_t)(begin + line.len)};
    content = str_slice(line, first, line.len);
    measure(row, line, first);
    find_beginning(row, content);
    find_ending(row, content);
    return true;
}

static size_t
line_end(struct str text, size_t at)
{
    while (at < text.len && text.data[at] != '\n' && text.data[at] != '\f')
        at++;
    return at;
}

struct rows
row_list(struct arena *arena, const struct document *document)
{
    struct str text = document->text;
    size_t most = (size_t)document->lines.count + document->pages.count + 1;
    struct rows rows = {arena_new(arena, struct row, most), 0};
    uint8_t before = 0;

    for (size_t at = 0; at < text.len;) {
        size_t end = line_end(text, at);
        struct row *row = &rows.items[rows.count];

        if (rows.count < most && make_row(document, at, end, row)) {
            row->flags |= before;
            before = 0;
            rows.count++;
        } else {
            /* Nothing stands before a form feed that begins a line; that is no blank line. */
            before |= end == at && end < text.len && text.data[end] == '\f' ? 0 : ROW_BLANK_BEFORE;
        }
        before |= end < text.len && text.data[end] == '\f' ? ROW_PAGE : 0;
        at = end + 1;
    }
    return rows;
}
