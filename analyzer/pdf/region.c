/*
 * Reading order: the segments of a page are cut along gutters, until none is left.  What stands
 * above a gutter is read first, then what is left of it, right of it, below it.
 */

#include <math.h>

#include "pdf/layout.h"

enum {
    DEPTH = 10, /* of columns within columns */
};

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
    if (segment_middle(segment) <= gutter->top)
        return PART_ABOVE;
    if (segment_middle(segment) >= gutter->bottom)
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
            if ((int)part_of(layout_segment(l, copy[i]), gutter) == part) {
                items[at++] = copy[i];
                counts[part]++;
            }
        }
    }
    arena_reset(l->scratch, mark);
}

static void
remember(struct paper *paper, const struct gutter *gutter)
{
    if (paper->gutter_count < PAPER_GUTTERS && !layout_is_known(paper, gutter))
        paper->gutters[paper->gutter_count++] = (gutter->x0 + gutter->x1) / 2;
}

static void
order(struct layout *l, uint32_t *items, uint32_t count, int depth)
{
    struct gutter gutter;
    uint32_t counts[PARTS];
    uint32_t inside;

    if (count == 0)
        return;
    if (depth == DEPTH || !layout_find_gutter(l, items, count, &gutter)) {
        layout_add_leaf(l, items, count, false);
        return;
    }
    part_items(l, items, count, &gutter, counts);
    order(l, items, counts[PART_ABOVE], depth + 1);
    items += counts[PART_ABOVE];
    count -= counts[PART_ABOVE];
    inside = counts[PART_LEFT] + counts[PART_RIGHT];
    layout_measure(l, items, inside); /* the part above has set a size of its own */
    layout_sort(l, items, inside, segment_top);
    if (!layout_add_table(l, items, inside, &gutter)) {
        if (depth == 0)
            remember(l->paper, &gutter);
        part_items(l, items, inside, &gutter, counts);
        order(l, items, counts[PART_LEFT], depth + 1);
        order(l, items + counts[PART_LEFT], counts[PART_RIGHT], depth + 1);
    }
    order(l, items + inside, count - inside, depth + 1);
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
        if ((segment_middle(layout_segment(l, items[i])) < l->page->height / 2) == upper)
            items[kept++] = items[i];
    if (kept)
        layout_add_leaf(l, items, kept, true);
}

void
page_find_lines(struct paper *paper, struct page *page)
{
    struct arena scratch = {0};
    struct layout l = {.paper = paper, .page = page, .scratch = &scratch};
    uint32_t *items = arena_new(&scratch, uint32_t, page->segments.count + 1U);
    uint32_t count;

    array_reserve(&paper->arena, &page->order, page->segments.count);
    array_reserve(&paper->arena, &page->lines, page->segments.count);
    add_running(&l, items, true);
    count = choose(page, items, 0, SEGMENT_RUNNING | SEGMENT_ASIDE);
    order(&l, items, count, 0);
    /* Each a line of its own, as poppler has them. */
    count = choose(page, items, SEGMENT_ASIDE, 0);
    for (uint32_t i = 0; i < count; i++)
        layout_add_leaf(&l, items + i, 1, true);
    add_running(&l, items, false);
    arena_free(&scratch);
}
