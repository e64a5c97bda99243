/*
 * Format "json": the full model.  The report writes the brackets, so that one document at a time
 * is in memory.  Schema "cavillo/1" below; fields are only ever added, keys keep their order, and
 * all texts are in both languages of the program ({"it": ..., "en": ...}, here called TEXT).
 */

/*
 * {
 *   "schema": "cavillo/1",
 *   "tool": {"name", "version"},
 *   "rules": {"version", "hash" (SHA-256 over all rule files), "checked" (norm texts, ISO date),
 *             "reviewed": false while no lawyer has read them,
 *             "tailoring": FILE, if grades and switches were the user's own},
 *   "law": "IT/EU",
 *   "facts": {"party", "paid", "sector", "concluded"}   as told; "unknown" if not
 *       and "as_of": the day whose law is told, ISO date
 *   "disclaimer": TEXT, "notice": TEXT (the short form)
 *   "grades": [{"id", "letter": TEXT, "word": TEXT, "sentence": TEXT, "sentence_may": TEXT}]
 *   "categories": [{"id", "title": TEXT}]               in order of reports
 *   "families": [FAMILY]                                all that exist
 *   "documents": [DOCUMENT or {"name", "error"}]        in input order
 *   "ok": false when anything went wrong (exit 2)
 * }
 * FAMILY = {"id", "rev", "category", "title": TEXT, "explain": TEXT, "fix": TEXT,
 *   "grade" (for the reader of "facts"), "certainty": "sure" | "candidate",
 *   "status": "measured" | "check" (shown as check whatever its grade), "upheld", "of",
 *   "norms": [{"id", "name": TEXT, "says": TEXT, "candidate", "party", "paid", "sector",
 *              "concluded", "evidence" (what it needs; empty = nothing)}],
 *   "actions": [{"id", "text": TEXT}]}
 * DOCUMENT = {"name", "sha256" (raw bytes), "language", "encoding", "bytes" (raw), "words",
 *   "pages" (0 = none), "clauses", "approval_list" (has a block under artt. 1341-1342),
 *   "as_one" (read as one contract with the others),
 *   "notes": [{"id", "number", "text": TEXT}]            quality of the input
 *   "scope": {"searched", "of", "not_covered": [family id], "norms": [id: cited by what was
 * searched and in force], "not_judged": TEXT}, "limits_hit", "counts": {"black", "grey",
 * "potential", "check"}    findings by grade "findings": [FINDING]} in document order, every grade
 * FINDING = {"fingerprint" (16 hex digits), "rule", "rev", "category", "title": TEXT,
 *   "grade", "candidate", "level": "error" | "warning" | "note" | "none",
 *   "clause": {"article", "heading", "page", "span", "raw", "text" (readable; at most 4 KiB)},
 *   "approval": "no-list" | "listed" | "not-listed",
 *   "norms": [{"id", "name": TEXT, "says": TEXT, "candidate", "party", "paid", "sector",
 *              "concluded", "evidence", "conditional" (on a fact that nobody told)}],
 *   "places": [PLACE]}                                   gravest first
 * PLACE = {"rule", "grade", "page", SPAN, "quote", "unit": {"span", "raw", "lines", "text"},
 *   "evidence": [{"name", "pattern", SPAN, "quote"}], "related": {SPAN, "quote"} if there is one,
 *   "mitigators": {"found": [M], "missing": [M], "denied": [M]}, "aggravated" (by those denied),
 * "others": [rule id], with --trace "trace" (report/json_trace.h)} M = {"id", "title": TEXT,
 * "scope": "unit" ... "document"} SPAN = "text": [begin, end) in bytes of what `cavillo text`
 * prints, "raw": [begin, end) in bytes of the file, if the text can be led back to those,
 * "rectangles": [{"page", "x0", "y0", "x1", "y1"}] for a PDF, one a line, in points from the page's
 * upper left corner, "lines": [line, column, end line, end column], 1-based, columns in code
 * points. In "clause" and "unit" "text" is the readable wording, and the text range is "span"; a
 *   clause has no rectangles.
 */

#include "report/writer.h"

