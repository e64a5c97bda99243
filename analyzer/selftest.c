#include "command.h"

#include "base/bounds.h"

/* Every rule's own examples, through the pipeline that users run. */

static bool
uses_references(const struct condition *c)
{
    if (!c)
        return false;
    if (c->kind == CONDITION_REFERS)
        return true;
    for (const struct condition *child = c->children; child; child = child->next)
        if (uses_references(child))
            return true;
    return false;
}

/* Only the rule itself (and, if it refers to others, all of them), so that overlaps hide nothing.
 */
static void
enable_only(struct ruleset *ruleset, const struct rule *rule)
{
    bool all = uses_references(rule->when);
    for (uint32_t i = 0; i < ruleset->rules.count; i++)
        ruleset->rules.items[i].enabled = all || &ruleset->rules.items[i] == rule;
}

enum outcome { OUTCOME_NONE, OUTCOME_FOUND, OUTCOME_MARK_DIFFERS };

static enum outcome
outcome_of(const struct verdict *verdict, const struct rule *rule, const struct example *example,
           struct span *got)
{
    enum outcome outcome = OUTCOME_NONE;
    for (uint32_t f = 0; f < verdict->findings.count; f++) {
        const struct finding *finding = &verdict->findings.items[f];
        for (uint32_t p = 0; p < finding->place_count; p++) {
            const struct place *place = &finding->places[p];
            bool own = place->rule == rule;
            for (uint32_t o = 0; o < place->other_count && !own; o++)
                own = place->others[o] == rule;
            if (!own)
                continue;
            bool same = place->anchor.begin == example->mark.begin &&
                        place->anchor.end == example->mark.end;
            if (example->mark.end == 0 || same)
                return OUTCOME_FOUND;
            outcome = OUTCOME_MARK_DIFFERS;
            *got = place->anchor;
        }
    }
    return outcome;
}

static void
report_example(const struct rule *rule, const struct example *example, enum outcome outcome,
               struct span got, const char *error)
{
    const char *what = error                             ? "cannot be tried"
                       : outcome == OUTCOME_MARK_DIFFERS ? "marked differently"
                       : outcome == OUTCOME_FOUND        ? "fires on a no-match example"
                                                         : "does not fire on a match example";
    fprintf(stderr, "%.*s:%u: %.*s %s%s%s\n", STR_ARG(rule->file), example->line,
            STR_ARG(rule->family->id), what, error ? ": " : "", error ? error : "");
    if (outcome == OUTCOME_MARK_DIFFERS)
        fprintf(stderr, "  got \"%.*s\"\n", STR_ARG(str_span(example->text, got)));
    fprintf(stderr, "  in  \"%.*s\"\n", STR_ARG(example->text));
}

/* True when the example behaves as it says. */
static bool
run_example(struct pipeline *pipeline, const struct rule *rule, const struct example *example)
{
    struct analysis analysis = {0};
    struct source source = {rule->file, example->text};
    struct error error = {""};
    struct span got = {0, 0};
    enum outcome outcome = OUTCOME_NONE;
    bool ran = pipeline_run(pipeline, &source, &analysis, &error);
    if (ran)
        outcome = outcome_of(&analysis.verdict, rule, example, &got);
    if (ran && analysis.verdict.limit_hits > 0)
        ran = error_set(&error, "a pattern stops at the limit of %d steps here; mend it",
                        BOUND_MATCH_LIMIT);
    bool good = ran && outcome == (example->match ? OUTCOME_FOUND : OUTCOME_NONE);
    if (!good && !example->fails)
        report_example(rule, example, outcome, got, ran ? NULL : error.text);
    analysis_close(&analysis);
    return good;
}

static void
find_costliest(const struct wording *wording, struct selftest *result)
{
    for (uint32_t a = 0; a < wording->ruleset.atoms.count; a++) {
        const struct atom *atom = &wording->ruleset.atoms.items[a];
        uint32_t steps = scanner_steps(wording->scanner, a);
        if (steps <= result->steps)
            continue;
        result->steps = steps;
        result->pattern = atom->source;
        result->file = atom->file;
        result->line = atom->line;
    }
}

bool
selftest_run(struct pipeline *pipeline, const struct language *language,
             const struct options *options, struct selftest *result, struct error *error)
{
    struct wording *wording = pipeline_wording(pipeline, language, error);
    if (!wording)
        return false;
    struct str before = pipeline->settings.input_lang;
    pipeline->settings.input_lang = language->id;
    struct ruleset *ruleset = &wording->ruleset;
    bool *chosen = arena_new(&pipeline->arena, bool, ruleset->rules.count);
    for (uint32_t r = 0; r < ruleset->rules.count; r++)
        chosen[r] = ruleset->rules.items[r].enabled;
    for (uint32_t r = 0; r < ruleset->rules.count; r++) {
        const struct rule *rule = &ruleset->rules.items[r];
        if (!chosen[r] || !family_chosen(options, rule->family))
            continue;
        enable_only(ruleset, rule);
        result->rules++;
        for (uint32_t e = 0; e < rule->example_count; e++) {
            const struct example *example = &rule->examples[e];
            bool good = run_example(pipeline, rule, example);
            result->examples++;
            if (example->fails && !good)
                result->expected_failures++;
            else
                result->failed += !good;
        }
    }
    for (uint32_t r = 0; r < ruleset->rules.count; r++)
        ruleset->rules.items[r].enabled = chosen[r];
    find_costliest(wording, result);
    pipeline->settings.input_lang = before;
    return true;
}
