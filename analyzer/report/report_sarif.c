/*
 * Format "sarif": SARIF 2.1.0 with what GitHub code scanning asks for.  One run; the rules are all
 * families, so that a clean document shows what was looked for.  They are written with the first
 * document, whose language their texts have, unless one was asked for.  A region holds the
 * operative words only: pull requests show an alert only if all its lines were changed.
 */

#include "report/writer.h"

#include <unistd.h>

#include "base/bounds.h"
#include "report/json.h"
#include "report/origin.h"
#include "report/shown.h"
#include "report/words.h"
#include "scan/grade.h"

enum {
    PATH_BYTES = 4096,
};

/* An input, listed behind the results. */
struct artifact {
    struct str uri;
    struct str language;
    char sha256[65];
    uint64_t bytes;
    uint32_t searched; /* families */
    uint32_t norms;    /* that these cite */
};

/* Something that went wrong, or that the reader of the results has to know. */
struct notification {
    struct str uri;
    struct str text;
    enum level level;
};

struct sarif {
    const struct document *document; /* being written: the last of the artifacts */
    bool begun;
    uint32_t results;
    struct str *rules; /* ids, in the order of driver.rules */
    uint32_t rule_count;
    ARRAY(struct artifact) artifacts;
    ARRAY(struct notification) notifications;
};

static const char *
level_id(enum level level)
{
    return words_level_id(level);
}

static enum level
family_level(const struct family *family, enum party party)
{
    switch (family->check ? GRADE_CHECK : family->grade[party]) {
    case GRADE_BLACK:
        return LEVEL_ERROR;
    case GRADE_GREY:
    case GRADE_POTENTIAL:
        return LEVEL_WARNING;
    case GRADE_CHECK:
        return LEVEL_NOTE;
    case GRADE_NONE:
        break;
    }
    return LEVEL_NONE;
}

static bool
is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~' || c == '/';
}

/* The path as a relative URI where it can be: code scanning wants paths inside the repository. */
static struct str
artifact_uri(struct arena *arena, struct str path)
{
    struct buffer buffer = {.arena = arena};
    char here[PATH_BYTES];

    if (str_starts(path, STR("/")) && getcwd(here, sizeof here)) {
        struct str folder = arena_format(arena, "%s/", here);
        if (str_starts(path, folder))
            path = str_slice(path, folder.len, path.len);
    }
    while (str_starts(path, STR("./")))
        path = str_slice(path, 2, path.len);
    if (str_starts(path, STR("/")))
        buffer_str(&buffer, STR("file://"));
    for (size_t i = 0; i < path.len; i++) {
        if (is_unreserved(path.data[i]))
            buffer_str(&buffer, str_slice(path, i, i + 1));
        else
            buffer_format(&buffer, "%%%02X", (unsigned)(unsigned char)path.data[i]);
    }
    return buffer_get(&buffer);
}

static void
put_text(struct json_object *map, const char *key, struct str text)
{
    json_put_str(json_put_map(map, key), "text", text);
}

/* A description that code scanning accepts: not empty, not too long. */
static void
put_description(struct writer *w, struct json_object *map, const char *key, struct str text,
                struct str instead)
{
    put_text(map, key, shown_cut(w->arena, text.len > 0 ? text : instead, BOUND_SARIF_TEXT - 4));
}

/* A norm counts for the readers it names; for all when it names none. */
static bool
concerns(const struct norm_use *use, enum party party)
{
    struct str rest = use->party;
    struct str name;

    while (str_cut(&rest, ' ', &name))
        if (str_equal(name, str_of(words_party_id(party))))
            return true;
    return use->party.len == 0;
}

