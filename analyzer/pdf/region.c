/*
 * Columns and tables: the segments of a page are cut along gutters, tall empty strips with text at
 * either side, until none is left; then they fall into lines.  What stands across a gutter ends it.
 */

#include <math.h>
#include <stdlib.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "pdf/page.h"

enum {
    DEPTH = 10,     /* of columns within columns */
    STRIPS = 256,   /* a region is that many strips wide at most */
    TRIES = 40,     /* empty places looked at as gutters, tallest first */
    CANDIDATES = 512,
    LABEL_GLYPHS = 5, /* "iii)" */
    NUMBER_GLYPHS = 10, /* "Art. 12.", "1.250,00" */
    TALL_LINES = 8, /* of a gutter that may be narrow */
    BAND_LINES = 6, /* of a table's cell, on average */
    BANDS_FEW = 3,
    BESIDE = 64, /* segments looked at for a neighbour on the same line */
};

/* Shares of the font size. */
#define STRIP 0.4F
#define EMPTY_HEIGHT 2.2F
#define GUTTER_TALL 0.6F
#define GUTTER_SHORT 1.2F
#define GUTTER_UNEVEN 0.25F /* lines at one side stand between those at the other */
#define BAND_GAP 0.45F

/* An empty rectangle: strips [from, to), open from top to bottom. */
struct empty {
    uint32_t from, to;
    float top, bottom;
};

struct gutter {
    float x0, x1;
    float top, bottom;
};

/* What stands at one side of a gutter. */
struct side {
    uint32_t segments;
    uint32_t lines;
    uint32_t lower;  /* segments that begin with a lower-case letter */
    uint32_t labels; /* ... that look like labels or numbers */
    uint32_t words;
    uint32_t aligned; /* ... with one at the other side at the same height */
    float x0, x1, y0, y1;
    float last; /* middle of the last line */
};

struct layout {
    struct paper *paper;
    struct page *page;
    struct arena *scratch;
    float size; /* of the region's letters */
    struct empty *empties;
    uint32_t empty_count;
};

static const struct segment *
segment_at(const struct layout *l, uint32_t index)
{
    return &l->page->segments.items[index];
}

static float
middle(const struct segment *segment)
{
    return (segment->y0 + segment->y1) / 2;
}

static const struct glyph *
first_glyph(const struct layout *l, const struct segment *segment)
{
    return &l->page->glyphs.items[l->page->words.items[segment->first].first];
}

/* Short and no word: "a)", "12.", "•", "1.250,00". */
static bool
is_label(const struct layout *l, const struct segment *segment)
{
    const struct glyph *glyphs = first_glyph(l, segment);
    bool digit = false, sign = false;

    if (segment->glyphs > NUMBER_GLYPHS)
        return false;
    for (uint32_t i = 0; i < segment->glyphs; i++) {
        digit = digit || utf8_is_digit(glyphs[i].code);
        sign = sign || !utf8_is_letter(glyphs[i].code);
    }
    return digit || (sign && segment->glyphs <= LABEL_GLYPHS);
}

static void
add_to_side(const struct layout *l, struct side *side, const struct segment *segment)
{
    if (side->segments == 0) {
        side->x0 = segment->x0;
        side->x1 = segment->x1;
        side->y0 = segment->y0;
        side->y1 = segment->y1;
    }
    side->x0 = fminf(side->x0, segment->x0);
    side->x1 = fmaxf(side->x1, segment->x1);
    side->y0 = fminf(side->y0, segment->y0);
    side->y1 = fmaxf(side->y1, segment->y1);
    side->segments++;
    side->words += segment->count;
    if (side->lines == 0 || fabsf(middle(segment) - side->last) > 0.5F * l->size)
        side->lines++;
    side->last = middle(segment);
    side->lower += utf8_is_lower(first_glyph(l, segment)->code);
    side->labels += is_label(l, segment);
}

/* A region's extent, and the size that its letters have on average. */
static struct side
measure(struct layout *l, const uint32_t *items, uint32_t count)
{
    struct side whole = {0};
    float sum = 0, glyphs = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct segment *segment = segment_at(l, items[i]);

        add_to_side(l, &whole, segment);
        sum += segment->size * (float)segment->glyphs;
        glyphs += (float)segment->glyphs;
    }
    l->size = fmaxf(sum / glyphs, 1);
    return whole;
}

