#include "text/segment_points.h"

#include "text/repair.h"

struct points
points_new(struct arena *arena, uint32_t capacity)
{
    return (struct points){
        .points = arena_new(arena, uint32_t, capacity),
        .offsets = arena_new(arena, uint32_t, capacity),
        .capacity = capacity,
    };
}

/* The text up to the next edit, as it stands. */
static void
fill_plain(struct points *points, struct repaired *walk)
{
    const struct document *document = walk->document;
    uint32_t limit = walk->end, at = walk->at, count = points->count;
    if (walk->edit < document->edits.count && document->edits.items[walk->edit].span.begin < limit)
        limit = document->edits.items[walk->edit].span.begin;
    struct str text = str_slice(document->text, 0, walk->end);
    while (at < limit && count < points->capacity) {
        unsigned char c = (unsigned char)text.data[at];
        points->offsets[count] = at;
        if (c < 0x80) {
            points->points[count] = c;
            at++;
        } else {
            size_t next = at;
            points->points[count] = utf8_next(text, &next);
            at = (uint32_t)next;
        }
        count++;
    }
    points->count = count;
    walk->at = at;
}

uint32_t
points_fill(struct points *points, const struct document *document, struct span span)
{
    struct repaired walk = repaired_begin(document, span);
    points->count = 0;
    for (;;) {
        fill_plain(points, &walk);
        if (points->count == points->capacity || walk.at >= walk.end)
            return walk.at < walk.end ? walk.at : walk.end;
        uint32_t code_point, offset;
        if (!repaired_next(&walk, &code_point, &offset))
            return walk.end;
        points->points[points->count] = code_point;
        points->offsets[points->count] = offset;
        points->count++;
    }
}
