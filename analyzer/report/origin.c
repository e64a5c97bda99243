#include "report/origin.h"

#include "base/bounds.h"

static void
put_rectangle(struct json_object *list, const struct rectangle *rectangle)
{
    struct json_object *map = json_add_map(list);

    json_put_number(map, "page", rectangle->page);
    json_put_decimal(map, "x0", (double)rectangle->x0);
    json_put_decimal(map, "y0", (double)rectangle->y0);
    json_put_decimal(map, "x1", (double)rectangle->x1);
    json_put_decimal(map, "y1", (double)rectangle->y1);
}

void
origin_put_rectangles(struct json_object *map, const struct document *document, struct span span)
{
    struct rectangle rectangles[BOUND_RECTANGLES];
    size_t count;

    if (document->origin_kind != ORIGIN_BOXES)
        return;
    count = document_rectangles(document, span, rectangles, BOUND_RECTANGLES);
    struct json_object *list = json_put_list(map, "rectangles");
    for (size_t i = 0; i < count; i++)
        put_rectangle(list, &rectangles[i]);
}

void
origin_put(struct json_object *map, const struct document *document, struct span span)
{
    if (document->origin_kind == ORIGIN_BYTES) {
        struct span raw = document_raw(document, span);
        struct json_object *list = json_put_list(map, "raw");

        json_add_number(list, raw.begin);
        json_add_number(list, raw.end);
    }
    origin_put_rectangles(map, document, span);
}
