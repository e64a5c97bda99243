#ifndef REPORT_JSON_TRACE_H
#define REPORT_JSON_TRACE_H

#include "report/json.h"
#include "report/writer.h"
#include "scan/trace.h"

/*
 * Adds how a place was judged:
 * "trace": {"conditions": [{"condition" (match, all ...), "depth", "unless", "holds", "name",
 *   "pattern", "scope", "saw": SAW if its words are there, "misfit" (what of it does not fit)}],
 *   "mitigators": [{"id", "effect", "scope", "answer", "saw": {"text", "quote"}}]}
 * SAW = {"text": [begin, end), "quote", "subject", "bearer", "negated"}
 */
void json_put_trace(struct writer *w, struct json_object *map, const struct attempt *attempt);

#endif
