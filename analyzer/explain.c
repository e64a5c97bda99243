#include "command.h"
#include "scan/grade.h"
#include "text/repair.h"

/* `cavillo explain ID`, `cavillo text`: a rule in plain words, and how text is read. */

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

/* What the rule looks for; of a score all that counts, with its weight. */
static void
print_patterns(struct out *out, const struct messages *messages, enum ui ui,
               const struct condition *condition, bool scored)
{
    if (condition->weight != 0)
        out_format(out, "  %+d\n", condition->weight);
    if (condition->kind == CONDITION_MATCH && (condition->anchor || scored))
        out_format(out, "  %s%.*s\n", scored ? "    " : "", STR_ARG(condition->source));
    scored = scored || condition->kind == CONDITION_SCORE;
    for (const struct condition *c = condition->children; c; c = c->next)
        print_patterns(out, messages, ui, c, scored);
    if (condition->kind == CONDITION_SCORE)
        out_format(out, "  %.*s %d\n", STR_ARG(message_text(messages, "explain.threshold", ui)),
                   condition->threshold);
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
        if (!norm_in_force(norm, &pipeline->settings.facts))
            continue;
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
        print_patterns(out, messages, ui, rule->when, false);
    }
}

int
command_explain(struct pipeline *pipeline, const struct options *options)
{
    struct error error = {""};
    if (options->chosen.count > 0)
        return explain_place(pipeline, options);
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
    if (!messages || !load_wordings(pipeline, &error))
        return complain("%s", error.text);
    struct out *out = out_stdout();
    print_family(out, pipeline, messages, family, command_ui(options));
    return close_out(out);
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
    const struct language *language = NULL;
    bool is_stdin = strcmp(path, "-") == 0;
    bool read = is_stdin ? read_stdin(&analysis.arena, options->stdin_name, options->max_bytes,
                                      &source, &error)
                         : read_path(&analysis.arena, path, options->max_bytes, &source, &error);
    int status = STATUS_WRONG;
    if (read && pipeline_read(pipeline, &source, &analysis, &language, &error)) {
        struct out *out = out_stdout();
        print_text(out, &analysis.document);
        status = close_out(out);
    } else {
        complain("%s", error.text);
    }
    analysis_close(&analysis);
    return status;
}
