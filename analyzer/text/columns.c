/* Finds pages whose lines hold two columns, and the gutter between these. */

#include "text/columns.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/columns_parts.h"

enum {
    SIDE_MIN = 16,    /* columns that either side has at least */
    GAP_MIN = 2,      /* blanks of a gutter */
    OVERHANG = 4,     /* columns a line may stand out into the gutter */
    NEAR_GUTTER = 14, /* on pages with little to tell the gutter is near that of others */
    TEXT_MIN = 22,    /* mean width of the parts of a column; less is a table */
    LINES_MIN = 8,    /* of either column */
    BOTH_MIN = 6,     /* lines that hold both */
    LEADER_DOTS = 5,
    EDGE_BYTES = 250,     /* of a running header, with its blanks */
    PAGE_BYTES = 1 << 15, /* of a page that is looked at for one */
    PASSES = 3,           /* each cuts off the leftmost column: up to four */
    /* What a line costs at a gutter, and a gutter that moves by one column. */
    COST_ONE = 4,
    COST_FULL = 6,
    COST_SHIFT = 2,
};

/* Working memory for a page at a time. */
struct separator {
    struct str text;
    struct columns_page page;
    struct columns_line lines[COLUMNS_LINES];
    uint16_t gutters[COLUMNS_LINES];
    uint8_t from[COLUMNS_LINES][COLUMNS_WIDTH + 1]; /* best gutter of the line before */
    uint32_t cost[COLUMNS_WIDTH + 1];
    bool ink[COLUMNS_WIDTH + 1];
    uint64_t tops[2]; /* first and last lines of the two pages before */
    uint64_t bottoms[2];
};

/* What the parts on one side of the gutter are like. */
struct column_look {
    uint32_t parts;
    uint32_t width; /* of all, in bytes */
    uint32_t goes_on;
};

/* --- lines ---------------------------------------------------------------------------------- */

static bool
ends_line(char c)
{
    return c == '\n' || c == '\f';
}

/* Measures a line; with `ink`, marks the columns that hold text. */
static void
measure_line(struct columns_line *line, struct str s, bool *ink)
{
    size_t column = 0;
    bool found = false;

    *line = (struct columns_line){.text = {s.data, 0}};
    for (size_t at = 0; at < s.len && column <= COLUMNS_WIDTH;) {
        size_t begin = at;
        uint32_t c = utf8_next(s, &at);
        bool blank = utf8_is_blank(c);

        if (!blank && !found) {
            found = true;
            line->first = begin;
            line->from = (uint16_t)column;
        }
        if (!blank) {
            line->text.len = at;
            line->to = (uint16_t)(column + 1);
            if (ink && column <= COLUMNS_WIDTH)
                ink[column] = true;
        }
        column = c == '\t' ? (column | 7) + 1 : column + 1;
    }
    if (column > COLUMNS_WIDTH) {
        line->text.len = s.len;
        line->to = COLUMNS_WIDTH + 1;
    }
}

/* Reads the page that begins at `at`; returns where the next begins. */
static size_t
read_page(struct separator *sep, size_t at)
{
    struct columns_page *page = &sep->page;
    size_t begin = at;
    bool fed = false;

    page->lines = sep->lines;
    page->count = 0;
    while (at < sep->text.len && page->count < COLUMNS_LINES && !fed) {
        size_t end = at;

        while (end < sep->text.len && !ends_line(sep->text.data[end]))
            end++;
        fed = end < sep->text.len && sep->text.data[end] == '\f';
        if (!fed || end > at)
            measure_line(&sep->lines[page->count++], str_slice(sep->text, at, end), NULL);
        at = end < sep->text.len ? end + 1 : end;
    }
    page->text = str_slice(sep->text, begin, at);
    return at;
}

/* --- the gutter ------------------------------------------------------------------------------- */

/* A little of a long line may stand out into the gutter. */
static bool
may_overhang(const struct columns_line *line, uint32_t columns)
{
    return columns < OVERHANG && columns * 4 < (uint32_t)line->to - line->from;
}

static bool
is_left(const struct columns_line *line, uint32_t gutter)
{
    return line->to <= gutter || may_overhang(line, line->to - gutter);
}

static bool
is_right(const struct columns_line *line, uint32_t gutter)
{
    return line->from >= gutter || may_overhang(line, gutter - line->from);
}

