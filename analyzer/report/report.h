#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/out.h"
#include "rule/messages.h"
#include "scan/finding.h"

/* One document with its verdict, as a report sees it. */
struct report_document {
    const struct document *document;
    const struct ruleset *ruleset; /* with the wording of the document's language */
    const struct verdict *verdict;
};

/* What holds for the whole run. */
struct report_run {
    const struct messages *messages;
    const struct ruleset *law; /* categories, families, norms; version, hash */
    const struct facts *facts;
    enum grade min_grade; /* findings below are counted, not shown (text, html list) */
    enum ui ui;           /* fixed by --ui-lang ... */
    bool ui_fixed;        /* ... else each document's own language */
    bool color;           /* text only */
    const char *tool_version;
};

/* How many findings, by grade and by level: for summaries and for the exit status. */
struct report_counts {
    uint32_t findings;
    uint32_t grade[GRADE_BLACK + 1];
    uint32_t level[LEVEL_ERROR + 1];
    uint32_t shown;      /* at or above the grade asked for ... */
    uint32_t not_listed; /* ... of these, clauses that the approval list leaves out */
};
/* Adds the findings of one document. */
void report_count(struct report_counts *counts, const struct verdict *verdict,
                  enum grade min_grade);

struct report; /* opaque */

/* Blank-separated names, for usage errors and help. */
extern const char report_formats[];
/* NULL when the name is unknown.  Borrows run and out. */
struct report *report_new(struct str format, const struct report_run *run, struct out *out);
void report_begin(struct report *report);
void report_document(struct report *report, const struct report_document *document);
/* A document that could not be read or analysed: text of the error. */
void report_failure(struct report *report, struct str name, struct str why);
/* `ok` false: something went wrong (exit 2; SARIF executionSuccessful false).  Frees. */
void report_end(struct report *report, bool ok);

#endif
