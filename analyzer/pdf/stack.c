/*
 * Words written downwards, a letter or two below each other, as in the narrow cell of a table:
 * taken out of the lines they stand beside.
 */

#include <math.h>
#include <stdlib.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "pdf/page.h"

enum {
    STACK_SHORT = 2, /* steps; a stack that short needs text above or below it that is indented */
    STACK_LEAST = 3,
    LETTERS_MOST = 3, /* of a step */
    LOOK_AHEAD = 8,   /* steps looked at for the next one */
};

/* Letters that begin a segment. */
struct letter {
    float x, y; /* middle */
    float size;
    float next_x0; /* of the word behind it; NAN = none */
    uint32_t code;
    uint32_t segment;
    uint32_t below; /* the next letter of its stack; 0 = none (the topmost has index 0 at best) */
    bool used;
};

static int
by_height(const void *left, const void *right)
{
    const struct letter *a = left;
    const struct letter *b = right;

    if (a->y != b->y)
        return a->y < b->y ? -1 : 1;
    return (a->segment > b->segment) - (a->segment < b->segment);
}

static uint32_t
collect(const struct page *page, struct letter *letters)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < page->segments.count; i++) {
        const struct segment *segment = &page->segments.items[i];
        const struct word *word = &page->words.items[segment->first];
        uint32_t code = page->glyphs.items[word->first].code;

        if (word->count > LETTERS_MOST || !utf8_is_letter(code) ||
            !utf8_is_letter(page->glyphs.items[word->first + word->count - 1].code) ||
            (segment->flags & SEGMENT_ASIDE))
            continue;
        letters[count++] = (struct letter){
            .x = (word->x0 + word->x1) / 2,
            .y = (word->y0 + word->y1) / 2,
            .size = word->size,
            .next_x0 = segment->count > 1 ? word[1].x0 : NAN,
            .code = code,
            .segment = i,
        };
    }
    qsort(letters, count, sizeof *letters, by_height);
    return count;
}

/* The letter right below letter i; 0 = none. */
static uint32_t
letter_below(const struct letter *letters, uint32_t count, uint32_t i)
{
    for (uint32_t k = i + 1; k < count && k <= i + LOOK_AHEAD; k++) {
        float step = letters[k].y - letters[i].y;

        if (step > 1.7F * letters[i].size)
            break;
        if (step > 0.6F * letters[i].size && !letters[k].used &&
            fabsf(letters[k].x - letters[i].x) < 0.1F * letters[i].size)
            return k;
    }
    return 0;
}

/* Does a line begin at a margin, right above or below? */
static bool
has_margin(const struct page *page, float margin, float top, float bottom, float size)
{
    for (uint32_t i = 0; i < page->segments.count; i++) {
        const struct segment *segment = &page->segments.items[i];
        float y = (segment->y0 + segment->y1) / 2;

        if (fabsf(segment->x0 - margin) < 0.08F * size && y > top - 1.7F * size &&
            y < bottom + 1.7F * size)
            return true;
    }
    return false;
}

/* No bullets ("o", "o", "o"), no labels ("a", "b", "c"), and all beside the same left margin. */
static bool
is_stack(const struct page *page, const struct letter *letters, uint32_t first, uint32_t length)
{
    uint32_t same = 0, rising = 0, i = first;
    float margin = letters[first].next_x0;

    for (uint32_t k = 1; k < length; k++) {
        uint32_t next = letters[i].below;

        same += letters[next].code == letters[i].code;
        rising += letters[next].code == letters[i].code + 1;
        if (!isnan(letters[next].next_x0)) {
            if (!isnan(margin) && fabsf(letters[next].next_x0 - margin) > 0.08F * letters[i].size)
                return false;
            margin = letters[next].next_x0;
        }
        i = next;
    }
    if (same + 1 == length || rising + 1 == length)
        return false;
    if (isnan(margin))
        return length >= STACK_LEAST;
    return has_margin(page, margin, letters[first].y, letters[i].y, letters[first].size);
}

/* The first word of a segment becomes a segment of its own, beside the text. */
static void
take_out(struct paper *paper, struct page *page, uint32_t index)
{
    struct segment letter = page->segments.items[index];
    struct segment *rest = &page->segments.items[index];
    const struct word *word = &page->words.items[letter.first];

    if (letter.count == 1) {
        rest->flags |= SEGMENT_ASIDE;
        return;
    }
    letter.count = 1;
    letter.glyphs = word->count;
    letter.flags |= SEGMENT_ASIDE;
    letter.x1 = word->x1;
    rest->first++;
    rest->count--;
    rest->glyphs -= word->count;
    rest->x0 = word[1].x0;
    array_push(&paper->arena, &page->segments, letter);
}

static void
find_stacks(struct paper *paper, struct page *page, struct letter *letters, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = 1, last = i, next;

        if (letters[i].used)
            continue;
        while ((next = letter_below(letters, count, last)) != 0) {
            letters[last].below = next;
            last = next;
            length++;
        }
        if (length < STACK_SHORT || !is_stack(page, letters, i, length))
            continue;
        for (uint32_t k = 0, at = i; k < length; k++, at = letters[at].below) {
            letters[at].used = true;
            take_out(paper, page, letters[at].segment);
        }
    }
}

void
paper_find_stacks(struct paper *paper)
{
    for (uint32_t i = 0; i < paper->pages.count; i++) {
        struct page *page = &paper->pages.items[i];
        struct arena scratch = {0};
        struct letter *letters;

        if (page->segments.count > BOUND_PDF_SEGMENTS)
            continue;
        letters = arena_new(&scratch, struct letter, page->segments.count + 1U);
        find_stacks(paper, page, letters, collect(page, letters));
        arena_free(&scratch);
    }
}
