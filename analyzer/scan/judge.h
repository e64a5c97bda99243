#ifndef SCAN_JUDGE_H
#define SCAN_JUDGE_H

#include "scan/finding.h"
#include "scan/scan.h"
#include "scan/trace.h"

/*
 * Hits -> findings (DESIGN 10): conditions, context, mitigators, references, absent rules,
 * overlaps per (category, unit), clauses, grades, norms; all but fingerprints.  `trace`: gets every
 * rule tried at every hit; NULL = nobody wants to know.
 */
void judge_document(const struct ruleset *ruleset, const struct document *document,
                    const struct hits *hits, const struct facts *facts, struct arena *arena,
                    struct verdict *verdict, struct trace *trace);

/* Does the list of articles approved in writing name a clause? */
enum approval approval_of(const struct document *document, uint32_t clause);

#endif