/* --- lines -------------------------------------------------------------------------------- */

struct placed {
    float at;
    uint32_t index;
};

static int
by_place(const void *left, const void *right)
{
    const struct placed *a = left;
    const struct placed *b = right;

    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* Sorts segments by their upper edges, middles or left edges. */
static void
sort_segments(struct layout *l, uint32_t *items, uint32_t count,
              float (*place)(const struct segment *))
{
    struct arena_mark mark = arena_mark(l->scratch);
    struct placed *placed = arena_new(l->scratch, struct placed, count + 1U);
    bool sorted = true;

    for (uint32_t i = 0; i < count; i++) {
        placed[i] = (struct placed){place(segment_at(l, items[i])), items[i]};
        sorted = sorted && (i == 0 || by_place(&placed[i - 1], &placed[i]) <= 0);
    }
    if (!sorted) {
        qsort(placed, count, sizeof *placed, by_place);
        for (uint32_t i = 0; i < count; i++)
            items[i] = placed[i].index;
    }
    arena_reset(l->scratch, mark);
}

static float
left_edge(const struct segment *segment)
{
    return segment->x0;
}

static float
upper_edge(const struct segment *segment)
{
    return segment->y0;
}

/* Does a segment stand on the line whose extent is y0 to y1?  Small ones may be raised. */
static bool
on_line(const struct segment *segment, float y0, float y1)
{
    float height = segment->y1 - segment->y0;
    float overlap = fminf(segment->y1, y1) - fmaxf(segment->y0, y0);

    if (height < 0.8F * (y1 - y0))
        return overlap >= 0.5F * height;
    return overlap >= 0.6F * fminf(height, y1 - y0);
}

static void
add_line(struct layout *l, uint32_t *items, uint32_t count)
{
    struct page *page = l->page;
    struct line line = {
        .first = page->order.count,
        .count = count,
        .flags = LINE_BOLD,
        .x0 = segment_at(l, items[0])->x0,
        .y0 = segment_at(l, items[0])->y0,
        .x1 = segment_at(l, items[0])->x1,
        .y1 = segment_at(l, items[0])->y1,
    };
    float glyphs = 0;
    uint32_t most = 0;

    sort_segments(l, items, count, left_edge);
    for (uint32_t i = 0; i < count; i++) {
        const struct segment *segment = segment_at(l, items[i]);

        array_push(&l->paper->arena, &page->order, items[i]);
        line.x0 = fminf(line.x0, segment->x0);
        line.y0 = fminf(line.y0, segment->y0);
        line.x1 = fmaxf(line.x1, segment->x1);
        line.y1 = fmaxf(line.y1, segment->y1);
        line.size += segment->size * (float)segment->glyphs;
        glyphs += (float)segment->glyphs;
        /* Scans may be turned a bit: the left end tells, but for labels, whose font may differ. */
        if (segment->glyphs > most && most < LABEL_GLYPHS) {
            most = segment->glyphs;
            line.base = l->page->words.items[segment->first].y1;
        }
        if (!(segment->flags & SEGMENT_BOLD))
            line.flags &= ~(uint32_t)LINE_BOLD;
        if (segment->flags & SEGMENT_RUNNING)
            line.flags |= LINE_RUNNING;
        if (segment->flags & SEGMENT_ASIDE)
            line.flags |= LINE_ASIDE;
    }
    line.size /= glyphs;
    array_push(&l->paper->arena, &page->lines, line);
}

/* Segments of one line among those of a leaf, sorted by their middles. */
struct row {
    uint32_t begin, end;
    float x0, x1, y;
    bool beside; /* stands between the lines, at their left */
};

static struct row
make_row(const struct layout *l, const uint32_t *items, uint32_t count, uint32_t begin)
{
    const struct segment *first = segment_at(l, items[begin]);
    struct row row = {begin, begin + 1, first->x0, first->x1, middle(first), false};
    float y0 = first->y0, y1 = first->y1;

    while (row.end < count && on_line(segment_at(l, items[row.end]), y0, y1)) {
        const struct segment *next = segment_at(l, items[row.end++]);

        row.x0 = fminf(row.x0, next->x0);
        row.x1 = fmaxf(row.x1, next->x1);
        /* The tallest tells where the line is. */
        if (next->y1 - next->y0 > y1 - y0) {
            y0 = next->y0;
            y1 = next->y1;
            row.y = middle(next);
        }
    }
    return row;
}

/* A short row that has no room between its neighbours and stands left of one: a narrow cell. */
static void
find_beside(const struct layout *l, struct row *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = i > 0 ? i - 1 : 1; k < count && k <= i + 1; k += 2)
            rows[i].beside = rows[i].beside || (fabsf(rows[k].y - rows[i].y) < 0.75F * l->size &&
                                                rows[i].x1 <= rows[k].x0 &&
                                                rows[i].x1 - rows[i].x0 < 5 * l->size);
    }
}

