#include <locale.h>
#include <stdlib.h>

#include "command.h"
#include "text/repair.h"

/* `cavillo rules`, `cavillo explain`, `cavillo text`: what is looked for, and how text is read. */

/* These commands read no contract, so the user's locale says the language of their texts. */
static enum ui
ui_of(const struct options *options)
{
    if (options->ui_fixed)
        return options->ui;
    const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "it", 2) == 0 ? UI_IT : UI_EN;
    }
    return UI_EN;
}

static int
close_stdout(struct out *out)
{
    struct error error;
    bool broken = out_broken_pipe(out);
    return out_close(out, &error) || broken ? STATUS_CLEAN : complain("%s", error.text);
}

static const char *
grade_name(enum grade grade)
{
    static const char *const names[] = {"none", "check", "potential", "grey", "black"};
    return names[grade];
}

/* Loads the wording of every language; false when one has mistakes, all of them printed. */
static bool
load_all(struct pipeline *pipeline, struct error *error)
{
    bool good = true;
    for (uint32_t i = 0; i < pipeline->languages.count; i++)
        good = pipeline_wording(pipeline, &pipeline->languages.items[i], error) && good;
    diagnostics_print(&pipeline->diagnostics, stderr);
    return good;
}

static int
rules_list(struct pipeline *pipeline, const struct options *options, struct error *error)
{
    if (!load_all(pipeline, error))
        return complain("%s", error->text);
    enum ui ui = ui_of(options);
    struct out *out = out_stdout();
    for (uint32_t i = 0; i < pipeline->law.families.count; i++) {
        const struct family *family = &pipeline->law.families.items[i];
        out_format(out, "%-36.*s %-10s", STR_ARG(family->id),
                   grade_name(family->grade[PARTY_CONSUMER]));
        for (uint32_t l = 0; l < pipeline->languages.count; l++) {
            struct str id = pipeline->languages.items[l].id;
            bool worded = ruleset_rule(&pipeline->wordings[l].ruleset, family->id);
            out_format(out, "%.*s ", STR_ARG(worded ? id : STR("--")));
        }
        out_format(out, " %.*s\n", STR_ARG(family->title.in[ui]));
    }
    return close_stdout(out);
}

static int
rules_test(struct pipeline *pipeline, struct error *error)
{
    if (!load_all(pipeline, error))
        return complain("%s", error->text);
    struct selftest sum = {0};
    for (uint32_t i = 0; i < pipeline->languages.count; i++)
        if (!selftest_run(pipeline, &pipeline->languages.items[i], &sum, error))
            return complain("%s", error->text);
    struct out *out = out_stdout();
    out_format(out, "%u rules, %u examples: %u failed, %u known failures\n", sum.rules,
               sum.examples, sum.failed, sum.expected_failures);
    int status = close_stdout(out);
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
    if (options->operands.count != 1)
        return complain("cavillo rules list, test, or lint");
    struct str what = str_of(options->operands.items[0]);
    if (str_equal(what, STR("list")))
        return rules_list(pipeline, options, &error);
    if (str_equal(what, STR("test")))
        return rules_test(pipeline, &error);
    if (str_equal(what, STR("lint")))
        return rules_lint(pipeline, options, &error);
    return complain("\"%.*s\": cavillo rules list, test, or lint", STR_ARG(what));
}

static void
print_wrapped(struct out *out, struct str text)
{
    size_t column = 0;
    struct str word;
    while (str_cut(&text, ' ', &word)) {
        if (column > 0 && column + word.len + 1 > 78) {
            out_str(out, STR("\n  "));
            column = 2;
        } else if (column > 0) {
            out_char(out, ' ');
            column++;
        } else {
            out_str(out, STR("  "));
            column = 2;
        }
        out_str(out, word);
        column += word.len;
    }
    out_char(out, '\n');
}

static void
print_patterns(struct out *out, const struct condition *condition)
{
    if (condition->kind == CONDITION_MATCH && condition->anchor)
        out_format(out, "  %.*s\n", STR_ARG(condition->source));
    for (const struct condition *c = condition->children; c; c = c->next)
        print_patterns(out, c);
}