/* Help of a rule, plain or Markdown: why, norms, what to do, how to reword, disclaimer. */
static struct str
rule_help(const struct writer *w, const struct family *family, bool markdown)
{
    struct buffer text = {.arena = w->arena};
    const char *bold = markdown ? "**" : "";
    const char *item = markdown ? "- " : "* ";

    buffer_format(&text, "%.*s\n\n", STR_ARG(family->explain.in[w->ui]));
    if (family->norm_count > 0)
        buffer_format(&text, "%s%.*s%s\n\n", bold, STR_ARG(words_get(w, "head.law")), bold);
    for (uint32_t i = 0; i < family->norm_count; i++) {
        const struct finding_norm norm = {.use = &family->norms[i],
                                          .conditional = family->norms[i].paid.len > 0 ||
                                                         family->norms[i].sector.len > 0 ||
                                                         family->norms[i].concluded.len > 0};
        if (!concerns(norm.use, w->run->facts->party) ||
            !norm_in_force(norm.use->norm, w->run->facts))
            continue;
        buffer_format(&text, "%s%.*s\n", item, STR_ARG(words_norm(w, &norm, SIZE_MAX / 2)));
    }
    if (family->action_count > 0)
        buffer_format(&text, "\n%s%.*s%s\n\n", bold, STR_ARG(words_get(w, "head.do")), bold);
    for (uint32_t i = 0; i < family->action_count; i++)
        buffer_format(&text, "%s%.*s\n", item, STR_ARG(family->actions[i]->text.in[w->ui]));
    if (family->fix.in[w->ui].len > 0)
        buffer_format(&text, "\n%s%.*s%s\n\n%.*s\n", bold, STR_ARG(words_get(w, "head.fix")), bold,
                      STR_ARG(family->fix.in[w->ui]));
    buffer_format(&text, "\n%.*s", STR_ARG(words_get(w, "disclaimer.short")));
    return buffer_get(&text);
}

/* As code scanning names it; nothing for a rule that was measured too little. */
static struct str
precision(const struct family *family)
{
    uint64_t upheld = (uint64_t)family->upheld * 100;

    if (family->of < 5)
        return STR("");
    if (upheld >= (uint64_t)family->of * 95)
        return STR("very-high");
    if (upheld >= (uint64_t)family->of * 80)
        return STR("high");
    return upheld >= (uint64_t)family->of * 60 ? STR("medium") : STR("low");
}

static void
put_rule_properties(struct writer *w, struct json_object *map, const struct family *family,
                    enum level level)
{
    struct json_object *properties = json_put_map(map, "properties");
    struct json_object *tags = json_put_list(properties, "tags");
    struct str measured = precision(family);

    json_add_str(tags, family->category);
    json_add_str(tags, STR("contract"));
    json_add_str(tags, STR("unfair-terms"));
    if (measured.len > 0)
        json_put_str(properties, "precision", measured);
    json_put_str(properties, "problem.severity",
                 level >= LEVEL_WARNING ? str_of(level_id(level)) : STR("recommendation"));
    json_put_number(properties, "rev", family->rev);
    json_put_str(properties, "category", family->category);
    json_put_str(properties, "grade", str_of(words_grade_id(family->grade[w->run->facts->party])));
    json_put_bool(properties, "candidate", family->candidate);
    json_put_number(properties, "upheld", family->upheld);
    json_put_number(properties, "of", family->of);
}

static struct json_object *
rule_value(struct writer *w, const struct family *family)
{
    struct json_object *map = json_map();
    enum level level = family_level(family, w->run->facts->party);

    json_put_str(map, "id", family->id);
    json_put_str(map, "name", family->id);
    put_description(w, map, "shortDescription", family->title.in[w->ui], family->id);
    put_description(w, map, "fullDescription", family->explain.in[w->ui], family->title.in[w->ui]);
    struct json_object *help = json_put_map(map, "help");
    json_put_str(help, "text", rule_help(w, family, false));
    json_put_str(help, "markdown", rule_help(w, family, true));
    struct json_object *configuration = json_put_map(map, "defaultConfiguration");
    json_put_bool(configuration, "enabled", level != LEVEL_NONE);
    json_put_str(configuration, "level", str_of(level_id(level)));
    put_rule_properties(w, map, family, level);
    return map;
}

/* A family that the user switched off is no rule of the run. */
static bool
is_enabled(const struct ruleset *ruleset, const struct family *family)
{
    const struct rule *rule = ruleset_rule(ruleset, family->id);

    return !rule || rule->enabled;
}

static void
write_rules(struct writer *w, struct sarif *sarif)
{
    const struct ruleset *law = w->run->law;

    sarif->rules = arena_new(&w->report->arena, struct str, (size_t)law->families.count + 1);
    for (uint32_t i = 0; i < law->families.count; i++) {
        const struct family *family = &law->families.items[i];
        if (!is_enabled(w->ruleset, family))
            continue;
        struct arena_mark mark = arena_mark(w->arena);
        out_str(w->out, sarif->rule_count > 0 ? STR(",\n") : STR("\n"));
        json_write(w->out, rule_value(w, family));
        arena_reset(w->arena, mark);
        sarif->rules[sarif->rule_count++] = family->id;
    }
}