static void
add_rows(struct layout *l, uint32_t *items, const struct row *rows, uint32_t count, bool beside,
         bool cell)
{
    struct page *page = l->page;
    struct leaf leaf = {.first = page->lines.count, .x0 = INFINITY, .cell = cell || beside};

    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].beside != beside)
            continue;
        add_line(l, items + rows[i].begin, rows[i].end - rows[i].begin);
        leaf.x0 = fminf(leaf.x0, rows[i].x0);
        leaf.x1 = fmaxf(leaf.x1, rows[i].x1);
        leaf.count++;
    }
    if (leaf.count)
        array_push(&l->paper->arena, &page->leaves, leaf);
}

/* The lines of a region without gutters. */
static void
add_leaf(struct layout *l, uint32_t *items, uint32_t count, bool cell)
{
    struct arena_mark mark = arena_mark(l->scratch);
    struct row *rows = arena_new(l->scratch, struct row, count + 1U);
    uint32_t row_count = 0;

    measure(l, items, count);
    sort_segments(l, items, count, middle);
    for (uint32_t begin = 0; begin < count; begin = rows[row_count - 1].end)
        rows[row_count++] = make_row(l, items, count, begin);
    find_beside(l, rows, row_count);
    add_rows(l, items, rows, row_count, true, cell);
    add_rows(l, items, rows, row_count, false, cell);
    arena_reset(l->scratch, mark);
}

/* --- empty places ------------------------------------------------------------------------- */

static void
add_empty(struct layout *l, uint32_t strip, float top, float bottom)
{
    struct empty *last = l->empty_count ? &l->empties[l->empty_count - 1] : NULL;

    if (bottom - top < EMPTY_HEIGHT * l->size)
        return;
    if (last && last->to == strip && fabsf(last->top - top) < 1 &&
        fabsf(last->bottom - bottom) < 1) {
        last->to++;
        last->top = fmaxf(last->top, top);
        last->bottom = fminf(last->bottom, bottom);
    } else if (l->empty_count < CANDIDATES) {
        l->empties[l->empty_count++] = (struct empty){strip, strip + 1, top, bottom};
    }
}

