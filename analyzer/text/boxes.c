/* From a span of a PDF's text to rectangles on its pages. */

#include "text/boxes.h"

#include "base/bounds.h"

/* The last laid line that begins at or before an offset; the first if none does. */
static uint32_t
line_at(const struct document *document, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = document->laid.count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (document->laid.items[middle].begin <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t
boxes_page(const struct document *document, uint32_t offset)
{
    return document->laid.count ? document->laid.items[line_at(document, offset)].page : 0;
}

uint32_t
boxes_flags(const struct document *document, uint32_t offset)
{
    return document->laid.items[line_at(document, offset)].flags;
}

static void
widen(struct rectangle *r, struct box box, bool first)
{
    float x0 = box.x0, y0 = box.y0, x1 = box.x1, y1 = box.y1;

    if (first) {
        *r = (struct rectangle){r->page, x0, y0, x1, y1};
        return;
    }
    r->x0 = x0 < r->x0 ? x0 : r->x0;
    r->y0 = y0 < r->y0 ? y0 : r->y0;
    r->x1 = x1 > r->x1 ? x1 : r->x1;
    r->y1 = y1 > r->y1 ? y1 : r->y1;
}

/* Union of the boxes that a span has on one line; false: it has none there. */
static bool
line_rectangle(const struct document *document, const struct laid_line *line, struct span span,
               struct rectangle *r)
{
    const struct page_size *size = &document->sizes.items[line->page - 1];
    struct str text = document->text;
    uint32_t box = line->box;
    bool first = true;

    r->page = line->page;
    for (uint32_t at = line->begin; at < span.end && at < text.len; box++) {
        uint32_t begin = at++;

        if (text.data[begin] == '\n' || text.data[begin] == '\f')
            break;
        while (at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at++;
        if (at > span.begin && text.data[begin] != ' ') {
            widen(r, document->boxes.items[box], first);
            first = false;
        }
    }
    r->x0 *= size->width / BOX_UNITS;
    r->x1 *= size->width / BOX_UNITS;
    r->y0 *= size->height / BOX_UNITS;
    r->y1 *= size->height / BOX_UNITS;
    return !first;
}

size_t
document_rectangles(const struct document *document, struct span span, struct rectangle *rectangles,
                    size_t max)
{
    struct span parts[BOUND_QUOTE_PARTS];
    size_t part_count = document_parts(document, span, parts, BOUND_QUOTE_PARTS);
    size_t count = 0;

    for (size_t i = 0; i < part_count && document->laid.count; i++) {
        for (uint32_t k = line_at(document, parts[i].begin); k < document->laid.count; k++) {
            const struct laid_line *line = &document->laid.items[k];

            if (line->begin >= parts[i].end || count == max)
                break;
            count += line_rectangle(document, line, parts[i], &rectangles[count]);
        }
    }
    return count;
}