#include "base/bounds.h"
#include "report/json.h"
#include "report/json_trace.h"
#include "report/origin.h"
#include "report/shown.h"
#include "report/words.h"

static void
put_both(struct json_object *map, const char *key, const struct bilingual *text)
{
    struct json_object *both = json_put_map(map, key);

    json_put_str(both, "it", text->in[UI_IT]);
    json_put_str(both, "en", text->in[UI_EN]);
}

/* A phrase in both languages: `make` is asked once for each. */
static void
put_words(struct writer *w, struct json_object *map, const char *key,
          struct str (*make)(const struct writer *w))
{
    struct json_object *both = json_put_map(map, key);
    enum ui ui = w->ui;

    w->ui = UI_IT;
    json_put_str(both, "it", make(w));
    w->ui = UI_EN;
    json_put_str(both, "en", make(w));
    w->ui = ui;
}

static void
put_message(struct writer *w, struct json_object *map, const char *key, const char *id)
{
    struct json_object *both = json_put_map(map, key);
    enum ui ui = w->ui;

    w->ui = UI_IT;
    json_put_str(both, "it", words_get(w, id));
    w->ui = UI_EN;
    json_put_str(both, "en", words_get(w, id));
    w->ui = ui;
}

static struct str
or_unknown(struct str fact)
{
    return fact.len > 0 ? fact : STR("unknown");
}

static void
put_range(struct json_object *map, const char *key, struct span span)
{
    struct json_object *list = json_put_list(map, key);

    json_add_number(list, span.begin);
    json_add_number(list, span.end);
}

static void
put_span(struct writer *w, struct json_object *map, const char *key, struct span span)
{
    span = shown_trim(w->document, span);

    struct region region = shown_region(w, span);
    put_range(map, key, span);
    origin_put(map, w->document, span);
    struct json_object *list = json_put_list(map, "lines");
    json_add_number(list, region.begin.line);
    json_add_number(list, region.begin.column);
    json_add_number(list, region.end.line);
    json_add_number(list, region.end.column);
}

static void
put_quote(struct writer *w, struct json_object *map, struct span span)
{
    put_span(w, map, "text", span);
    json_put_str(map, "quote", shown_quote(w->arena, w->document, span));
}

/* Of words that may stand in another paper of the contract. */
static void
put_quote_in(struct writer *w, struct json_object *map, const struct document *paper,
             struct span span)
{
    struct writer other = writer_in(w, paper);

    if (paper)
        json_put_str(map, "document", shown_clean(w->arena, paper->name));
    put_quote(&other, map, span);
}

static struct json_object *
put_norm(struct json_object *list, const struct norm_use *use)
{
    struct json_object *map = json_add_map(list);

    json_put_str(map, "id", use->norm->id);
    if (use->norm->from.len > 0)
        json_put_str(map, "from", use->norm->from);
    if (use->norm->to.len > 0)
        json_put_str(map, "to", use->norm->to);
    put_both(map, "name", &use->norm->name);
    put_both(map, "says", &use->norm->says);
    json_put_bool(map, "candidate", use->candidate);
    json_put_str(map, "party", use->party);
    json_put_str(map, "paid", use->paid);
    json_put_str(map, "sector", use->sector);
    json_put_str(map, "concluded", use->concluded);
    json_put_str(map, "evidence", use->evidence);
    return map;
}

static struct json_object *
family_value(struct writer *w, const struct family *family)
{
    struct json_object *map = json_map();

    json_put_str(map, "id", family->id);
    json_put_number(map, "rev", family->rev);
    json_put_str(map, "category", family->category);
    put_both(map, "title", &family->title);
    put_both(map, "explain", &family->explain);
    put_both(map, "fix", &family->fix);
    json_put_str(map, "grade", str_of(words_grade_id(family->grade[w->run->facts->party])));
    json_put_str(map, "certainty", family->candidate ? STR("candidate") : STR("sure"));
    json_put_str(map, "status", family->check ? STR("check") : STR("measured"));
    json_put_number(map, "upheld", family->upheld);
    json_put_number(map, "of", family->of);
    struct json_object *norms = json_put_list(map, "norms");
    for (uint32_t i = 0; i < family->norm_count; i++)
        put_norm(norms, &family->norms[i]);
    struct json_object *actions = json_put_list(map, "actions");
    for (uint32_t i = 0; i < family->action_count; i++) {
        struct json_object *action = json_add_map(actions);
        json_put_str(action, "id", family->actions[i]->id);
        put_both(action, "text", &family->actions[i]->text);
    }
    return map;
}