/* Everything before the first result. */
static void
begin_run(struct writer *w, struct sarif *sarif)
{
    const struct ruleset *law = w->run->law;
    struct json_object *driver = json_map();

    sarif->begun = true;
    json_put_str(driver, "name", STR("cavillo"));
    json_put_str(driver, "version", str_of(w->run->tool_version));
    json_put_str(driver, "semanticVersion", str_of(w->run->tool_version));
    put_text(driver, "fullDescription", words_disclaimer(w));
    struct json_object *properties = json_put_map(driver, "properties");
    json_put_str(properties, "rulesVersion", law->version);
    json_put_str(properties, "rulesHash", str_of(law->hash));
    json_put_str(properties, "normsChecked", law->checked);
    json_put_str(properties, "asOf", w->run->facts->as_of);
    json_put_number(properties, "families", law->families.count);
    json_put_str(properties, "notJudged", words_get(w, "scope.not-judged"));

    out_format(w->out,
               "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
               "\"version\":\"2.1.0\",\"runs\":[{\"language\":\"%s\",\n\"tool\":{\"driver\":",
               w->ui == UI_IT ? "it" : "en");
    json_write_open(w->out, driver);
    out_str(w->out, STR(",\"rules\":["));
    write_rules(w, sarif);
    out_str(w->out, STR("\n]}},\n\"results\":["));
}

static void
put_region(struct writer *w, struct json_object *map, const char *key, struct span span,
           struct str snippet)
{
    struct json_object *entry = json_put_map(map, key);
    struct region region = shown_region(w, span);

    json_put_number(entry, "startLine", region.begin.line);
    json_put_number(entry, "startColumn", region.begin.column);
    json_put_number(entry, "endLine", region.end.line);
    json_put_number(entry, "endColumn", region.end.column);
    put_text(entry, "snippet", snippet);
}

/* The unit, else the clause: it has to hold more than the region itself. */
static struct span
context_span(const struct writer *w, uint32_t unit, struct span mark)
{
    const struct document *document = w->document;
    struct span span = shown_trim(document, document->units.items[unit].span);
    uint32_t clause = document->units.items[unit].clause;

    if (span_len(span) == span_len(mark) && clause < document->clauses.count)
        span = shown_trim(document, document->clauses.items[clause].span);
    if (span_contains(span, mark) && span_len(span) > span_len(mark) &&
        span_len(span) <= BOUND_REPORT_CLAUSE)
        return span;
    return (struct span){0, 0};
}

static struct json_object *
put_physical(struct writer *w, struct json_object *location, const struct sarif *sarif,
             struct span span)
{
    struct json_object *physical = json_put_map(location, "physicalLocation");
    struct json_object *artifact = json_put_map(physical, "artifactLocation");
    uint32_t index = sarif->artifacts.count - 1;

    if (w->document == sarif->document) {
        json_put_str(artifact, "uri", sarif->artifacts.items[index].uri);
        json_put_number(artifact, "index", index);
    } else { /* another paper of the contract */
        json_put_str(artifact, "uri", artifact_uri(w->arena, w->document->name));
    }
    put_region(w, physical, "region", span, shown_quote(w->arena, w->document, span));
    return physical;
}

static void
put_location(struct writer *w, struct json_object *list, const struct sarif *sarif,
             const struct finding *finding, const struct place *place)
{
    struct json_object *location = json_add_map(list);
    struct span mark = shown_trim(w->document, place->mark);
    struct span context = context_span(w, place->unit, mark);
    struct json_object *physical = put_physical(w, location, sarif, mark);

    if (context.end > 0)
        put_region(w, physical, "contextRegion", context,
                   shown_quote(w->arena, w->document, context));
    if (finding->clause < w->document->clauses.count &&
        w->document->clauses.items[finding->clause].path.len > 0) {
        struct json_object *logical = json_add_map(json_put_list(location, "logicalLocations"));
        json_put_str(logical, "name", w->document->clauses.items[finding->clause].path);
        json_put_str(logical, "kind", STR("clause"));
    }
    if (w->document->origin_kind == ORIGIN_BOXES)
        origin_put_rectangles(json_put_map(location, "properties"), w->document, mark);
}

static void
add_related(const struct writer *w, struct json_object *list, const struct sarif *sarif,
            const struct document *paper, struct span span, struct str text, uint32_t *count)
{
    struct json_object *location = json_add_map(list);
    struct writer other = writer_in(w, paper);

    json_put_number(location, "id", ++*count);
    put_physical(&other, location, sarif, shown_trim(other.document, span));
    put_text(location, "message", text);
}

