/*
 * Gutters: tall empty strips with text at either side.  The page is looked at through narrow
 * vertical strips; what stands across one ends it.
 */

#include <math.h>
#include <stdlib.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "pdf/layout.h"

enum {
    STRIPS = 256, /* a region is that many strips wide at most */
    TRIES = 40,   /* empty places looked at as gutters, tallest first */
    CANDIDATES = 512,
    LABEL_GLYPHS = 5,   /* "iii)" */
    NUMBER_GLYPHS = 10, /* "Art. 12.", "1.250,00" */
    TALL_LINES = 8,     /* of a gutter that may be narrow */
    BESIDE = 64,        /* segments looked at for a neighbour on the same line */
};

/* Shares of the font size. */
#define STRIP 0.4F
#define EMPTY_HEIGHT 2.2F
#define GUTTER_TALL 0.6F
#define GUTTER_SHORT 1.2F
#define GUTTER_UNEVEN 0.25F /* lines at one side stand between those at the other */

/* An empty rectangle: strips [from, to), open from top to bottom. */
struct empty {
    uint32_t from, to;
    float top, bottom;
};

struct empties {
    struct empty *items;
    uint32_t count;
};

struct span_x {
    float x0, x1;
};

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
    if (side->lines == 0 || fabsf(segment_middle(segment) - side->last) > 0.5F * l->size)
        side->lines++;
    side->last = segment_middle(segment);
    side->lower += utf8_is_lower(first_glyph(l, segment)->code);
    side->labels += is_label(l, segment);
}

struct side
layout_measure(struct layout *l, const uint32_t *items, uint32_t count)
{
    struct side whole = {0};
    float sum = 0, glyphs = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct segment *segment = layout_segment(l, items[i]);

        add_to_side(l, &whole, segment);
        sum += segment->size * (float)segment->glyphs;
        glyphs += (float)segment->glyphs;
    }
    l->size = fmaxf(sum / glyphs, 1);
    return whole;
}

/* --- empty places ------------------------------------------------------------------------- */

