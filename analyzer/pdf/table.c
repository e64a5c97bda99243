/*
 * Tables: rows that white bands part from each other, the cells of a row beginning at the same
 * height.  They are read row by row, a cell being a paragraph or, if all are of one line, a part
 * of that line.
 */

#include <math.h>

#include "pdf/layout.h"

enum {
    BANDS_FEW = 3,
    BAND_LINES = 6, /* of a cell, on average */
    COLUMNS = 16,
};

/* Shares of the font size. */
#define BAND_GAP 0.45F
#define COLUMN_GAP 0.3F

struct bands {
    uint32_t count;
    uint32_t filled;  /* with something at both sides of the gutter */
    uint32_t aligned; /* ... whose first lines stand at the same height */
};

/* The columns of a table: `count` of them, each but the last ends at ends[i]. */
struct columns {
    uint32_t count;
    float ends[COLUMNS];
};

/* End of the band that begins at `begin` among items sorted by their upper edges. */
static uint32_t
band_end(const struct layout *l, const uint32_t *items, uint32_t count, uint32_t begin)
{
    float bottom = layout_segment(l, items[begin])->y1;
    uint32_t end = begin + 1;

    while (end < count && layout_segment(l, items[end])->y0 < bottom + BAND_GAP * l->size)
        bottom = fmaxf(bottom, layout_segment(l, items[end++])->y1);
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
            const struct segment *segment = layout_segment(l, items[i]);
            int side = segment->x0 >= x;

            first[side] = fminf(first[side], segment_middle(segment));
        }
        bands.count++;
        if (isfinite(first[0]) && isfinite(first[1])) {
            bands.filled++;
            bands.aligned += fabsf(first[0] - first[1]) < 0.35F * l->size;
        }
        begin = end;
    }
    return bands;
}

/* Where nothing stands over the whole height of the table. */
static struct columns
find_columns(struct layout *l, const uint32_t *items, uint32_t count)
{
    struct arena_mark mark = arena_mark(l->scratch);
    uint32_t *copy = arena_new(l->scratch, uint32_t, count);
    struct columns columns = {.count = 1};
    float right;

    memcpy(copy, items, count * sizeof *copy);
    layout_sort(l, copy, count, segment_left);
    right = layout_segment(l, copy[0])->x1;
    for (uint32_t i = 1; i < count; i++) {
        const struct segment *segment = layout_segment(l, copy[i]);

        if (segment->x0 > right + COLUMN_GAP * l->size && columns.count < COLUMNS)
            columns.ends[columns.count++ - 1] = (right + segment->x0) / 2;
        right = fmaxf(right, segment->x1);
    }
    arena_reset(l->scratch, mark);
    return columns;
}

static bool
is_one_line(const struct layout *l, const uint32_t *items, uint32_t count)
{
    const struct segment *first = layout_segment(l, items[0]);

    for (uint32_t i = 1; i < count; i++)
        if (!layout_on_line(layout_segment(l, items[i]), first->y0, first->y1))
            return false;
    return true;
}

static void
add_row(struct layout *l, uint32_t *items, uint32_t count, const struct columns *columns)
{
    struct arena_mark mark = arena_mark(l->scratch);
    uint32_t *cell = arena_new(l->scratch, uint32_t, count);
    float size = l->size; /* a leaf sets that of its own */

    if (is_one_line(l, items, count)) {
        layout_add_leaf(l, items, count, true);
    } else {
        for (uint32_t k = 0; k < columns->count; k++) {
            float x0 = k > 0 ? columns->ends[k - 1] : -INFINITY;
            float x1 = k + 1 < columns->count ? columns->ends[k] : INFINITY;
            uint32_t cells = 0;

            for (uint32_t i = 0; i < count; i++) {
                float x = layout_segment(l, items[i])->x0;

                if (x >= x0 && x < x1)
                    cell[cells++] = items[i];
            }
            if (cells)
                layout_add_leaf(l, cell, cells, true);
        }
    }
    l->size = size;
    arena_reset(l->scratch, mark);
}

bool
layout_add_table(struct layout *l, uint32_t *items, uint32_t count, const struct gutter *gutter)
{
    struct bands bands = measure_bands(l, items, count, gutter);
    struct columns columns;

    if (bands.count < BANDS_FEW || bands.filled * 10 < bands.count * 6 ||
        bands.aligned * 5 < bands.filled * 4 || count > bands.count * 2 * BAND_LINES)
        return false;
    columns = find_columns(l, items, count);
    for (uint32_t begin = 0; begin < count;) {
        uint32_t end = band_end(l, items, count, begin);

        add_row(l, items + begin, end - begin, &columns);
        begin = end;
    }
    return true;
}
