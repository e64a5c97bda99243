/*
 * Which lines go on with the paragraph of the line before: told by line spacing, margins, indents,
 * letter size and weight first, by how lines begin and end second.
 */

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "pdf/page.h"
#include "pdf/shape.h"

enum {
    MARGINS = 64,     /* column margins that short columns are compared with */
    MARGIN_LINES = 5, /* a column with fewer lines shows no margin */
    PITCHES_FEW = 4,
};

/* In font sizes. */
#define INDENT 0.6F
#define ROOM 0.4F   /* more than this is left behind the next word: it would have fitted */
#define APART 1.22F /* line spacing, against the usual one */

struct margin {
    float x0, x1;
};

struct paragraphs {
    struct paper *paper;
    struct arena scratch;
    struct margin margins[MARGINS];
    uint32_t margin_count;
    float pitch; /* most usual one of the paper */
};

/* A line with what surrounds it. */
struct place {
    struct page *page;
    struct leaf *leaf;
    struct line *line;
    float left, right; /* margins of its column */
    float start;       /* left edge of its paragraph's first line */
    bool first;        /* it is its paragraph's first line */
};

/* --- line spacing ------------------------------------------------------------------------- */

static int
by_number(const void *left, const void *right)
{
    float a = *(const float *)left, b = *(const float *)right;

    return (a > b) - (a < b);
}

/* The least spacing that a good share of the lines have: larger ones part paragraphs. */
static float
usual_pitch(float *pitches, uint32_t count)
{
    uint32_t least = count / 8 > 2 ? count / 8 : 2;

    qsort(pitches, count, sizeof *pitches, by_number);
    for (uint32_t i = 0, end = 0; i < count; i++) {
        while (end < count && pitches[end] <= pitches[i] * 1.08F)
            end++;
        if (end - i >= least)
            return pitches[i + (end - i) / 2];
    }
    return 0;
}

static float
pitch_of(const struct line *line, const struct line *next)
{
    return (next->base - line->base) / fmaxf(fmaxf(line->size, next->size), 1);
}

static uint32_t
collect_pitches(const struct page *page, const struct leaf *leaf, float *pitches)
{
    uint32_t count = 0;

    for (uint32_t i = leaf->first; i + 1 < leaf->first + leaf->count; i++) {
        const struct line *line = &page->lines.items[i];
        float pitch = pitch_of(line, line + 1);

        if (pitch > 0.8F && pitch < 3 && fabsf(line->size - line[1].size) < 0.1F * line->size)
            pitches[count++] = pitch;
    }
    return count;
}

static void
measure_spacing(struct paragraphs *p)
{
    struct paper *paper = p->paper;
    uint32_t lines = 1, all = 0;
    float *pitches, *own;

    for (uint32_t i = 0; i < paper->pages.count; i++)
        lines += paper->pages.items[i].lines.count;
    pitches = arena_new(&p->scratch, float, lines);
    own = arena_new(&p->scratch, float, lines);
    for (uint32_t i = 0; i < paper->pages.count; i++) {
        struct page *page = &paper->pages.items[i];

        for (uint32_t k = 0; k < page->leaves.count; k++) {
            struct leaf *leaf = &page->leaves.items[k];
            uint32_t count = collect_pitches(page, leaf, own);

            memcpy(pitches + all, own, count * sizeof *own);
            all += count;
            leaf->pitch = count >= PITCHES_FEW ? usual_pitch(own, count) : 0;
        }
    }
    p->pitch = usual_pitch(pitches, all);
}

/*
 * Scans: the size of letters is a guess that differs from line to line.  Where many neighbours
 * differ a little, all that are near the body's size have it.
 */