/* The other half of a rule, and the evidence that lies outside the mark. */
static void
put_related(struct writer *w, struct json_object *map, const struct sarif *sarif,
            const struct finding *finding)
{
    struct json_object *list = NULL;
    uint32_t count = 0;

    for (uint32_t i = 0; i < finding->place_count; i++) {
        const struct place *place = &finding->places[i];
        if (place->related.end > 0) {
            list = list ? list : json_put_list(map, "relatedLocations");
            add_related(w, list, sarif, place->related_paper, place->related,
                        words_get(w, "sarif.related"), &count);
        }
        for (uint32_t j = 0; j < place->evidence_count; j++) {
            const struct evidence *evidence = &place->evidence[j];
            bool marked = !evidence->paper && span_contains(place->mark, evidence->span);
            if (count >= BOUND_SARIF_LOCATIONS || marked || evidence->span.end == 0)
                continue;
            list = list ? list : json_put_list(map, "relatedLocations");
            add_related(w, list, sarif, evidence->paper, evidence->span,
                        evidence->name.len > 0
                            ? words_fill(w, "sarif.evidence", WORDS(evidence->name))
                            : words_get(w, "sarif.related"),
                        &count);
        }
    }
}

static void
put_titles(struct writer *w, struct json_object *map, const char *key, const uint32_t *indices,
           uint32_t count)
{
    struct json_object *list = json_put_list(map, key);

    for (uint32_t i = 0; i < count; i++)
        if (indices[i] < w->ruleset->mitigators.count)
            json_add_str(list, w->ruleset->mitigators.items[indices[i]].title.in[w->ui]);
}

static void
put_properties(struct writer *w, struct json_object *map, const struct finding *finding)
{
    struct json_object *properties = json_put_map(map, "properties");
    const struct place *place = &finding->places[0];
    const uint32_t *order = words_norm_order(w, finding);
    struct str path = STR("");

    if (finding->clause < w->document->clauses.count)
        path = w->document->clauses.items[finding->clause].path;
    json_put_str(properties, "category", finding->category);
    json_put_str(properties, "grade", str_of(words_grade_id(finding->grade)));
    json_put_str(properties, "gradeWord", words_grade(w, "word", finding->grade));
    json_put_bool(properties, "candidate", finding->candidate);
    json_put_number(properties, "rev", finding->rule->family->rev);
    struct json_object *norms = json_put_list(properties, "norms");
    for (uint32_t i = 0; i < finding->norm_count; i++)
        json_add_str(norms, words_norm(w, &finding->norms[order[i]], 0));
    json_put_number(properties, "page", document_page(w->document, place->mark.begin));
    json_put_str(properties, "article", path);
    put_titles(w, properties, "mitigatorsMissing", place->missing, place->missing_count);
    put_titles(w, properties, "mitigatorsFound", place->found, place->found_count);
    json_put_str(properties, "approval", str_of(words_approval_id(finding->approval)));
    struct json_object *others = json_put_list(properties, "otherRules");
    for (uint32_t i = 0; i < place->other_count; i++)
        json_add_str(others, place->others[i]->family->id);
}

/* Title (grade): sentence.  Why.  Short disclaimer. */
static struct str
result_message(const struct writer *w, const struct finding *finding)
{
    const struct family *family = finding->rule->family;

    return words_fill(w, "sarif.message",
                      WORDS(family->title.in[w->ui], words_grade(w, "word", finding->grade),
                            words_grade_sentence(w, finding), family->explain.in[w->ui],
                            words_get(w, "disclaimer.short")));
}

static void
put_rule(struct json_object *map, const struct sarif *sarif, struct str id)
{
    json_put_str(map, "ruleId", id);
    for (uint32_t i = 0; i < sarif->rule_count; i++) {
        if (str_equal(sarif->rules[i], id)) {
            json_put_number(map, "ruleIndex", i);
            return;
        }
    }
}

static struct json_object *
result_value(struct writer *w, const struct sarif *sarif, const struct finding *finding)
{
    struct json_object *map = json_map();
    struct str hex = arena_format(w->arena, "%016llx", (unsigned long long)finding->fingerprint);

    put_rule(map, sarif, finding->rule->family->id);
    json_put_str(map, "level", str_of(level_id(finding->level)));
    put_text(map, "message", result_message(w, finding));
    struct json_object *locations = json_put_list(map, "locations");
    for (uint32_t i = 0; i < finding->place_count && i < BOUND_SARIF_LOCATIONS; i++)
        put_location(w, locations, sarif, finding, &finding->places[i]);
    put_related(w, map, sarif, finding);
    json_put_str(json_put_map(map, "partialFingerprints"), "cavilloClause/v1", hex);
    put_properties(w, map, finding);
    return map;
}

