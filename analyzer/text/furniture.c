/* Running headers and footers: what stands at the edge of many pages. */

#include "text/furniture.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "base/hash.h"
#include "base/utf8.h"

enum {
    EDGE_ROWS = 3,     /* looked at, at either edge of a page */
    EDGE_BYTES = 300,  /* a longer row is text */
    NUMBERS = 4,       /* of a row, any one of which may count the pages */
    NUMBER_DIGITS = 6, /* a longer one is no page number */
    NEAR_PAGES = 5,    /* three times within so many pages is running */
};

/* One way to read a row: as it is, or with one number relative to its page. */
struct reading {
    uint64_t key;
    uint32_t page;
    uint32_t slot; /* 2 * row, + 1 when read as of the lower edge: a short page's are of both */
    bool running;  /* its key is found on enough pages */
};

struct readings {
    struct arena arena;
    ARRAY(struct reading) list;
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t
number_end(struct str s, size_t at)
{
    while (at < s.len && is_digit(s.data[at]))
        at++;
    return at;
}

/*
 * Hash of a row with its n-th number replaced by its distance to the page (n = NUMBERS: none
 * replaced) and without blanks.  *numbers tells how many numbers the row has.
 */
static uint64_t
row_key(struct str s, bool top, int n, uint32_t page, int *numbers)
{
    uint64_t key = hash_more(HASH_SEED, top ? STR("t") : STR("b"));
    size_t at = 0;

    *numbers = 0;
    while (at < s.len) {
        size_t end = number_end(s, at);
        int64_t value;

        if (end > at && end - at <= NUMBER_DIGITS) {
            if ((*numbers)++ == n && str_number(str_slice(s, at, end), &value)) {
                uint64_t distance = (uint64_t)value - page;

                key = hash_more(key, STR("#"));
                key = hash_more(key, (struct str){(const char *)&distance, sizeof distance});
            } else {
                key = hash_more(key, str_slice(s, at, end));
            }
        } else {
            end = at;
            if (!utf8_is_blank(utf8_next(s, &end)))
                key = hash_more(key, str_slice(s, at, end));
        }
        at = end;
    }
    return hash_end(key);
}

/* Letters, digits or a ruled line; less is a bullet on its own line. */
static bool
may_be_furniture(struct str s)
{
    size_t signs = 0;

    if (s.len > EDGE_BYTES)
        return false;
    for (size_t at = 0; at < s.len; signs++) {
        uint32_t c = utf8_next(s, &at);

        if (utf8_is_letter(c) || utf8_is_digit(c))
            return true;
    }
    return signs >= 3;
}

static void
add_readings(struct readings *readings, const struct document *document, struct rows rows,
             uint32_t row, uint32_t page, bool top)
{
    struct str s = str_slice(document->text, rows.items[row].begin, rows.items[row].end);
    struct reading reading = {.page = page, .slot = 2 * row + !top};
    int numbers = 0;

    if (!may_be_furniture(s))
        return;
    reading.key = row_key(s, top, NUMBERS, page, &numbers);
    array_push(&readings->arena, &readings->list, reading);
    for (int n = 0; n < numbers && n < NUMBERS; n++) {
        int ignored;

        reading.key = row_key(s, top, n, page, &ignored);
        array_push(&readings->arena, &readings->list, reading);
    }
}

static int
by_key(const void *left, const void *right)
{
    const struct reading *a = left;
    const struct reading *b = right;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->page > b->page) - (a->page < b->page);
}

static int
by_slot(const void *left, const void *right)
{
    const struct reading *a = left;
    const struct reading *b = right;

    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    return b->running - a->running;
}

/* Whether readings [begin, end), of one key and sorted by page, make it a running one. */
static bool
is_running(const struct reading *items, uint32_t begin, uint32_t end, uint32_t pages)
{
    uint32_t last[2] = {UINT32_MAX, UINT32_MAX}; /* the two pages before, newest first */
    uint32_t count = 0;
    bool near = false;

    for (uint32_t i = begin; i < end; i++) {
        if (count && items[i].page == last[0])
            continue;
        near = near || (count >= 2 && items[i].page - last[1] < NEAR_PAGES);
        last[1] = last[0];
        last[0] = items[i].page;
        count++;
    }
    return near || (count >= 2 && count >= (pages + 1) / 2);
}

static void
find_running(struct readings *readings, uint32_t pages)
{
    struct reading *items = readings->list.items;
    uint32_t count = readings->list.count;

    qsort(items, count, sizeof *items, by_key);
    for (uint32_t begin = 0; begin < count;) {
        uint32_t end = begin;
        bool running;

        while (end < count && items[end].key == items[begin].key)
            end++;
        running = is_running(items, begin, end, pages);
        for (uint32_t i = begin; i < end; i++)
            items[i].running = running;
        begin = end;
    }
    qsort(items, count, sizeof *items, by_slot);
}

static bool
row_runs(const struct readings *readings, uint32_t row, bool top)
{
    uint32_t slot = 2 * row + !top;
    uint32_t low = 0;
    uint32_t high = readings->list.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (readings->list.items[middle].slot < slot)
            low = middle + 1;
        else
            high = middle;
    }
    return low < readings->list.count && readings->list.items[low].slot == slot &&
           readings->list.items[low].running;
}

/* The rows [begin, end) of a page are read ... */
static void
read_page(struct readings *readings, const struct document *document, struct rows rows,
          uint32_t page, struct span span)
{
    for (uint32_t i = 0; i < EDGE_ROWS && i < span_len(span); i++) {
        add_readings(readings, document, rows, span.begin + i, page, true);
        add_readings(readings, document, rows, span.end - 1 - i, page, false);
    }
}

/* ... and marked from the edge inwards, up to the first row that does not run: there is text. */
static void
mark_page(const struct readings *readings, struct rows rows, struct span span)
{
    for (uint32_t i = 0; i < EDGE_ROWS && i < span_len(span); i++) {
        if (!row_runs(readings, span.begin + i, true))
            break;
        rows.items[span.begin + i].flags |= ROW_CUT;
    }
    for (uint32_t i = 0; i < EDGE_ROWS && i < span_len(span); i++) {
        if (!row_runs(readings, span.end - 1 - i, false))
            break;
        rows.items[span.end - 1 - i].flags |= ROW_CUT;
    }
}

/* Rows [begin, end) of the page that begins at row `begin`. */
static struct span
page_rows(struct rows rows, uint32_t begin)
{
    uint32_t end = begin + 1;

    while (end < rows.count && !(rows.items[end].flags & ROW_PAGE))
        end++;
    return (struct span){begin, end};
}

void
furniture_mark(const struct document *document, struct rows rows)
{
    struct readings readings = {0};
    struct span span;
    uint32_t pages = 0;

    if (document->pages.count < 2)
        return;
    for (uint32_t row = 0; row < rows.count && pages < BOUND_FURNITURE_PAGES; row = span.end) {
        span = page_rows(rows, row);
        read_page(&readings, document, rows, document_page(document, rows.items[row].begin), span);
        pages++;
    }
    if (readings.list.count)
        find_running(&readings, pages);
    pages = 0;
    for (uint32_t row = 0; row < rows.count && pages < BOUND_FURNITURE_PAGES; row = span.end) {
        span = page_rows(rows, row);
        mark_page(&readings, rows, span);
        pages++;
    }
    arena_free(&readings.arena);
}
