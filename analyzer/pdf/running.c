/* Running headers and footers: the same words at the same height of many pages. */

#include <math.h>
#include <stdlib.h>

#include "base/bounds.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "pdf/page.h"

enum {
    NUMBERS = 4,       /* of a segment, any one of which may count the pages */
    NUMBER_DIGITS = 6, /* a longer one is no page number */
    GLYPHS_MOST = 300, /* a longer segment is text */
    NEAR_PAGES = 5,    /* three times within so many pages is running */
};

/* Shares of the page's height. */
#define ZONE 0.22F  /* above and below the text */
#define SAME 0.006F /* positions that differ by less are one */

/* One way to read a segment: as it is, or with one number relative to its page. */
struct reading {
    uint64_t key;
    float height; /* on its page, 0 to 1 */
    uint32_t page;
    uint32_t segment;
};

struct readings {
    ARRAY(struct reading) list;
};

static bool
is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Glyphs of a segment in a row: words follow each other. */
static const struct glyph *
glyphs_of(const struct page *page, const struct segment *segment)
{
    return &page->glyphs.items[page->words.items[segment->first].first];
}

/* Roman numerals in lower-case letters, alone: "iii"; 0 = none. */
static uint32_t
roman(const struct glyph *glyphs, uint32_t count)
{
    static const char letters[] = "ivxlc";
    static const uint32_t values[] = {1, 5, 10, 50, 100};
    uint32_t sum = 0, last = 0;

    for (uint32_t i = count; i-- > 0;) {
        const char *found =
            glyphs[i].code && glyphs[i].code < 0x80 ? strchr(letters, (int)glyphs[i].code) : NULL;

        if (!found)
            return 0;
        if (values[found - letters] < last) {
            sum -= values[found - letters];
        } else {
            last = values[found - letters];
            sum += last;
        }
    }
    return sum;
}

/*
 * Hash of a segment with its n-th number replaced by its distance to the page (n = NUMBERS: none
 * replaced).  *numbers tells how many numbers it has, *letters whether it has letters.
 */
static uint64_t
key_of(const struct glyph *glyphs, uint32_t count, int n, uint32_t page, int *numbers,
       bool *letters)
{
    uint64_t key = HASH_SEED;

    *numbers = 0;
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i, value = 0;

        while (end < count && is_digit(glyphs[end].code) && end - i < NUMBER_DIGITS)
            value = value * 10 + (glyphs[end++].code - '0');
        if (end > i && (*numbers)++ == n) {
            uint32_t distance = value - page;

            key = hash_more(key, STR("#"));
            key = hash_more(key, (struct str){(const char *)&distance, sizeof distance});
        } else {
            end = end > i ? end : i + 1;
            for (uint32_t k = i; k < end; k++) {
                uint32_t code = glyphs[k].code;

                *letters = *letters || utf8_is_letter(code);
                key = hash_more(key, (struct str){(const char *)&code, sizeof code});
            }
        }
        i = end;
    }
    return hash_end(key);
}

/* Large or bold lines at the top that count upwards are headings: "Articolo 5", "Articolo 6". */
static bool
may_count(const struct paper *paper, const struct segment *segment, bool top, bool letters)
{
    return !top || !letters ||
           (segment->size <= paper->body_size * 1.05F && !(segment->flags & SEGMENT_BOLD));
}

static void
add_readings(struct readings *readings, struct paper *paper, uint32_t p, uint32_t index)
{
    const struct page *page = &paper->pages.items[p];
    const struct segment *segment = &page->segments.items[index];
    const struct glyph *glyphs = glyphs_of(page, segment);
    float middle = (segment->y0 + segment->y1) / 2 / page->height;
    struct reading reading = {.height = middle, .page = p, .segment = index};
    bool letters = false, ignored = false;
    int numbers, more;
    uint32_t value;

    if (segment->glyphs > GLYPHS_MOST || (middle > ZONE && middle < 1 - ZONE))
        return;
    reading.key = key_of(glyphs, segment->glyphs, NUMBERS, p, &numbers, &letters);
    array_push(&paper->arena, &readings->list, reading);
    value = roman(glyphs, segment->glyphs);
    if (value) {
        uint32_t distance = value - p;

        reading.key = hash_str((struct str){(const char *)&distance, sizeof distance});
        array_push(&paper->arena, &readings->list, reading);
    }
    if (!may_count(paper, segment, middle < 0.5F, letters))
        return;
    for (int n = 0; n < numbers && n < NUMBERS; n++) {
        reading.key = key_of(glyphs, segment->glyphs, n, p, &more, &ignored);
        array_push(&paper->arena, &readings->list, reading);
    }
}

