/* Segments to lines, from top to bottom and from left to right. */

#include <math.h>
#include <stdlib.h>

#include "pdf/layout.h"

enum {
    LABEL_GLYPHS = 5, /* a segment of no more may have a font of its own */
};

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

void
layout_sort(struct layout *l, uint32_t *items, uint32_t count,
            float (*place)(const struct segment *))
{
    struct arena_mark mark = arena_mark(l->scratch);
    struct placed *placed = arena_new(l->scratch, struct placed, count + 1U);
    bool sorted = true;

    for (uint32_t i = 0; i < count; i++) {
        placed[i] = (struct placed){place(layout_segment(l, items[i])), items[i]};
        sorted = sorted && (i == 0 || by_place(&placed[i - 1], &placed[i]) <= 0);
    }
    if (!sorted) {
        qsort(placed, count, sizeof *placed, by_place);
        for (uint32_t i = 0; i < count; i++)
            items[i] = placed[i].index;
    }
    arena_reset(l->scratch, mark);
}

bool
layout_on_line(const struct segment *segment, float y0, float y1)
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
        .x0 = layout_segment(l, items[0])->x0,
        .y0 = layout_segment(l, items[0])->y0,
        .x1 = layout_segment(l, items[0])->x1,
        .y1 = layout_segment(l, items[0])->y1,
    };
    float glyphs = 0;
    uint32_t most = 0;

    layout_sort(l, items, count, segment_left);
    for (uint32_t i = 0; i < count; i++) {
        const struct segment *segment = layout_segment(l, items[i]);

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
    const struct segment *first = layout_segment(l, items[begin]);
    struct row row = {begin, begin + 1, first->x0, first->x1, segment_middle(first), false};
    float y0 = first->y0, y1 = first->y1;

    while (row.end < count && layout_on_line(layout_segment(l, items[row.end]), y0, y1)) {
        const struct segment *next = layout_segment(l, items[row.end++]);

        row.x0 = fminf(row.x0, next->x0);
        row.x1 = fmaxf(row.x1, next->x1);
        /* The tallest tells where the line is. */
        if (next->y1 - next->y0 > y1 - y0) {
            y0 = next->y0;
            y1 = next->y1;
            row.y = segment_middle(next);
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
            rows[i].beside = rows[i].beside ||
                             (fabsf(rows[k].y - rows[i].y) < 0.75F * l->size &&
                              rows[i].x1 <= rows[k].x0 && rows[i].x1 - rows[i].x0 < 5 * l->size);
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

void
layout_add_leaf(struct layout *l, uint32_t *items, uint32_t count, bool cell)
{
    struct arena_mark mark = arena_mark(l->scratch);
    struct row *rows = arena_new(l->scratch, struct row, count + 1U);
    uint32_t row_count = 0;

    layout_measure(l, items, count);
    layout_sort(l, items, count, segment_middle);
    for (uint32_t begin = 0; begin < count; begin = rows[row_count - 1].end)
        rows[row_count++] = make_row(l, items, count, begin);
    find_beside(l, rows, row_count);
    add_rows(l, items, rows, row_count, true, cell);
    add_rows(l, items, rows, row_count, false, cell);
    arena_reset(l->scratch, mark);
}