/* `gutter`: the first column that may belong to the right side. */
static enum columns_side
side_at(const struct columns_line *line, const bool *ink, uint32_t gutter)
{
    if (line->text.len == 0)
        return COLUMNS_BLANK;
    if (line->to > COLUMNS_WIDTH)
        return COLUMNS_FULL;
    if (is_left(line, gutter))
        return COLUMNS_LEFT;
    if (is_right(line, gutter))
        return COLUMNS_RIGHT;
    for (uint32_t column = gutter - GAP_MIN; column < gutter; column++)
        if (ink[column])
            return COLUMNS_FULL;
    return COLUMNS_BOTH;
}

static uint32_t
cost_at(const struct columns_line *line, const bool *ink, uint32_t gutter)
{
    enum columns_side side = side_at(line, ink, gutter);

    return side == COLUMNS_FULL ? COST_FULL : side == COLUMNS_BOTH ? 0 : COST_ONE;
}

/* The cheapest way to every gutter in [low, high] with one more line. */
static void
add_line(struct separator *sep, uint32_t index, uint32_t low, uint32_t high)
{
    const struct columns_line *line = &sep->lines[index];
    uint8_t *from = sep->from[index];
    struct columns_line again;

    for (uint32_t g = low; g <= high; g++) {
        from[g] = (uint8_t)g;
        if (g > low && sep->cost[g - 1] + COST_SHIFT < sep->cost[g]) {
            sep->cost[g] = sep->cost[g - 1] + COST_SHIFT;
            from[g] = from[g - 1];
        }
    }
    for (uint32_t g = high; g > low; g--) {
        if (sep->cost[g] + COST_SHIFT < sep->cost[g - 1]) {
            sep->cost[g - 1] = sep->cost[g] + COST_SHIFT;
            from[g - 1] = from[g];
        }
    }
    memset(sep->ink, 0, sizeof sep->ink);
    measure_line(&again, line->text, sep->ink);
    for (uint32_t g = low; g <= high; g++)
        sep->cost[g] += cost_at(line, sep->ink, g);
}

/* The middle of the cheapest gutters at the page's end. */
static uint32_t
cheapest(const struct separator *sep, uint32_t low, uint32_t high)
{
    uint32_t first = low;
    uint32_t last;

    for (uint32_t g = low; g <= high; g++)
        if (sep->cost[g] < sep->cost[first])
            first = g;
    last = first;
    while (last < high && sep->cost[last + 1] == sep->cost[first])
        last++;
    return (first + last + 1) / 2;
}

/* The gutter of every line: the way down the page that crosses least text and bends least. */
static void
find_gutters(struct separator *sep, uint32_t low, uint32_t high)
{
    struct columns_page *page = &sep->page;
    uint32_t gutter;

    memset(sep->cost, 0, sizeof sep->cost);
    for (uint32_t i = 0; i < page->count; i++)
        if (page->lines[i].text.len)
            add_line(sep, i, low, high);
    gutter = cheapest(sep, low, high);
    for (uint32_t i = page->count; i-- > 0;) {
        sep->gutters[i] = (uint16_t)gutter;
        if (page->lines[i].text.len)
            gutter = sep->from[i][gutter];
    }
}

/* Where a line with both sides is cut. */
static void
cut_line(struct columns_line *line, uint32_t gutter)
{
    size_t column = 0;

    line->left_end = line->text.len;
    line->right_begin = line->first;
    line->left_to = line->to;
    line->right_from = line->from;
    if (line->side != COLUMNS_BOTH)
        return;
    for (size_t at = 0; at < line->text.len;) {
        size_t begin = at;
        uint32_t c = utf8_next(line->text, &at);

        if (!utf8_is_blank(c) && column >= gutter) {
            line->right_begin = begin;
            line->right_from = (uint16_t)column;
            return;
        }
        if (!utf8_is_blank(c)) {
            line->left_end = at;
            line->left_to = (uint16_t)(column + 1);
        }
        column = c == '\t' ? (column | 7) + 1 : column + 1;
    }
}

static void
cut_lines(struct separator *sep)
{
    for (uint32_t i = 0; i < sep->page.count; i++) {
        struct columns_line *line = &sep->lines[i];
        struct columns_line again;

        memset(sep->ink, 0, sizeof sep->ink);
        measure_line(&again, line->text, sep->ink);
        line->side = (uint8_t)side_at(line, sep->ink, sep->gutters[i]);
        cut_line(line, sep->gutters[i]);
    }
}

/* --- is it columns? --------------------------------------------------------------------------- */

/* A gap with some text on both sides: without any of these there is nothing to find. */
static bool
has_gap(const struct columns_line *line)
{
    size_t blanks = 0;

    if (line->to > COLUMNS_WIDTH || line->to < 2 * SIDE_MIN + GAP_MIN)
        return false;
    for (size_t i = line->first; i < line->text.len; i++) {
        blanks = line->text.data[i] == ' ' || line->text.data[i] == '\t' ? blanks + 1 : 0;
        if (blanks >= GAP_MIN)
            return true;
    }
    return false;
}