static void
put_grades(struct writer *w, struct json_object *map)
{
    static const char *const whats[][2] = {
        {"letter", "letter"},
        {"word", "word"},
        {"sentence", "sentence"},
        {"sentence_may", "sentence-may"},
    };
    struct json_object *list = json_put_list(map, "grades");

    for (enum grade grade = GRADE_BLACK; grade >= GRADE_CHECK; grade--) {
        struct json_object *entry = json_add_map(list);
        json_put_str(entry, "id", str_of(words_grade_id(grade)));
        for (size_t i = 0; i < sizeof whats / sizeof whats[0]; i++) {
            struct str id =
                arena_format(w->arena, "grade.%s.%s", words_grade_id(grade), whats[i][1]);
            put_message(w, entry, whats[i][0], id.data);
        }
    }
}

static void
put_run(struct writer *w, struct json_object *map)
{
    const struct ruleset *law = w->run->law;
    const struct facts *facts = w->run->facts;
    struct json_object *entry = json_put_map(map, "tool");

    json_put_str(entry, "name", STR("cavillo"));
    json_put_str(entry, "version", str_of(w->run->tool_version));
    entry = json_put_map(map, "rules");
    json_put_str(entry, "version", law->version);
    json_put_str(entry, "hash", str_of(law->hash));
    json_put_str(entry, "checked", law->checked);
    json_put_bool(entry, "reviewed", false);
    if (law->tailoring.len > 0)
        json_put_str(entry, "tailoring", law->tailoring);
    json_put_str(map, "law", STR("IT/EU"));
    entry = json_put_map(map, "facts");
    json_put_str(entry, "party", str_of(words_party_id(facts->party)));
    json_put_str(entry, "paid", or_unknown(facts->paid));
    json_put_str(entry, "sector", or_unknown(facts->sector));
    json_put_str(entry, "concluded", or_unknown(facts->concluded));
    json_put_str(entry, "as_of", facts->as_of);
    put_words(w, map, "disclaimer", words_disclaimer);
    put_message(w, map, "notice", "disclaimer.short");
    put_grades(w, map);
}

/* One value of a list that the report brackets. */
static void
item(struct out *out, uint32_t index, struct json_object *value)
{
    out_str(out, index > 0 ? STR(",\n") : STR("\n"));
    json_write(out, value);
}

static void
begin(struct report *report)
{
    struct writer w = writer_of_run(report, UI_IT);
    const struct ruleset *law = w.run->law;
    struct json_object *map = json_map();

    json_put_str(map, "schema", STR("cavillo/1"));
    put_run(&w, map);
    json_write_open(w.out, map);
    out_str(w.out, STR(",\n\"categories\":["));
    for (uint32_t i = 0; i < law->categories.count; i++) {
        map = json_map();
        json_put_str(map, "id", law->categories.items[i].id);
        put_both(map, "title", &law->categories.items[i].title);
        item(w.out, i, map);
    }
    out_str(w.out, STR("\n],\n\"families\":["));
    for (uint32_t i = 0; i < law->families.count; i++)
        item(w.out, i, family_value(&w, &law->families.items[i]));
    out_str(w.out, STR("\n],\n\"documents\":["));
}

static void
put_mitigators(struct writer *w, struct json_object *map, const char *key,
               const struct place *place, const uint32_t *indices, uint32_t count)
{
    struct json_object *list = json_put_list(map, key);

    for (uint32_t i = 0; i < count; i++) {
        if (indices[i] >= w->ruleset->mitigators.count)
            continue;
        const struct mitigator *mitigator = &w->ruleset->mitigators.items[indices[i]];
        struct json_object *entry = json_add_map(list);
        json_put_str(entry, "id", mitigator->id);
        put_both(entry, "title", &mitigator->title);
        json_put_str(entry, "scope", str_of(words_scope_id(words_scope(place, indices[i]))));
    }
}