static void
print_section(struct out *out, const struct messages *messages, const char *id, enum ui ui)
{
    out_format(out, "\n%.*s\n", STR_ARG(message_text(messages, id, ui)));
}

static void
print_family(struct out *out, struct pipeline *pipeline, const struct messages *messages,
             const struct family *family, enum ui ui)
{
    out_format(out, "%.*s (rev %u)\n%.*s\n\n", STR_ARG(family->id), family->rev,
               STR_ARG(family->title.in[ui]));
    print_wrapped(out, family->explain.in[ui]);
    print_section(out, messages, "explain.norms", ui);
    for (uint32_t i = 0; i < family->norm_count; i++) {
        const struct norm *norm = family->norms[i].norm;
        out_format(out, "  %.*s\n", STR_ARG(norm->name.in[ui]));
        print_wrapped(out, norm->says.in[ui]);
    }
    print_section(out, messages, "explain.do", ui);
    for (uint32_t i = 0; i < family->action_count; i++)
        print_wrapped(out, family->actions[i]->text.in[ui]);
    print_section(out, messages, "explain.fix", ui);
    print_wrapped(out, family->fix.in[ui]);
    for (uint32_t i = 0; i < pipeline->languages.count; i++) {
        const struct rule *rule = ruleset_rule(&pipeline->wordings[i].ruleset, family->id);
        if (!rule)
            continue;
        print_section(out, messages, "explain.patterns", ui);
        print_patterns(out, rule->when);
    }
}

int
command_explain(struct pipeline *pipeline, const struct options *options)
{
    struct error error = {""};
    if (options->operands.count != 1)
        return complain("cavillo explain ID; cavillo rules list shows the ids");
    struct str id = str_of(options->operands.items[0]);
    const struct family *family = ruleset_family(&pipeline->law, id);
    struct str near = ruleset_nearest(&pipeline->law, id);
    if (!family)
        return complain("no rule \"%.*s\"%s%.*s%s", STR_ARG(id),
                        near.len ? "; did you mean \"" : "", STR_ARG(near),
                        near.len ? "\"?" : "; cavillo rules list shows them");
    const struct messages *messages =
        messages_load(&pipeline->arena, options->rules.items[0], &pipeline->diagnostics, &error);
    if (!messages || !load_all(pipeline, &error))
        return complain("%s", error.text);
    struct out *out = out_stdout();
    print_family(out, pipeline, messages, family, ui_of(options));
    return close_stdout(out);
}

/* Paragraph by paragraph as it is read, with page and article in front. */
static void
print_text(struct out *out, const struct document *document)
{
    struct arena scratch = {0};
    uint32_t page = 0;
    for (uint32_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.items[i];
        uint32_t at = document_page(document, clause->span.begin);
        if (at != page)
            out_format(out, "[p. %u]\n", page = at);
        if (clause->path.len > 0)
            out_format(out, "[%.*s]\n", STR_ARG(clause->path));
        for (uint32_t u = 0; u < clause->unit_count; u++) {
            const struct unit *unit = &document->units.items[clause->first_unit + u];
            out_str(out, document_readable(&scratch, document, unit->span));
            out_char(out, '\n');
        }
        out_char(out, '\n');
        arena_reset(&scratch, (struct arena_mark){0});
    }
    arena_free(&scratch);
}

int
command_text(struct pipeline *pipeline, const struct options *options)
{
    if (options->operands.count != 1)
        return complain("cavillo text FILE, or - for standard input");
    const char *path = options->operands.items[0];
    struct analysis analysis = {0};
    struct source source;
    struct error error = {""};
    const struct language *language;
    bool is_stdin = strcmp(path, "-") == 0;
    bool read = is_stdin ? read_stdin(&analysis.arena, options->stdin_name, options->max_bytes,
                                      &source, &error)
                         : read_path(&analysis.arena, path, options->max_bytes, &source, &error);
    int status = STATUS_WRONG;
    if (read && pipeline_read(pipeline, &source, &analysis, &language, &error)) {
        struct out *out = out_stdout();
        print_text(out, &analysis.document);
        status = close_stdout(out);
    } else {
        complain("%s", error.text);
    }
    analysis_close(&analysis);
    return status;
}