static int
by_key(const void *left, const void *right)
{
    const struct reading *a = left;
    const struct reading *b = right;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    return (a->segment > b->segment) - (a->segment < b->segment);
}

/* Marks those of [begin, end), of one key, that stand where the one at `begin` does. */
static void
mark_group(struct paper *paper, const struct reading *items, uint32_t begin, uint32_t end)
{
    uint32_t last[2] = {UINT32_MAX, UINT32_MAX}; /* the two pages before, newest first */
    uint32_t count = 0;
    bool near = false;

    for (uint32_t i = begin; i < end; i++) {
        if (fabsf(items[i].height - items[begin].height) > SAME || items[i].page == last[0])
            continue;
        near = near || (count >= 2 && items[i].page - last[1] < NEAR_PAGES);
        last[1] = last[0];
        last[0] = items[i].page;
        count++;
    }
    if (!near && (count < 2 || count < (paper->pages.count + 1) / 2))
        return;
    for (uint32_t i = begin; i < end; i++) {
        struct page *page = &paper->pages.items[items[i].page];

        if (fabsf(items[i].height - items[begin].height) <= SAME)
            page->segments.items[items[i].segment].flags |= SEGMENT_RUNNING;
    }
}

/* Groups of one key fall into heights: three of them are tried, so that the work stays linear. */
static void
mark_running(struct paper *paper, const struct readings *readings)
{
    const struct reading *items = readings->list.items;
    uint32_t count = readings->list.count;

    for (uint32_t begin = 0; begin < count;) {
        uint32_t end = begin, tries = 0;

        while (end < count && items[end].key == items[begin].key)
            end++;
        for (uint32_t i = begin; i < end && tries < 3; i++) {
            const struct page *page = &paper->pages.items[items[i].page];
            const struct segment *segment = &page->segments.items[items[i].segment];

            if (segment->flags & SEGMENT_RUNNING)
                continue;
            mark_group(paper, items, i, end);
            tries++;
        }
        begin = end;
    }
}

/* A row runs as a whole: a bullet that stands at the same height of three pages does not. */
static void
check_rows(struct page *page)
{
    struct segment *items = page->segments.items;
    uint32_t count = page->segments.count;

    for (uint32_t i = 0; i < count; i++) {
        if (!(items[i].flags & SEGMENT_RUNNING))
            continue;
        for (uint32_t k = 0; k < count; k++) {
            float overlap = fminf(items[i].y1, items[k].y1) - fmaxf(items[i].y0, items[k].y0);

            if (!(items[k].flags & (SEGMENT_RUNNING | SEGMENT_ASIDE)) &&
                overlap > 0.5F * (items[i].y1 - items[i].y0))
                items[i].flags |= SEGMENT_DOUBTED;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        if (items[i].flags & SEGMENT_DOUBTED)
            items[i].flags &= ~(uint32_t)SEGMENT_RUNNING;
}

void
paper_find_running(struct paper *paper)
{
    struct readings readings = {0};

    if (paper->pages.count < 2)
        return;
    for (uint32_t p = 0; p < paper->pages.count; p++) {
        uint32_t count = paper->pages.items[p].segments.count;

        for (uint32_t i = 0; i < count && count <= BOUND_PDF_SEGMENTS; i++)
            add_readings(&readings, paper, p, i);
    }
    if (readings.list.count == 0)
        return;
    qsort(readings.list.items, readings.list.count, sizeof(struct reading), by_key);
    mark_running(paper, &readings);
    for (uint32_t p = 0; p < paper->pages.count; p++)
        if (paper->pages.items[p].segments.count <= BOUND_PDF_SEGMENTS)
            check_rows(&paper->pages.items[p]);
}
