/*
 * Reports: the table of formats, and what all of them need: counts, order, one document at a
 * time.  A format writes as it goes; nothing of a document is kept after report_document.
 */

#include "report/report.h"

#include <stdlib.h>

#include "report/writer.h"

const char report_formats[] = "text summary line json sarif html";

static const struct report_format *const formats[] = {
    &report_text, &report_summary, &report_line, &report_json, &report_sarif, &report_html,
};

void
report_count(struct report_counts *counts, const struct verdict *verdict, enum grade min_grade)
{
    for (uint32_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = &verdict->findings.items[i];
        counts->findings++;
        counts->grade[finding->grade]++;
        counts->level[finding->level]++;
        if (finding->grade >= min_grade) {
            counts->shown++;
            counts->not_listed += finding->approval == APPROVAL_NOT_LISTED;
        }
    }
}

struct report *
report_new(struct str name, const struct report_run *run, struct out *out)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (!str_equal(name, str_of(formats[i]->name)))
            continue;
        struct report *report = calloc(1, sizeof *report);
        if (!report)
            arena_exhausted();
        report->format = formats[i];
        report->run = run;
        report->out = out;
        return report;
    }
    return NULL;
}

void
report_begin(struct report *report)
{
    struct arena_mark mark = arena_mark(&report->scratch);

    report->format->begin(report);
    arena_reset(&report->scratch, mark);
}

void
report_document(struct report *report, const struct report_document *document)
{
    struct arena_mark mark = arena_mark(&report->scratch);

    report->format->document(report, document);
    report->documents++;
    arena_reset(&report->scratch, mark);
}

void
report_failure(struct report *report, struct str name, struct str why)
{
    struct arena_mark mark = arena_mark(&report->scratch);

    /* Every format names the input itself. */
    if (why.len > name.len + 2 && str_starts(why, name) &&
        str_starts(str_slice(why, name.len, why.len), STR(": ")))
        why = str_slice(why, name.len + 2, why.len);
    report->format->failure(report, name, why);
    report->documents++;
    arena_reset(&report->scratch, mark);
}

void
report_end(struct report *report, bool ok)
{
    report->format->end(report, ok);
    arena_free(&report->scratch);
    arena_free(&report->arena);
    free(report);
}

struct writer
writer_of(struct report *report, const struct report_document *input)
{
    struct writer w = {
        .report = report,
        .run = report->run,
        .out = report->out,
        .arena = &report->scratch,
        .document = input->document,
        .ruleset = input->ruleset,
        .verdict = input->verdict,
    };

    if (report->run->ui_fixed)
        w.ui = report->run->ui;
    else
        w.ui = str_equal(input->document->language, STR("it")) ? UI_IT : UI_EN;
    report_count(&w.counts, input->verdict, report->run->min_grade);
    return w;
}

struct writer
writer_in(const struct writer *w, const struct document *paper)
{
    struct writer other = *w;

    if (paper) {
        other.document = paper;
        other.cursor = (struct cursor){0};
    }
    return other;
}

struct writer
writer_of_run(struct report *report, enum ui ui)
{
    return (struct writer){
        .report = report,
        .run = report->run,
        .out = report->out,
        .arena = &report->scratch,
        .ruleset = report->run->law,
        .ui = report->run->ui_fixed ? report->run->ui : ui,
    };
}

const struct place *
writer_first_place(const struct finding *finding)
{
    const struct place *first = finding->places;

    for (uint32_t i = 1; i < finding->place_count; i++)
        if (finding->places[i].mark.begin < first->mark.begin)
            first = &finding->places[i];
    return first;
}

struct sortable {
    const struct finding *finding;
    uint32_t category;
    uint32_t index;
};

static int
compare_category(const struct sortable *a, const struct sortable *b)
{
    if (a->category != b->category)
        return a->category < b->category ? -1 : 1;
    return str_compare(a->finding->category, b->finding->category);
}

static int
compare_grade(const struct sortable *a, const struct sortable *b)
{
    if (a->finding->grade != b->finding->grade)
        return a->finding->grade > b->finding->grade ? -1 : 1;
    return 0;
}

static int
compare_index(const struct sortable *a, const struct sortable *b)
{
    return a->index < b->index ? -1 : a->index > b->index;
}

static int
by_grade(const void *left, const void *right)
{
    int order = compare_grade(left, right);

    if (order == 0)
        order = compare_category(left, right);
    return order ? order : compare_index(left, right);
}

static int
by_category(const void *left, const void *right)
{
    int order = compare_category(left, right);

    if (order == 0)
        order = compare_grade(left, right);
    return order ? order : compare_index(left, right);
}

static const struct finding **
sorted(const struct writer *w, int (*compare)(const void *, const void *))
{
    uint32_t count = w->verdict->findings.count;
    struct sortable *keys = arena_new(w->arena, struct sortable, (size_t)count + 1);
    const struct finding **list = arena_new(w->arena, const struct finding *, (size_t)count + 1);

    for (uint32_t i = 0; i < count; i++) {
        const struct finding *finding = &w->verdict->findings.items[i];
        const struct category *category = ruleset_category(w->ruleset, finding->category);
        keys[i] = (struct sortable){finding, category ? category->order : UINT32_MAX, i};
    }
    if (count > 0)
        qsort(keys, count, sizeof *keys, compare);
    for (uint32_t i = 0; i < count; i++)
        list[i] = keys[i].finding;
    return list;
}

const struct finding **
writer_by_grade(const struct writer *w)
{
    return sorted(w, by_grade);
}

const struct finding **
writer_by_category(const struct writer *w)
{
    return sorted(w, by_category);
}

bool
writer_covers(const struct ruleset *ruleset, const struct family *family)
{
    const struct rule *rule = ruleset_rule(ruleset, family->id);

    return rule && rule->enabled;
}
