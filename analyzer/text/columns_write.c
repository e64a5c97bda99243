/* A page with two columns, cut along its gutter: left column, then right column. */

#include "text/columns_parts.h"

#include "base/utf8.h"

enum {
    NEAR_LINES = 10, /* how far around a line its column's margin is looked for */
    PAGE_GAP = 4,    /* blank lines: a new page, in a text without form feeds */
};

/* A column of lines [begin, end) on its way out. */
struct column {
    const struct columns_page *page;
    enum columns_side side;
    uint32_t begin;
    uint32_t end;
    size_t width; /* of its longest part */
};

struct str
columns_part(const struct columns_line *line, enum columns_side side)
{
    if (line->side == COLUMNS_BOTH)
        return side == COLUMNS_LEFT ? str_slice(line->text, line->first, line->left_end)
                                    : str_slice(line->text, line->right_begin, line->text.len);
    if (line->side == side)
        return str_slice(line->text, line->first, line->text.len);
    return (struct str){"", 0};
}

static uint32_t
last_sign(struct str s)
{
    size_t at = s.len - 1;

    while (at > 0 && ((unsigned char)s.data[at] & 0xC0) == 0x80)
        at--;
    return utf8_next(s, &at);
}

bool
columns_goes_on(struct str part, struct str next)
{
    size_t at = 0;
    uint32_t last;
    uint32_t first;

    if (part.len == 0 || next.len == 0)
        return false;
    last = last_sign(part);
    first = utf8_next(next, &at);
    if (last == '-' || last == 0x2010 || last == 0xAD)
        return utf8_is_letter(first);
    return (utf8_is_letter(last) || last == ',') && utf8_is_lower(first);
}

/* Code points, which is what a column is wide. */
static size_t
part_width(struct str part)
{
    size_t width = 0;

    for (size_t i = 0; i < part.len; i++)
        width += ((unsigned char)part.data[i] & 0xC0) != 0x80;
    return width;
}

static size_t
first_word(struct str part)
{
    size_t words = 0;

    while (words < part.len && part.data[words] != ' ')
        words++;
    return part_width(str_slice(part, 0, words));
}

/* Where the right column begins around a line: the layout moves it within a page. */
static uint16_t
right_margin(const struct column *column, uint32_t line)
{
    const struct columns_line *lines = column->page->lines;
    uint32_t begin = line < column->begin + NEAR_LINES ? column->begin : line - NEAR_LINES;
    uint16_t margin = lines[line].right_from;

    for (uint32_t i = begin; i < column->end && i <= line + NEAR_LINES; i++)
        if ((lines[i].side == COLUMNS_RIGHT || lines[i].side == COLUMNS_BOTH) &&
            lines[i].right_from < margin)
            margin = lines[i].right_from;
    return margin;
}

/*
 * A line that is empty in one column only may come from lines of the columns that do not stand at
 * the same height: there is no blank line where a sentence fills its line and goes on.
 */
static bool
is_apart(const struct column *column, struct str part, struct str next, uint32_t empty,
         uint32_t blank)
{
    uint32_t last;

    if (empty == 0 || blank > 0 || empty > 1)
        return empty > 0;
    if (columns_goes_on(part, next))
        return false;
    last = last_sign(part);
    return !(utf8_is_letter(last) || last == ',') ||
           (part_width(part) + 1 + first_word(next)) * 100 < column->width * 93;
}

static size_t
put(char *out, struct str s)
{
    memcpy(out, s.data, s.len);
    return s.len;
}

static size_t
put_part(const struct column *column, uint32_t index, char *out)
{
    const struct columns_line *line = &column->page->lines[index];
    struct str part = columns_part(line, column->side);
    size_t len = 0;

    if (column->side == COLUMNS_LEFT) {
        len += put(out, str_slice(line->text, 0, line->first));
    } else {
        size_t room =
            line->side == COLUMNS_BOTH ? line->right_begin - line->left_end - 1 : line->right_begin;
        size_t indent = (size_t)(line->right_from - right_margin(column, index));

        for (size_t i = 0; i < indent && i < room; i++) /* tabs take less room than columns */
            out[len++] = ' ';
    }
    len += put(out + len, part);
    out[len++] = '\n';
    return len;
}

static size_t
write_column(struct column column, char *out)
{
    const struct columns_line *lines = column.page->lines;
    struct str before = {"", 0};
    uint32_t empty = 0;
    uint32_t blank = 0;
    size_t len = 0;

    for (uint32_t i = column.begin; i < column.end; i++) {
        size_t width = part_width(columns_part(&lines[i], column.side));

        column.width = width > column.width ? width : column.width;
    }
    for (uint32_t i = column.begin; i < column.end; i++) {
        struct str part = columns_part(&lines[i], column.side);

        if (part.len == 0) {
            empty++;
            blank += lines[i].side == COLUMNS_BLANK;
            continue;
        }
        if (before.len && is_apart(&column, before, part, empty, blank))
            out[len++] = '\n';
        len += put_part(&column, i, out + len);
        before = part;
        empty = blank = 0;
    }
    return len;
}

static size_t
write_blanks(const struct columns_page *page, uint32_t begin, uint32_t end, char *out)
{
    size_t len = 0;

    for (uint32_t i = begin; i < end && page->lines[i].side == COLUMNS_BLANK; i++)
        out[len++] = '\n';
    return len;
}

/* Lines without one across the gutter; blank lines around them stay around them. */
static size_t
write_band(const struct columns_page *page, uint32_t begin, uint32_t end, char *out)
{
    struct column column = {.page = page};
    size_t len = write_blanks(page, begin, end, out);

    column.begin = begin + (uint32_t)len;
    column.end = end;
    while (column.end > column.begin && page->lines[column.end - 1].side == COLUMNS_BLANK)
        column.end--;
    column.side = COLUMNS_LEFT;
    len += write_column(column, out + len);
    column.side = COLUMNS_RIGHT;
    len += write_column(column, out + len);
    return column.end > column.begin ? len + write_blanks(page, column.end, end, out + len) : len;
}

static uint32_t
band_end(const struct columns_page *page, uint32_t begin)
{
    uint32_t end = begin;
    uint32_t blank = 0;

    while (end < page->count && page->lines[end].side != COLUMNS_FULL) {
        if (page->lines[end].side == COLUMNS_BLANK) {
            blank++;
        } else {
            if (blank >= PAGE_GAP && !page->paged && end - blank > begin)
                break;
            blank = 0;
        }
        end++;
    }
    return end;
}

size_t
columns_write(const struct columns_page *page, char *out)
{
    size_t len = 0;

    for (uint32_t i = 0; i < page->count;) {
        uint32_t end = band_end(page, i);

        len += write_band(page, i, end, out + len);
        if (end < page->count && page->lines[end].side == COLUMNS_FULL) {
            len += put(out + len, page->lines[end].text);
            out[len++] = '\n';
            end++;
        }
        i = end;
    }
    if (page->text.len && page->text.data[page->text.len - 1] == '\f')
        out[len++] = '\f';
    return len;
}
