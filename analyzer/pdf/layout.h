#ifndef PDF_LAYOUT_H
#define PDF_LAYOUT_H

#include "pdf/page.h"

/*
 * What the files share that turn a page's segments into lines; nobody else includes this.
 *   region.c  the driver: cuts a region along its gutters, until none is left
 *   gutter.c  finds gutters: tall empty strips with text at either side
 *   table.c   rows and cells of what stands at both sides of a gutter, if it is a table
 *   leaf.c    segments to lines where there is no gutter
 */
struct layout {
    struct paper *paper;
    struct page *page;
    struct arena *scratch;
    float size; /* of the letters of the region at hand; see layout_measure */
};

/* Some segments and where they stand. */
struct side {
    uint32_t segments;
    uint32_t lines;
    uint32_t words;
    uint32_t lower;  /* segments that begin with a lower-case letter */
    uint32_t labels; /* ... that look like labels or numbers */
    float x0, x1, y0, y1;
    float last; /* middle of the last line */
};

struct gutter {
    float x0, x1;
    float top, bottom;
};

static inline const struct segment *
layout_segment(const struct layout *l, uint32_t index)
{
    return &l->page->segments.items[index];
}

static inline float
segment_middle(const struct segment *segment)
{
    return (segment->y0 + segment->y1) / 2;
}

static inline float
segment_top(const struct segment *segment)
{
    return segment->y0;
}

static inline float
segment_left(const struct segment *segment)
{
    return segment->x0;
}

/* leaf.c */
void layout_sort(struct layout *l, uint32_t *items, uint32_t count,
                 float (*place)(const struct segment *));
/* Does a segment stand on the line whose extent is y0 to y1?  Small ones may be raised. */
bool layout_on_line(const struct segment *segment, float y0, float y1);
/* The lines of a region without gutters. */
void layout_add_leaf(struct layout *l, uint32_t *items, uint32_t count, bool cell);

/* gutter.c */
/* The extent of some segments; sets the size of their letters, on average. */
struct side layout_measure(struct layout *l, const uint32_t *items, uint32_t count);
/* Has an earlier page a gutter there? */
bool layout_is_known(const struct paper *paper, const struct gutter *gutter);
/* Sorts the items by their upper edges. */
bool layout_find_gutter(struct layout *l, uint32_t *items, uint32_t count, struct gutter *gutter);

/* table.c */
/*
 * Takes the items at both sides of a gutter, sorted by their upper edges, as rows of cells; false
 * if they are none.
 */
bool layout_add_table(struct layout *l, uint32_t *items, uint32_t count,
                      const struct gutter *gutter);

#endif