static bool
has_leader(const struct columns_line *line)
{
    size_t dots = 0;

    for (size_t i = line->first; i < line->text.len && dots < LEADER_DOTS; i++)
        dots = line->text.data[i] == '.' ? dots + 1 : line->text.data[i] == ' ' ? dots : 0;
    return dots >= LEADER_DOTS;
}

static struct column_look
look_at(const struct columns_page *page, enum columns_side side)
{
    struct column_look look = {0};
    struct str before = {"", 0};

    for (uint32_t i = 0; i < page->count; i++) {
        struct str part = columns_part(&page->lines[i], side);

        if (part.len == 0)
            continue;
        look.parts++;
        look.width += (uint32_t)part.len;
        look.goes_on += columns_goes_on(before, part);
        before = part;
    }
    return look;
}

/* Wrapped prose: long parts, many of which go on with the next. */
static bool
is_prose(struct column_look look)
{
    return look.parts >= LINES_MIN && look.width >= look.parts * TEXT_MIN &&
           look.goes_on * 4 >= look.parts;
}

/* `sure`: the page shows it on its own; else the pages before have, and it does not deny it. */
static bool
has_columns(const struct columns_page *page, bool sure)
{
    struct column_look left = look_at(page, COLUMNS_LEFT);
    struct column_look right = look_at(page, COLUMNS_RIGHT);
    uint32_t both = 0, full = 0, leaders = 0, lines = 0;

    for (uint32_t i = 0; i < page->count; i++) {
        const struct columns_line *line = &page->lines[i];

        lines += line->side != COLUMNS_BLANK;
        both += line->side == COLUMNS_BOTH;
        full += line->side == COLUMNS_FULL;
        leaders += line->side != COLUMNS_BLANK && line->to <= COLUMNS_WIDTH && has_leader(line);
    }
    if (full * 2 > lines || leaders * 4 > lines)
        return false;
    if (sure)
        return both >= BOTH_MIN && is_prose(left) && is_prose(right);
    return both && left.goes_on * 8 >= left.parts && right.goes_on * 8 >= right.parts &&
           left.width >= left.parts * SIDE_MIN && right.width >= right.parts * SIDE_MIN;
}

static bool
cut_between(struct separator *sep, uint32_t low, uint32_t high, bool sure)
{
    find_gutters(sep, low, high);
    cut_lines(sep);
    return has_columns(&sep->page, sure);
}

static bool
many_hold_both(const struct columns_page *page)
{
    uint32_t both = 0, lines = 0;

    for (uint32_t i = 0; i < page->count; i++) {
        lines += page->lines[i].side != COLUMNS_BLANK;
        both += page->lines[i].side == COLUMNS_BOTH;
    }
    return both * 3 > lines;
}

/* Cuts along the best gutter, or along a good one left of that: then there are three columns. */
static bool
cut_leftmost(struct separator *sep, uint32_t high)
{
    uint32_t gutter;

    if (!cut_between(sep, SIDE_MIN, high, true))
        return false;
    gutter = sep->gutters[sep->page.count / 2];
    if (gutter < 2 * TEXT_MIN + GAP_MIN)
        return true;
    if (cut_between(sep, SIDE_MIN, gutter - TEXT_MIN, true) && many_hold_both(&sep->page))
        return true;
    return cut_between(sep, SIDE_MIN, high, true);
}

/* Cuts the lines of the page if it has columns; `gutter` of pages before, 0 = none. */
static bool
cut_page(struct separator *sep, uint32_t *gutter)
{
    struct columns_page *page = &sep->page;
    uint32_t gaps = 0, lines = 0, high = 0;

    for (uint32_t i = 0; i < page->count; i++) {
        const struct columns_line *line = &page->lines[i];

        lines += line->text.len > 0;
        gaps += has_gap(line);
        if (line->to <= COLUMNS_WIDTH && line->to > high)
            high = line->to;
    }
    if (gaps == 0 || high < 2 * SIDE_MIN + GAP_MIN)
        return false;
    high -= SIDE_MIN;
    if (gaps >= BOTH_MIN && gaps * 8 >= lines && cut_leftmost(sep, high)) {
        *gutter = sep->gutters[page->count / 2];
        return true;
    }
    if (*gutter < SIDE_MIN + NEAR_GUTTER)
        return false;
    if (high > *gutter + NEAR_GUTTER)
        high = *gutter + NEAR_GUTTER;
    if (high < *gutter)
        return false;
    return cut_between(sep, *gutter - NEAR_GUTTER, high, false);
}