static void
begin(struct report *report)
{
    report->state = arena_new(&report->arena, struct sarif, 1);
}

static void
notify(struct report *report, struct sarif *sarif, struct str uri, struct str text,
       enum level level)
{
    struct notification notification = {
        arena_str(&report->arena, uri),
        arena_str(&report->arena, text),
        level,
    };

    array_push(&report->arena, &sarif->notifications, notification);
}

static void
document(struct report *report, const struct report_document *input)
{
    struct writer w = writer_of(report, input);
    struct sarif *sarif = report->state;
    struct artifact artifact = {
        .uri = artifact_uri(&report->arena, w.document->name),
        .language = arena_str(&report->arena, w.document->language),
        .bytes = w.document->raw.len,
    };

    if (!sarif->begun)
        begin_run(&w, sarif);
    artifact.searched = w.verdict->families_searched;
    words_scope_norms(&w, &artifact.norms);
    memcpy(artifact.sha256, w.document->sha256, sizeof artifact.sha256);
    array_push(&report->arena, &sarif->artifacts, artifact);
    sarif->document = w.document;
    for (uint32_t i = 0; i < w.verdict->findings.count; i++) {
        struct arena_mark mark = arena_mark(w.arena);
        out_str(w.out, sarif->results++ > 0 ? STR(",\n") : STR("\n"));
        json_write(w.out, result_value(&w, sarif, &w.verdict->findings.items[i]));
        arena_reset(w.arena, mark);
    }
    for (uint32_t i = 0; i < w.document->notes.count; i++)
        notify(report, sarif, artifact.uri, words_note(&w, &w.document->notes.items[i]),
               LEVEL_NOTE);
    if (w.verdict->limit_hits > 0)
        notify(report, sarif, artifact.uri,
               words_count(&w, "summary.limits", w.verdict->limit_hits), LEVEL_ERROR);
}

static void
failure(struct report *report, struct str name, struct str why)
{
    notify(report, report->state, artifact_uri(&report->scratch, name),
           shown_clean(&report->scratch, why), LEVEL_ERROR);
}

static void
write_invocation(struct writer *w, const struct sarif *sarif, bool ok)
{
    struct json_object *map = json_map();

    json_put_bool(map, "executionSuccessful", ok);
    struct json_object *list = json_put_list(map, "toolExecutionNotifications");
    for (uint32_t i = 0; i < sarif->notifications.count; i++) {
        const struct notification *notification = &sarif->notifications.items[i];
        struct json_object *entry = json_add_map(list);
        json_put_str(entry, "level", str_of(level_id(notification->level)));
        put_text(entry, "message", notification->text);
        struct json_object *location = json_add_map(json_put_list(entry, "locations"));
        struct json_object *physical = json_put_map(location, "physicalLocation");
        json_put_str(json_put_map(physical, "artifactLocation"), "uri", notification->uri);
    }
    json_write(w->out, map);
}

static void
write_artifacts(struct writer *w, const struct sarif *sarif)
{
    for (uint32_t i = 0; i < sarif->artifacts.count; i++) {
        const struct artifact *artifact = &sarif->artifacts.items[i];
        struct json_object *map = json_map();
        json_put_str(json_put_map(map, "location"), "uri", artifact->uri);
        json_put_number(map, "length", artifact->bytes);
        json_put_str(json_put_map(map, "hashes"), "sha-256", str_of(artifact->sha256));
        struct json_object *properties = json_put_map(map, "properties");
        json_put_str(properties, "language", artifact->language);
        json_put_number(properties, "familiesSearched", artifact->searched);
        json_put_number(properties, "normsSearched", artifact->norms);
        out_str(w->out, i > 0 ? STR(",\n") : STR("\n"));
        json_write(w->out, map);
    }
}

static void
end(struct report *report, bool ok)
{
    struct writer w = writer_of_run(report, report->run->ui);
    struct sarif *sarif = report->state;

    if (!sarif->begun)
        begin_run(&w, sarif);
    out_str(w.out, STR("\n],\n\"invocations\":["));
    write_invocation(&w, sarif, ok);
    out_str(w.out, STR("],\n\"artifacts\":["));
    write_artifacts(&w, sarif);
    out_str(w.out, STR("\n],\n\"automationDetails\":{\"id\":\"cavillo/\"},\n"
                       "\"columnKind\":\"unicodeCodePoints\"}]}\n"));
}

const struct report_format report_sarif = {"sarif", begin, document, failure, end};