static void
smooth_sizes(struct paper *paper)
{
    float body = paper->body_size;
    uint32_t pairs = 0, noisy = 0;

    for (uint32_t i = 0; i < paper->pages.count; i++) {
        const struct page *page = &paper->pages.items[i];

        for (uint32_t k = 0; k + 1 < page->lines.count; k++) {
            const struct line *line = &page->lines.items[k];
            float change = fabsf(line[1].size - line->size) / line->size;

            pairs++;
            noisy += change > 0.01F && change < 0.2F;
        }
    }
    if (noisy * 4 < pairs)
        return;
    for (uint32_t i = 0; i < paper->pages.count; i++) {
        struct page *page = &paper->pages.items[i];

        for (uint32_t k = 0; k < page->lines.count; k++)
            if (fabsf(page->lines.items[k].size - body) < 0.25F * body)
                page->lines.items[k].size = body;
    }
}

/* --- margins ------------------------------------------------------------------------------ */

static void
collect_margins(struct paragraphs *p)
{
    for (uint32_t i = 0; i < p->paper->pages.count; i++) {
        const struct page *page = &p->paper->pages.items[i];

        for (uint32_t k = 0; k < page->leaves.count && p->margin_count < MARGINS; k++) {
            const struct leaf *leaf = &page->leaves.items[k];
            bool known = false;

            if (leaf->cell || leaf->count < MARGIN_LINES)
                continue;
            for (uint32_t m = 0; m < p->margin_count; m++)
                known = known || (fabsf(p->margins[m].x0 - leaf->x0) < 2 &&
                                  fabsf(p->margins[m].x1 - leaf->x1) < 2);
            if (!known)
                p->margins[p->margin_count++] = (struct margin){leaf->x0, leaf->x1};
        }
    }
}

/* The margins of the column that a leaf of few lines stands in. */
static struct margin
margin_of(const struct paragraphs *p, const struct leaf *leaf)
{
    struct margin best = {leaf->x0, leaf->x1};
    float width = INFINITY;

    if (leaf->count >= MARGIN_LINES || leaf->cell)
        return best;
    for (uint32_t m = 0; m < p->margin_count; m++) {
        const struct margin *margin = &p->margins[m];

        if (margin->x0 <= leaf->x0 + 3 && margin->x1 >= leaf->x1 - 3 &&
            margin->x1 - margin->x0 < width) {
            width = margin->x1 - margin->x0;
            best.x0 = fminf(margin->x0, leaf->x0);
            best.x1 = fmaxf(margin->x1, leaf->x1);
        }
    }
    return best;
}

/* --- footnotes ---------------------------------------------------------------------------- */

/* The last lines of a column, in small letters, the first with a mark. */
static void
find_footnotes(const struct paper *paper, struct page *page, const struct leaf *leaf)
{
    struct line *lines = &page->lines.items[leaf->first];
    uint32_t begin = leaf->count;

    if (leaf->cell)
        return;
    while (begin > 0 && lines[begin - 1].size < 0.92F * paper->body_size)
        begin--;
    while (begin < leaf->count && !shape_is_note(page, &lines[begin]))
        begin++;
    if (begin == leaf->count || lines[begin].y0 < 0.5F * page->height ||
        (begin == 0 && lines[0].y0 < 0.6F * page->height))
        return;
    for (uint32_t i = begin; i < leaf->count; i++)
        lines[i].flags |= LINE_FOOTNOTE;
}

/* --- joining ------------------------------------------------------------------------------ */

static bool
same_style(const struct line *a, const struct line *b)
{
    float larger = fmaxf(a->size, b->size);

    return fabsf(a->size - b->size) <= 0.13F * larger &&
           (a->flags & LINE_BOLD) == (b->flags & LINE_BOLD);
}

/* How much room was left behind the next line's first word, had it stood on this line. */
static float
room(const struct place *a, const struct line *b)
{
    return a->right - (a->line->x1 + 0.25F * a->line->size + b->first_word);
}

/* A label begins something new, unless the line before is full and waits for it: "all'art." "5". */
static bool
begins_item(const struct place *a, const struct line *b, bool full)
{
    const struct line *line = a->line;

    if (b->flags & LINE_BULLET)
        return true;
    if (!(b->flags & LINE_LABEL))
        return false;
    if (!full || !(line->flags & LINE_OPEN))
        return true;
    return b->x0 < line->x0 - INDENT * b->size;
}

