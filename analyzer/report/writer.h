#ifndef REPORT_WRITER_H
#define REPORT_WRITER_H

#include "report/report.h"

/* What the formats of report/ share; private to it. */

struct report_format {
    const char *name;
    void (*begin)(struct report *report);
    void (*document)(struct report *report, const struct report_document *input);
    void (*failure)(struct report *report, struct str name, struct str why);
    void (*end)(struct report *report, bool ok);
};

extern const struct report_format report_text;
extern const struct report_format report_summary;
extern const struct report_format report_line;
extern const struct report_format report_json;
extern const struct report_format report_sarif;
extern const struct report_format report_html;

struct report {
    const struct report_format *format;
    const struct report_run *run;
    struct out *out;
    struct arena arena;   /* until report_end */
    struct arena scratch; /* one document */
    uint32_t documents;   /* handed over so far, failures included */
    void *state;          /* the format's own, in `arena` */
};

/* Where the last position was found: the next one is near, so lines are not counted anew. */
struct cursor {
    uint32_t offset;
    struct position at; /* line 0 = nothing yet */
};

/* One document on its way into a format; without a document: the run as such. */
struct writer {
    struct report *report;
    const struct report_run *run;
    struct out *out;
    struct arena *arena;
    const struct document *document;
    const struct ruleset *ruleset;
    const struct verdict *verdict;
    enum ui ui;
    struct report_counts counts;
    struct cursor cursor;
};

struct writer writer_of(struct report *report, const struct report_document *input);
/* For words that stand in another paper of the contract; NULL: in the writer's own. */
struct writer writer_in(const struct writer *w, const struct document *paper);
/* For texts that belong to no document; in the language of the last one. */
struct writer writer_of_run(struct report *report, enum ui ui);

/* Order of reading: gravest first, then category (liability leads), then place. */
const struct finding **writer_by_grade(const struct writer *w);
/* For lists: category, then gravest first, then place. */
const struct finding **writer_by_category(const struct writer *w);
/* The place that stands first in the contract. */
const struct place *writer_first_place(const struct finding *finding);
/* Families that no wording of this language looks for, or that were switched off. */
bool writer_covers(const struct ruleset *ruleset, const struct family *family);

#endif