static int
tallest_first(const void *left, const void *right)
{
    const struct empty *a = left;
    const struct empty *b = right;
    float x = a->bottom - a->top, y = b->bottom - b->top;

    if (x != y)
        return x > y ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

/* Empty places between the segments, which are sorted by their upper edges. */
static void
find_empties(struct layout *l, const uint32_t *items, uint32_t count, const struct side *whole,
             uint32_t strips)
{
    float last[STRIPS];
    float width = (whole->x1 - whole->x0) / (float)strips;

    l->empty_count = 0;
    for (uint32_t i = 0; i < strips; i++)
        last[i] = whole->y0;
    for (uint32_t i = 0; i < count; i++) {
        const struct segment *segment = segment_at(l, items[i]);
        uint32_t from = (uint32_t)((segment->x0 - whole->x0) / width);
        uint32_t to = (uint32_t)((segment->x1 - whole->x0) / width) + 1;

        for (uint32_t k = from; k < to && k < strips; k++) {
            add_empty(l, k, last[k], segment->y0);
            last[k] = fmaxf(last[k], segment->y1);
        }
    }
    for (uint32_t k = 0; k < strips; k++)
        add_empty(l, k, last[k], whole->y1);
    qsort(l->empties, l->empty_count, sizeof *l->empties, tallest_first);
}

/* --- gutters ------------------------------------------------------------------------------ */

static bool
is_inside(const struct segment *segment, float top, float bottom)
{
    return middle(segment) > top && middle(segment) < bottom;
}

/* How many at the left have a neighbour at the right on the same line; both are sorted. */
static uint32_t
count_aligned(const struct layout *l, const uint32_t *items, uint32_t count, float x,
              const struct gutter *gutter)
{
    uint32_t aligned = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct segment *left = segment_at(l, items[i]);
        bool found = false;

        if (left->x1 > x || !is_inside(left, gutter->top, gutter->bottom))
            continue;
        for (uint32_t k = i; k-- > 0 && !found && i - k < BESIDE;) {
            const struct segment *right = segment_at(l, items[k]);

            if (left->y0 - right->y0 > l->size)
                break;
            found = right->x0 >= x && fabsf(middle(right) - middle(left)) < 0.25F * l->size;
        }
        for (uint32_t k = i + 1; k < count && !found && k - i < BESIDE; k++) {
            const struct segment *right = segment_at(l, items[k]);

            if (right->y0 - left->y0 > l->size)
                break;
            found = right->x0 >= x && fabsf(middle(right) - middle(left)) < 0.25F * l->size;
        }
        aligned += found;
    }
    return aligned;
}

/* A word or two a line: no running text. */
static bool
is_terse(const struct side *side)
{
    return side->words * 2 < side->segments * 5;
}

/* Lines of short cells, side by side: they are read along, not down. */
static bool
is_ledger(const struct side *left, const struct side *right, uint32_t aligned)
{
    uint32_t fewer = left->segments < right->segments ? left->segments : right->segments;
    uint32_t more = left->segments + right->segments - fewer;

    if (aligned * 5 < fewer * 4)
        return false;
    if (fewer * 3 >= more * 2 && (is_terse(left) || is_terse(right)))
        return true;
    return left->lower * 6 < left->segments && right->lower * 6 < right->segments;
}

/* Has an earlier page a gutter there? */
static bool
is_known(const struct paper *paper, const struct gutter *gutter)
{
    for (uint32_t i = 0; i < paper->gutter_count; i++)
        if (paper->gutters[i] > gutter->x0 && paper->gutters[i] < gutter->x1)
            return true;
    return false;
}

static void
remember(struct paper *paper, const struct gutter *gutter)
{
    if (paper->gutter_count < PAPER_GUTTERS && !is_known(paper, gutter))
        paper->gutters[paper->gutter_count++] = (gutter->x0 + gutter->x1) / 2;
}

static float
least_width(const struct side *left, const struct side *right, uint32_t aligned, float overlap,
            float size)
{
    if (overlap > TALL_LINES * size * 1.1F)
        return GUTTER_TALL;
    if (aligned == 0 && left->lines > 1 && right->lines > 1)
        return GUTTER_UNEVEN;
    return GUTTER_SHORT;
}

/* Is an empty place a gutter?  If so, it is narrowed to the text beside it. */
static bool
check_gutter(const struct layout *l, const uint32_t *items, uint32_t count, float x0, float x1,
             struct gutter *gutter)
{
    struct side left = {0}, right = {0};
    float overlap, shorter;
    uint32_t aligned;

    for (uint32_t i = 0; i < count; i++) {
        const struct segment *segment = segment_at(l, items[i]);

        if (!is_inside(segment, gutter->top, gutter->bottom))
            continue;
        if (segment->x1 <= x1 && segment->x0 < x0)
            add_to_side(l, &left, segment);
        else if (segment->x0 >= x0)
            add_to_side(l, &right, segment);
        else
            return false;
    }
    if (left.lines == 0 || right.lines == 0 || left.labels == left.segments ||
        right.labels == right.segments)
        return false;
    gutter->x0 = left.x1;
    gutter->x1 = right.x0;
    if (is_known(l->paper, gutter))
        return true;
    overlap = fminf(left.y1, right.y1) - fmaxf(left.y0, right.y0);
    shorter = fminf(left.y1 - left.y0, right.y1 - right.y0);
    if (left.lines < 2 || right.lines < 2 || overlap < 1.5F * l->size || overlap < 0.3F * shorter)
        return false;
    aligned = count_aligned(l, items, count, (gutter->x0 + gutter->x1) / 2, gutter);
    return gutter->x1 - gutter->x0 >=
               least_width(&left, &right, aligned, overlap, l->size) * l->size &&
           !is_ledger(&left, &right, aligned);
}