static void
put_evidence(struct writer *w, struct json_object *map, const struct place *place)
{
    struct json_object *list = json_put_list(map, "evidence");

    for (uint32_t i = 0; i < place->evidence_count; i++) {
        struct json_object *entry = json_add_map(list);
        json_put_str(entry, "name", place->evidence[i].name);
        json_put_str(entry, "pattern", place->evidence[i].source);
        put_quote_in(w, entry, place->evidence[i].paper, place->evidence[i].span);
    }
    if (place->related.end > 0)
        put_quote_in(w, json_put_map(map, "related"), place->related_paper, place->related);
}

static void
put_place(struct writer *w, struct json_object *list, const struct place *place)
{
    struct json_object *map = json_add_map(list);
    struct span span = w->document->units.items[place->unit].span;

    json_put_str(map, "rule", place->rule->family->id);
    json_put_str(map, "grade", str_of(words_grade_id(place->grade)));
    json_put_number(map, "page", document_page(w->document, place->mark.begin));
    put_quote(w, map, place->mark);
    struct json_object *unit = json_put_map(map, "unit");
    put_span(w, unit, "span", span);
    json_put_str(unit, "text", shown_short(w->arena, w->document, span, BOUND_REPORT_CLAUSE));
    put_evidence(w, map, place);
    struct json_object *mitigators = json_put_map(map, "mitigators");
    put_mitigators(w, mitigators, "found", place, place->found, place->found_count);
    put_mitigators(w, mitigators, "missing", place, place->missing, place->missing_count);
    put_mitigators(w, mitigators, "denied", place, place->denied, place->denied_count);
    json_put_bool(map, "aggravated", place->aggravated);
    struct json_object *others = json_put_list(map, "others");
    for (uint32_t i = 0; i < place->other_count; i++)
        json_add_str(others, place->others[i]->family->id);
    if (place->attempt)
        json_put_trace(w, map, place->attempt);
}

static void
put_clause(struct writer *w, struct json_object *map, const struct finding *finding)
{
    struct json_object *entry = json_put_map(map, "clause");

    if (finding->clause >= w->document->clauses.count)
        return;
    const struct clause *clause = &w->document->clauses.items[finding->clause];
    json_put_str(entry, "article", clause->path);
    json_put_str(entry, "heading", document_heading_path(w->arena, w->document, finding->clause));
    json_put_number(entry, "page", document_page(w->document, clause->span.begin));
    /* No lines, no rectangles: those of a huge clause, anew for each finding, would be quadratic.
     */
    struct span span = shown_trim(w->document, clause->span);
    put_range(entry, "span", span);
    if (w->document->origin_kind == ORIGIN_BYTES)
        origin_put(entry, w->document, span);
    json_put_str(entry, "text",
                 shown_short(w->arena, w->document, clause->span, BOUND_REPORT_CLAUSE));
}

static void
put_norms(struct json_object *map, const struct finding *finding)
{
    struct json_object *list = json_put_list(map, "norms");

    for (uint32_t i = 0; i < finding->norm_count; i++)
        json_put_bool(put_norm(list, finding->norms[i].use), "conditional",
                      finding->norms[i].conditional);
}

static struct json_object *
finding_value(struct writer *w, const struct finding *finding)
{
    const struct family *family = finding->rule->family;
    struct json_object *map = json_map();
    char hex[17];

    snprintf(hex, sizeof hex, "%016llx", (unsigned long long)finding->fingerprint);
    json_put_str(map, "fingerprint", str_of(hex));
    json_put_str(map, "rule", family->id);
    json_put_number(map, "rev", family->rev);
    json_put_str(map, "category", finding->category);
    put_both(map, "title", &family->title);
    json_put_str(map, "grade", str_of(words_grade_id(finding->grade)));
    json_put_bool(map, "candidate", finding->candidate);
    json_put_str(map, "level", str_of(words_level_id(finding->level)));
    put_clause(w, map, finding);
    json_put_str(map, "approval", str_of(words_approval_id(finding->approval)));
    put_norms(map, finding);
    struct json_object *places = json_put_list(map, "places");
    for (uint32_t i = 0; i < finding->place_count; i++)
        put_place(w, places, &finding->places[i]);
    return map;
}

