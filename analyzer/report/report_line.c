/*
 * Format "line": path:line:column: level: [rule id] title (page, article), one line a place, for
 * editors and scripts.
 */

#include "report/writer.h"

#include "report/shown.h"
#include "report/words.h"

static void
begin(struct report *report)
{
    (void)report;
}

/* "(pag. 3, art. 6.1)" with a blank before it, or nothing. */
static struct str
location(const struct writer *w, const struct finding *finding, const struct place *place)
{
    struct str page = words_page(w, place->mark.begin);
    struct str article = words_article(w, finding->clause);
    const char *comma = page.len > 0 && article.len > 0 ? ", " : "";

    if (page.len + article.len == 0)
        return STR("");
    return arena_format(w->arena, " (%.*s%s%.*s)", STR_ARG(page), comma, STR_ARG(article));
}

static enum level
place_level(const struct finding *finding, const struct place *place)
{
    if (place->grade == finding->grade)
        return finding->level;
    if (place->grade <= GRADE_CHECK)
        return LEVEL_NOTE;
    return place->grade == GRADE_BLACK ? LEVEL_ERROR : LEVEL_WARNING;
}

static void
document(struct report *report, const struct report_document *input)
{
    struct writer w = writer_of(report, input);
    struct str name = shown_clean(w.arena, w.document->name);

    for (uint32_t i = 0; i < w.verdict->findings.count; i++) {
        const struct finding *finding = &w.verdict->findings.items[i];
        if (finding->grade < w.run->min_grade)
            continue;
        for (uint32_t j = 0; j < finding->place_count; j++) {
            const struct place *place = &finding->places[j];
            const struct family *family = place->rule->family;
            struct position at = shown_region(&w, place->mark).begin;
            out_format(w.out, "%.*s:%u:%u: %s: [%.*s] %.*s%.*s\n", STR_ARG(name), at.line,
                       at.column, words_level_id(place_level(finding, place)), STR_ARG(family->id),
                       STR_ARG(family->title.in[w.ui]), STR_ARG(location(&w, finding, place)));
        }
    }
}

static void
failure(struct report *report, struct str name, struct str why)
{
    name = shown_clean(&report->scratch, name);
    why = shown_clean(&report->scratch, why);
    out_format(report->out, "%.*s:1:1: error: %.*s\n", STR_ARG(name), STR_ARG(why));
}

static void
end(struct report *report, bool ok)
{
    (void)report;
    (void)ok;
}

const struct report_format report_line = {"line", begin, document, failure, end};