static bool
find_gutter(struct layout *l, uint32_t *items, uint32_t count, struct gutter *gutter)
{
    struct side whole = measure(l, items, count);
    float width = whole.x1 - whole.x0;
    uint32_t strips = (uint32_t)fminf(width / (STRIP * l->size), STRIPS);

    if (strips < 12 || whole.lines < 3 || count > BOUND_PDF_SEGMENTS)
        return false;
    sort_segments(l, items, count, upper_edge);
    find_empties(l, items, count, &whole, strips);
    for (uint32_t i = 0; i < l->empty_count && i < TRIES; i++) {
        const struct empty *e = &l->empties[i];
        float strip = width / (float)strips;

        *gutter = (struct gutter){.top = e->top - 0.1F, .bottom = e->bottom + 0.1F};
        if (check_gutter(l, items, count, whole.x0 + strip * (float)e->from,
                         whole.x0 + strip * (float)e->to, gutter))
            return true;
    }
    return false;
}

/* --- reading order ------------------------------------------------------------------------ */

enum part {
    PART_ABOVE,
    PART_LEFT,
    PART_RIGHT,
    PART_BELOW,
    PARTS,
};

static enum part
part_of(const struct segment *segment, const struct gutter *gutter)
{
    if (middle(segment) <= gutter->top)
        return PART_ABOVE;
    if (middle(segment) >= gutter->bottom)
        return PART_BELOW;
    return segment->x0 < (gutter->x0 + gutter->x1) / 2 ? PART_LEFT : PART_RIGHT;
}

/* Sorts the items into the four parts, each keeping its order. */
static void
part_items(struct layout *l, uint32_t *items, uint32_t count, const struct gutter *gutter,
           uint32_t counts[PARTS])
{
    struct arena_mark mark = arena_mark(l->scratch);
    uint32_t *copy = arena_new(l->scratch, uint32_t, count + 1U);
    uint32_t at = 0;

    memcpy(copy, items, count * sizeof *items);
    for (int part = 0; part < PARTS; part++) {
        counts[part] = 0;
        for (uint32_t i = 0; i < count; i++) {
            if ((int)part_of(segment_at(l, copy[i]), gutter) == part) {
                items[at++] = copy[i];
                counts[part]++;
            }
        }
    }
    arena_reset(l->scratch, mark);
}

static void order(struct layout *l, uint32_t *items, uint32_t count, int depth, bool cell);

/* The rows of a table that white bands part from each other. */
struct bands {
    uint32_t count;
    uint32_t filled;  /* with something at both sides */
    uint32_t aligned; /* ... whose first lines stand at the same height */
};

/* End of the band that begins at `begin` among items sorted by their upper edges. */
static uint32_t
band_end(const struct layout *l, const uint32_t *items, uint32_t count, uint32_t begin)
{
    float bottom = segment_at(l, items[begin])->y1;
    uint32_t end = begin + 1;

    while (end < count && segment_at(l, items[end])->y0 < bottom + BAND_GAP * l->size)
        bottom = fmaxf(bottom, segment_at(l, items[end++])->y1);
    return end;
}

static struct bands
measure_bands(const struct layout *l, const uint32_t *items, uint32_t count,
              const struct gutter *gutter)
{
    struct bands bands = {0};
    float x = (gutter->x0 + gutter->x1) / 2;

    for (uint32_t begin = 0; begin < count;) {
        uint32_t end = band_end(l, items, count, begin);
        float first[2] = {INFINITY, INFINITY};

        for (uint32_t i = begin; i < end; i++) {
            const struct segment *segment = segment_at(l, items[i]);
            int side = segment->x0 >= x;

            first[side] = fminf(first[side], middle(segment));
        }
        bands.count++;
        bands.filled += isfinite(first[0]) && isfinite(first[1]);
        bands.aligned += fabsf(first[0] - first[1]) < 0.35F * l->size;
        begin = end;
    }
    return bands;
}

