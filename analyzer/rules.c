#include "base/bounds.h"
#include "command.h"
#include "report/words.h"

/* `cavillo rules`: what is looked for, its examples, its mistakes. */

static void
list_family(struct out *out, const struct pipeline *pipeline, const struct family *family,
            enum ui ui)
{
    const char *grade = family->off     ? "off"
                        : family->check ? words_grade_id(GRADE_CHECK)
                                        : words_grade_id(family->grade[PARTY_CONSUMER]);
    out_format(out, "%-36.*s %-10s", STR_ARG(family->id), grade);
    for (uint32_t l = 0; l < pipeline->languages.count; l++) {
        struct str id = pipeline->languages.items[l].id;
        bool worded = ruleset_rule(&pipeline->wordings[l].ruleset, family->id);
        out_format(out, "%.*s ", STR_ARG(worded ? id : STR("--")));
    }
    out_format(out, " %.*s\n", STR_ARG(family->title.in[ui]));
}

static bool
cites(const struct family *family, const struct norm *norm)
{
    for (uint32_t n = 0; n < family->norm_count; n++)
        if (family->norms[n].norm == norm)
            return true;
    return false;
}

/* Under every norm asked for, the rules that cite it. */
static void
list_by_norm(struct out *out, const struct pipeline *pipeline, const struct options *options,
             enum ui ui)
{
    const struct ruleset *law = &pipeline->law;
    for (uint32_t n = 0; n < law->norms.count; n++) {
        const struct norm *norm = &law->norms.items[n];
        bool headed = false;
        if (!is_chosen(options->norms.items, options->norms.count, norm->id))
            continue;
        for (uint32_t f = 0; f < law->families.count; f++) {
            const struct family *family = &law->families.items[f];
            if (!cites(family, norm) || !family_chosen(options, family))
                continue;
            if (!headed)
                out_format(out, "%.*s  %.*s\n", STR_ARG(norm->id), STR_ARG(norm->name.in[ui]));
            headed = true;
            out_str(out, STR("  "));
            list_family(out, pipeline, family, ui);
        }
    }
}

static int
rules_list(struct pipeline *pipeline, const struct options *options, struct error *error)
{
    enum ui ui = command_ui(options);
    struct out *out = open_out(options, error);
    if (!out)
        return complain("%s", error->text);
    if (options->norms.count > 0) {
        list_by_norm(out, pipeline, options, ui);
        return close_out(out);
    }
    for (uint32_t i = 0; i < pipeline->law.families.count; i++)
        if (family_chosen(options, &pipeline->law.families.items[i]))
            list_family(out, pipeline, &pipeline->law.families.items[i], ui);
    return close_out(out);
}

static int
rules_test(struct pipeline *pipeline, const struct options *options, struct error *error)
{
    struct selftest sum = {0};
    for (uint32_t i = 0; i < pipeline->languages.count; i++)
        if (!selftest_run(pipeline, &pipeline->languages.items[i], options, &sum, error))
            return complain("%s", error->text);
    diagnostics_print(&pipeline->diagnostics, stderr);
    struct out *out = out_stdout();
    out_format(out, "%u rules, %u examples: %u failed, %u known failures\n", sum.rules,
               sum.examples, sum.failed, sum.expected_failures);
    if (sum.steps > 0)
        out_format(out, "costliest pattern: %u of at most %d steps, %.*s:%u: %.*s\n", sum.steps,
                   BOUND_MATCH_LIMIT, STR_ARG(sum.file), sum.line, STR_ARG(sum.pattern));
    int status = close_out(out);
    return sum.failed > 0 ? STATUS_FOUND : status;
}

static int
rules_lint(struct pipeline *pipeline, const struct options *options, struct error *error)
{
    bool good = true;
    for (uint32_t i = 0; i < pipeline->languages.count; i++) {
        struct wording *wording = pipeline_wording(pipeline, &pipeline->languages.items[i], error);
        good = wording &&
               ruleset_lint(&wording->ruleset, options->rules.items, options->rules.count,
                            &pipeline->diagnostics, error) &&
               good;
    }
    diagnostics_print(&pipeline->diagnostics, stderr);
    return good ? STATUS_CLEAN : complain("the rules have mistakes");
}

int
command_rules(struct pipeline *pipeline, const struct options *options)
{
    struct error error = {""};
    const char *what = options->operands.count == 1 ? options->operands.items[0] : "";
    if (!selections_exist(pipeline, options, &error))
        return complain_all(pipeline, &error);
    if (strcmp(what, "lint") == 0)
        return rules_lint(pipeline, options, &error);
    bool list = strcmp(what, "list") == 0;
    bool test = strcmp(what, "test") == 0;
    if (!list && !test && strcmp(what, "doc") != 0)
        return complain("%s%s%scavillo rules list, test, lint, or doc", *what ? "\"" : "", what,
                        *what ? "\": " : "");
    pipeline->settings.scan.measure = test;
    if (!load_wordings(pipeline, &error))
        return complain("%s", error.text);
    return list   ? rules_list(pipeline, options, &error)
           : test ? rules_test(pipeline, options, &error)
                  : rules_doc(pipeline, options);
}
