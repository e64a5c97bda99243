#ifndef REPORT_ORIGIN_H
#define REPORT_ORIGIN_H

#include "report/json.h"
#include "report/writer.h"

/*
 * Where a span of the text stands in the input: "raw", [begin, end) in bytes of the file, if the
 * text can be led back to those; "rectangles" on pages for a PDF; nothing for other formats.
 */
void origin_put(struct json_object *map, const struct document *document, struct span span);
/* "rectangles" only, and only for a PDF. */
void origin_put_rectangles(struct json_object *map, const struct document *document,
                           struct span span);

#endif