/* Two sides of a gutter, sorted by their upper edges: a table, row by row, if it is one. */
static bool
order_table(struct layout *l, uint32_t *items, uint32_t count, const struct gutter *gutter,
            int depth)
{
    struct bands bands = measure_bands(l, items, count, gutter);

    if (bands.count < BANDS_FEW || bands.filled * 10 < bands.count * 6 ||
        bands.aligned * 5 < bands.filled * 4 || count > bands.count * 2 * BAND_LINES)
        return false;
    for (uint32_t begin = 0; begin < count;) {
        uint32_t end = band_end(l, items, count, begin);
        struct gutter own = {gutter->x0, gutter->x1, -INFINITY, INFINITY};
        uint32_t counts[PARTS];

        part_items(l, items + begin, end - begin, &own, counts);
        if (counts[PART_LEFT])
            order(l, items + begin, counts[PART_LEFT], depth + 1, true);
        if (counts[PART_RIGHT])
            order(l, items + begin + counts[PART_LEFT], counts[PART_RIGHT], depth + 1, true);
        begin = end;
    }
    return true;
}

static void
order(struct layout *l, uint32_t *items, uint32_t count, int depth, bool cell)
{
    struct gutter gutter;
    uint32_t counts[PARTS];
    uint32_t begin = 0, inside;

    if (count == 0)
        return;
    if (depth == DEPTH || !find_gutter(l, items, count, &gutter)) {
        add_leaf(l, items, count, cell);
        return;
    }
    part_items(l, items, count, &gutter, counts);
    order(l, items, counts[PART_ABOVE], depth + 1, cell);
    begin = counts[PART_ABOVE];
    inside = counts[PART_LEFT] + counts[PART_RIGHT];
    /* The parts before have set the size of theirs. */
    measure(l, items + begin, inside);
    sort_segments(l, items + begin, inside, upper_edge);
    if (!order_table(l, items + begin, inside, &gutter, depth)) {
        if (depth == 0)
            remember(l->paper, &gutter);
        part_items(l, items + begin, inside, &gutter, counts);
        order(l, items + begin, counts[PART_LEFT], depth + 1, cell);
        order(l, items + begin + counts[PART_LEFT], counts[PART_RIGHT], depth + 1, cell);
    }
    begin += inside;
    order(l, items + begin, count - begin, depth + 1, cell);
}

/* --- pages -------------------------------------------------------------------------------- */

/* Segments with all of `with` and none of `without`, in poppler's order. */
static uint32_t
choose(const struct page *page, uint32_t *items, uint32_t with, uint32_t without)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < page->segments.count; i++) {
        uint32_t flags = page->segments.items[i].flags;

        if ((flags & with) == with && !(flags & without))
            items[count++] = i;
    }
    return count;
}

/* Running headers, or the footers, as lines of their own. */
static void
add_running(struct layout *l, uint32_t *items, bool upper)
{
    uint32_t count = choose(l->page, items, SEGMENT_RUNNING, SEGMENT_ASIDE);
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++)
        if ((middle(segment_at(l, items[i])) < l->page->height / 2) == upper)
            items[kept++] = items[i];
    if (kept)
        add_leaf(l, items, kept, true);
}

void
page_find_lines(struct paper *paper, struct page *page)
{
    struct arena scratch = {0};
    struct layout l = {.paper = paper, .page = page, .scratch = &scratch};
    uint32_t *items = arena_new(&scratch, uint32_t, page->segments.count + 1U);
    uint32_t count;

    l.empties = arena_new(&scratch, struct empty, CANDIDATES);
    array_reserve(&paper->arena, &page->order, page->segments.count);
    array_reserve(&paper->arena, &page->lines, page->segments.count);
    add_running(&l, items, true);
    count = choose(page, items, 0, SEGMENT_RUNNING | SEGMENT_ASIDE);
    order(&l, items, count, 0, false);
    /* Each a line of its own, as poppler has them. */
    count = choose(page, items, SEGMENT_ASIDE, 0);
    for (uint32_t i = 0; i < count; i++)
        add_leaf(&l, items + i, 1, true);
    add_running(&l, items, false);
    arena_free(&scratch);
}