/* --- running headers and footers -------------------------------------------------------------- */

/* Hash of the first or last line of a page without blanks and digits; 0 = there is none. */
static uint64_t
edge_key(struct str page, bool top)
{
    struct str line;
    uint64_t key = HASH_SEED;

    page = str_trim(page);
    line = page;
    if (page.len == 0)
        return 0;
    if (top) {
        const char *end = memchr(page.data, '\n', page.len);

        line.len = end ? (size_t)(end - page.data) : page.len;
    } else {
        size_t begin = page.len;

        while (begin > 0 && page.data[begin - 1] != '\n')
            begin--;
        line = str_slice(page, begin, page.len);
    }
    if (line.len > EDGE_BYTES)
        return 0;
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] != ' ' && (line.data[i] < '0' || line.data[i] > '9'))
            key = hash_more(key, str_slice(line, i, i + 1));
    return hash_end(key);
}

/* The page that begins at an offset. */
static struct str
page_at(struct str text, size_t at)
{
    size_t most = text.len - at < PAGE_BYTES ? text.len - at : PAGE_BYTES;
    const char *end = most ? memchr(text.data + at, '\f', most) : NULL;

    return str_slice(text, at, end ? (size_t)(end - text.data) + 1 : at + most);
}

/* The first or last line of the page stays there if it does so on a page near it. */
static void
keep_edge(struct separator *sep, uint64_t key, const uint64_t *before, size_t next, bool top)
{
    struct columns_page *page = &sep->page;
    struct str after = page_at(sep->text, next);
    bool runs = key && (key == before[0] || key == before[1]);

    for (int i = 0; i < 2 && key && !runs; i++) {
        runs = key == edge_key(after, top);
        after = page_at(sep->text, (size_t)(after.data - sep->text.data) + after.len);
    }
    for (uint32_t i = 0; i < page->count && runs; i++) {
        struct columns_line *line = &page->lines[top ? i : page->count - 1 - i];

        if (line->side == COLUMNS_BLANK)
            continue;
        line->side = COLUMNS_FULL;
        return;
    }
}

static void
keep_edges(struct separator *sep, size_t next, bool cut)
{
    uint64_t top = edge_key(sep->page.text, true);
    uint64_t bottom = edge_key(sep->page.text, false);

    if (cut) {
        keep_edge(sep, top, sep->tops, next, true);
        keep_edge(sep, bottom, sep->bottoms, next, false);
    }
    sep->tops[1] = sep->tops[0];
    sep->tops[0] = top;
    sep->bottoms[1] = sep->bottoms[0];
    sep->bottoms[0] = bottom;
}

/* --- the text --------------------------------------------------------------------------------- */

/* The gutter of the first page that has one, 0 = none has. */
static uint32_t
first_gutter(struct separator *sep)
{
    uint32_t gutter = 0;

    for (size_t at = 0; at < sep->text.len && !gutter;) {
        at = read_page(sep, at);
        cut_page(sep, &gutter);
    }
    return gutter;
}

static struct str
write_pages(struct separator *sep, struct arena *arena, uint32_t gutter)
{
    struct str out = {"", 0};
    size_t breaks = 1;
    char *to;

    for (size_t i = 0; i < sep->text.len; i++)
        breaks += ends_line(sep->text.data[i]);
    /* A line may leave a blank line behind in a column, the last one of a page gets its break. */
    to = arena_new(arena, char, sep->text.len + 2 * breaks);
    for (size_t at = 0; at < sep->text.len;) {
        size_t next = read_page(sep, at);
        bool cut = cut_page(sep, &gutter);

        if (sep->page.paged)
            keep_edges(sep, next, cut);
        if (cut) {
            out.len += columns_write(&sep->page, to + out.len);
        } else {
            memcpy(to + out.len, sep->page.text.data, sep->page.text.len);
            out.len += sep->page.text.len;
        }
        at = next;
    }
    out.data = to;
    return out;
}

bool
columns_separate(struct arena *arena, struct str text, struct str *out)
{
    struct arena scratch = {0};
    struct separator *sep = arena_new(&scratch, struct separator, 1);
    bool separated = false;

    sep->page.paged = memchr(text.data, '\f', text.len) != NULL;
    for (int i = 0; i < PASSES; i++) {
        uint32_t gutter;

        sep->text = separated ? *out : text;
        gutter = first_gutter(sep);
        if (gutter == 0)
            break;
        *out = write_pages(sep, arena, gutter);
        separated = true;
    }
    arena_free(&scratch);
    return separated;
}