static void
add_empty(const struct layout *l, struct empties *empties, uint32_t strip, float top, float bottom)
{
    struct empty *last = empties->count ? &empties->items[empties->count - 1] : NULL;

    if (bottom - top < EMPTY_HEIGHT * l->size)
        return;
    if (last && last->to == strip && fabsf(last->top - top) < 1 &&
        fabsf(last->bottom - bottom) < 1) {
        last->to++;
        last->top = fmaxf(last->top, top);
        last->bottom = fminf(last->bottom, bottom);
    } else if (empties->count < CANDIDATES) {
        empties->items[empties->count++] = (struct empty){strip, strip + 1, top, bottom};
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
find_empties(const struct layout *l, const uint32_t *items, uint32_t count,
             const struct side *whole, uint32_t strips, struct empties *empties)
{
    float last[STRIPS];
    float width = (whole->x1 - whole->x0) / (float)strips;

    for (uint32_t i = 0; i < strips; i++)
        last[i] = whole->y0;
    for (uint32_t i = 0; i < count; i++) {
        const struct segment *segment = layout_segment(l, items[i]);
        uint32_t from = (uint32_t)((segment->x0 - whole->x0) / width);
        uint32_t to = (uint32_t)((segment->x1 - whole->x0) / width) + 1;

        for (uint32_t k = from; k < to && k < strips; k++) {
            add_empty(l, empties, k, last[k], segment->y0);
            last[k] = fmaxf(last[k], segment->y1);
        }
    }
    for (uint32_t k = 0; k < strips; k++)
        add_empty(l, empties, k, last[k], whole->y1);
    qsort(empties->items, empties->count, sizeof *empties->items, tallest_first);
}

/* --- gutters ------------------------------------------------------------------------------ */

static bool
is_inside(const struct segment *segment, float top, float bottom)
{
    return segment_middle(segment) > top && segment_middle(segment) < bottom;
}

/* How many at the left have a neighbour at the right on the same line; both are sorted. */
static uint32_t
count_aligned(const struct layout *l, const uint32_t *items, uint32_t count, float x,
              const struct gutter *gutter)
{
    uint32_t aligned = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct segment *left = layout_segment(l, items[i]);
        bool found = false;

        if (left->x1 > x || !is_inside(left, gutter->top, gutter->bottom))
            continue;
        for (uint32_t k = i; k-- > 0 && !found && i - k < BESIDE;) {
            const struct segment *right = layout_segment(l, items[k]);

            if (left->y0 - right->y0 > l->size)
                break;
            found = right->x0 >= x &&
                    fabsf(segment_middle(right) - segment_middle(left)) < 0.25F * l->size;
        }
        for (uint32_t k = i + 1; k < count && !found && k - i < BESIDE; k++) {
            const struct segment *right = layout_segment(l, items[k]);

            if (right->y0 - left->y0 > l->size)
                break;
            found = right->x0 >= x &&
                    fabsf(segment_middle(right) - segment_middle(left)) < 0.25F * l->size;
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

    if (aligned * 5 >= more * 4 && (is_terse(left) || is_terse(right)))
        return true;
    if (aligned * 5 < fewer * 4)
        return false;
    return left->lower * 6 < left->segments && right->lower * 6 < right->segments;
}

/* Has an earlier page a gutter there? */
bool
layout_is_known(const struct paper *paper, const struct gutter *gutter)
{
    for (uint32_t i = 0; i < paper->gutter_count; i++)
        if (paper->gutters[i] > gutter->x0 && paper->gutters[i] < gutter->x1)
            return true;
    return false;
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

/* What stands at either side of an empty place; false: something stands across it. */
static bool
find_sides(const struct layout *l, const uint32_t *items, uint32_t count, struct span_x strip,
           const struct gutter *gutter, struct side *left, struct side *right)
{
    *left = *right = (struct side){0};
    for (uint32_t i = 0; i < count; i++) {
        const struct segment *segment = layout_segment(l, items[i]);

        if (!is_inside(segment, gutter->top, gutter->bottom))
            continue;
        if (segment->x1 <= strip.x1 && segment->x0 < strip.x0)
            add_to_side(l, left, segment);
        else if (segment->x0 >= strip.x0)
            add_to_side(l, right, segment);
        else
            return false;
    }
    return left->lines > 0 && right->lines > 0;
}

/*
 * Is an empty place a gutter?  If so, it is narrowed to the text beside it.  `prose`: only one
 * between columns of running text will do.
 */
static bool
check_gutter(const struct layout *l, const uint32_t *items, uint32_t count, struct span_x strip,
             bool prose, struct gutter *gutter)
{
    struct side left, right;
    float overlap, shorter;
    uint32_t aligned;

    if (!find_sides(l, items, count, strip, gutter, &left, &right) ||
        left.labels == left.segments || right.labels == right.segments ||
        (prose && (is_terse(&left) || is_terse(&right))))
        return false;
    gutter->x0 = left.x1;
    gutter->x1 = right.x0;
    /* What stands higher at the left is read before, in any case: it may be no column's. */
    if (left.y0 < right.y0 - 0.9F * l->size)
        gutter->top = fmaxf(gutter->top, right.y0 - 0.3F * l->size);
    if (layout_is_known(l->paper, gutter))
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

/* Columns of text before cells of tables: the gutters of these would cut into those. */
bool
layout_find_gutter(struct layout *l, uint32_t *items, uint32_t count, struct gutter *gutter)
{
    struct arena_mark mark = arena_mark(l->scratch);
    struct side whole = layout_measure(l, items, count);
    float width = whole.x1 - whole.x0;
    uint32_t strips = (uint32_t)fminf(width / (STRIP * l->size), STRIPS);
    bool found = false;

    if (strips < 12 || whole.lines < 3 || count > BOUND_PDF_SEGMENTS)
        return false;
    layout_sort(l, items, count, segment_top);
    struct empties empties = {.items = arena_new(l->scratch, struct empty, CANDIDATES)};
    find_empties(l, items, count, &whole, strips, &empties);
    width /= (float)strips;
    for (uint32_t i = 0; i < 2 * empties.count && i < 2 * TRIES && !found; i++) {
        uint32_t tries = empties.count < TRIES ? empties.count : TRIES;
        const struct empty *e = &empties.items[i % tries];
        struct span_x strip = {whole.x0 + width * (float)e->from, whole.x0 + width * (float)e->to};

        *gutter = (struct gutter){.top = e->top - 0.1F, .bottom = e->bottom + 0.1F};
        found = check_gutter(l, items, count, strip, i < tries, gutter);
    }
    arena_reset(l->scratch, mark);
    return found;
}