/* Behind a full line that ends a sentence: is the next one the begin of a paragraph? */
static bool
starts_paragraph(const struct place *a, const struct line *b)
{
    const struct line *line = a->line;
    float step = b->x0 - (a->first ? line->text_x0 : line->x0);

    if (step > INDENT * b->size)
        return true;
    /* Back to the margin: only behind the indented first line of the same paragraph. */
    return b->x0 < line->x0 - INDENT * b->size && !a->first;
}

static bool
joins(const struct place *a, const struct line *b)
{
    const struct line *line = a->line;
    float left = room(a, b);
    bool full = left <= ROOM * line->size;
    bool open = (line->flags & LINE_OPEN) != 0;

    if (!same_style(line, b) || begins_item(a, b, full))
        return false;
    if ((line->flags & LINE_HYPHEN) && (b->flags & LINE_LOWER))
        return true;
    if (!full)
        return open && (b->flags & LINE_LOWER) && left < 0.35F * (a->right - a->left);
    return open || !starts_paragraph(a, b);
}

/* On the next page or in the next column: no line spacing tells. */
static bool
joins_across(const struct place *a, const struct place *b)
{
    const struct line *line = a->line;
    bool full = room(a, b->line) <= ROOM * line->size;

    if (a->leaf->cell || b->leaf->cell || !same_style(line, b->line) ||
        begins_item(a, b->line, full))
        return false;
    if (!(line->flags & LINE_OPEN))
        return false;
    if ((line->flags & LINE_HYPHEN) && (b->line->flags & LINE_LOWER))
        return true;
    return full ||
           ((b->line->flags & LINE_LOWER) && room(a, b->line) < 0.35F * (a->right - a->left));
}

static bool
is_apart(const struct paragraphs *p, const struct leaf *leaf, const struct line *a,
         const struct line *b)
{
    float usual = leaf->pitch > 0 ? leaf->pitch : p->pitch;

    return usual > 0 && pitch_of(a, b) > usual * APART;
}

/* Takes the lines of one kind in order; `last` is the one before, of an earlier leaf perhaps. */
static void
join_line(const struct paragraphs *p, struct place *last, struct place *next)
{
    bool join;

    if (last->line && last->leaf == next->leaf) {
        bool apart = is_apart(p, next->leaf, last->line, next->line);

        join = !apart && joins(last, next->line);
        next->line->flags |= apart ? LINE_APART : 0;
    } else {
        join = last->line && joins_across(last, next);
        next->line->flags |= join ? 0 : LINE_APART;
    }
    if (join)
        next->line->flags |= LINE_JOINS;
    next->first = !join;
    *last = *next;
}

static void
join_leaf(const struct paragraphs *p, struct page *page, struct leaf *leaf, struct place *body)
{
    struct margin margin = margin_of(p, leaf);
    struct place note = {0};

    for (uint32_t i = 0; i < leaf->count; i++) {
        struct place next = {
            .page = page,
            .leaf = leaf,
            .line = &page->lines.items[leaf->first + i],
            .left = margin.x0,
            .right = margin.x1,
        };

        if (next.line->flags & (LINE_RUNNING | LINE_ASIDE)) {
            next.line->flags |= LINE_APART;
            continue;
        }
        join_line(p, next.line->flags & LINE_FOOTNOTE ? &note : body, &next);
    }
}

void
paper_find_paragraphs(struct paper *paper)
{
    struct paragraphs p = {.paper = paper};
    struct place body = {0};

    for (uint32_t i = 0; i < paper->pages.count; i++)
        shape_lines(&paper->pages.items[i]);
    smooth_sizes(paper);
    measure_spacing(&p);
    collect_margins(&p);
    for (uint32_t i = 0; i < paper->pages.count; i++) {
        struct page *page = &paper->pages.items[i];

        for (uint32_t k = 0; k < page->leaves.count; k++) {
            find_footnotes(paper, page, &page->leaves.items[k]);
            join_leaf(&p, page, &page->leaves.items[k], &body);
        }
    }
    arena_free(&p.scratch);
}