static const char *
encoding_id(enum encoding encoding)
{
    static const char *const ids[] = {"utf-8", "utf-16le", "utf-16be", "windows-1252"};

    return ids[encoding];
}

static void
put_notes(struct writer *w, struct json_object *map)
{
    struct json_object *list = json_put_list(map, "notes");
    enum ui ui = w->ui;

    for (uint32_t i = 0; i < w->document->notes.count; i++) {
        const struct note *note = &w->document->notes.items[i];
        struct json_object *entry = json_add_map(list);
        json_put_str(entry, "id", str_of(note->message));
        json_put_number(entry, "number", note->number);
        struct json_object *both = json_put_map(entry, "text");
        w->ui = UI_IT;
        json_put_str(both, "it", words_note(w, note));
        w->ui = UI_EN;
        json_put_str(both, "en", words_note(w, note));
        w->ui = ui;
    }
}

static void
put_scope(struct writer *w, struct json_object *map)
{
    struct json_object *scope = json_put_map(map, "scope");
    const struct ruleset *law = w->run->law;

    json_put_number(scope, "searched", w->verdict->families_searched);
    json_put_number(scope, "of", law->families.count);
    struct json_object *list = json_put_list(scope, "not_covered");
    for (uint32_t i = 0; i < law->families.count; i++)
        if (!writer_covers(w->ruleset, &law->families.items[i]))
            json_add_str(list, law->families.items[i].id);
    list = json_put_list(scope, "norms");
    uint32_t count;
    const struct norm **norms = words_scope_norms(w, &count);
    for (uint32_t i = 0; i < count; i++)
        json_add_str(list, norms[i]->id);
    put_message(w, scope, "not_judged", "scope.not-judged");
}

static struct json_object *
document_value(struct writer *w)
{
    const struct document *document = w->document;
    struct json_object *map = json_map();

    json_put_str(map, "name", shown_clean(w->arena, document->name));
    json_put_str(map, "sha256", str_of(document->sha256));
    json_put_str(map, "language", document->language);
    json_put_str(map, "encoding", str_of(encoding_id(document->encoding)));
    json_put_number(map, "bytes", document->raw.len);
    json_put_number(map, "words", document->words);
    json_put_number(map, "pages", document->pages.count);
    json_put_number(map, "clauses", document->clauses.count);
    json_put_bool(map, "approval_list", document->has_approval);
    json_put_bool(map, "as_one", document->contract);
    put_notes(w, map);
    put_scope(w, map);
    json_put_number(map, "limits_hit", w->verdict->limit_hits);
    struct json_object *counts = json_put_map(map, "counts");
    for (enum grade grade = GRADE_BLACK; grade >= GRADE_CHECK; grade--)
        json_put_number(counts, words_grade_id(grade), w->counts.grade[grade]);
    return map;
}

static void
document(struct report *report, const struct report_document *input)
{
    struct writer w = writer_of(report, input);

    out_str(w.out, report->documents > 0 ? STR(",\n") : STR("\n"));
    json_write_open(w.out, document_value(&w));
    out_str(w.out, STR(",\"findings\":["));
    for (uint32_t i = 0; i < w.verdict->findings.count; i++) {
        struct arena_mark mark = arena_mark(w.arena);
        item(w.out, i, finding_value(&w, &w.verdict->findings.items[i]));
        arena_reset(w.arena, mark);
    }
    out_str(w.out, STR("\n]}"));
}

static void
failure(struct report *report, struct str name, struct str why)
{
    struct json_object *map = json_map();

    json_put_str(map, "name", shown_clean(&report->scratch, name));
    json_put_str(map, "error", shown_clean(&report->scratch, why));
    item(report->out, report->documents, map);
}

static void
end(struct report *report, bool ok)
{
    out_format(report->out, "\n],\n\"ok\":%s}\n", ok ? "true" : "false");
}

const struct report_format report_json = {"json", begin, document, failure, end};
