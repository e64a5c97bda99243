#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "inputs.h"

/* `cavillo check`: every input through the pipeline, every result into every report. */

struct check {
    struct pipeline *pipeline;
    const struct options *options;
    struct arena arena;
    struct out **outs;
    struct report **reports;
    uint32_t output_count;
    uint32_t documents, failures, failing; /* failing: findings at or above --fail-on */
    uint32_t unreliable;                   /* documents that --strict-input does not accept */
    bool limit_hit;
};

static bool
use_color(const struct options *options)
{
    if (options->color >= 0)
        return options->color == 1;
    const char *force = getenv("CLICOLOR_FORCE"), *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no && *no)
        return false;
    if (force && *force && strcmp(force, "0") != 0)
        return true;
    return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

static bool
same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static bool
outputs_are_no_inputs(const struct check *check, const struct inputs *inputs, struct error *error)
{
    for (uint32_t o = 0; o < check->options->outputs.count; o++) {
        const char *path = check->options->outputs.items[o].path;
        for (uint32_t i = 0; path && i < inputs->paths.count; i++)
            if (same_file(path, inputs->paths.items[i]))
                return error_set(error, "%s is an input; writing a report there would destroy it",
                                 path);
    }
    return true;
}

static bool
papers_are_several(const struct options *options, const struct inputs *inputs, struct error *error)
{
    if (!options->as_one || inputs->paths.count != 1)
        return true;
    return error_set(error, "--as-one reads several papers as one contract; there is only %s",
                     inputs->paths.items[0]);
}

static void
abandon_outputs(struct check *check)
{
    for (uint32_t i = 0; i < check->output_count; i++) {
        report_end(check->reports[i], false);
        out_abandon(check->outs[i]);
    }
}

static bool
open_outputs(struct check *check, const struct report_run *run, struct error *error)
{
    const struct options *o = check->options;
    check->outs = arena_new(&check->arena, struct out *, o->outputs.count);
    check->reports = arena_new(&check->arena, struct report *, o->outputs.count);
    for (uint32_t i = 0; i < o->outputs.count; i++) {
        const struct output_choice *choice = &o->outputs.items[i];
        struct out *out = choice->path ? out_file(choice->path, error) : out_stdout();
        if (!out) {
            abandon_outputs(check);
            return false;
        }
        check->outs[i] = out;
        check->reports[i] = report_new(choice->format, run, out);
        check->output_count++;
        report_begin(check->reports[i]);
    }
    return true;
}

static bool
counts_as_failing(const struct options *o, const struct finding *finding)
{
    if (o->fail_grade != GRADE_NONE)
        return finding->grade >= o->fail_grade;
    return o->fail_level != LEVEL_NONE && finding->level >= o->fail_level;
}

static void
tell_failure(struct check *check, struct str name, const char *why)
{
    complain("%s", why);
    for (uint32_t i = 0; i < check->output_count; i++)
        report_failure(check->reports[i], name, str_of(why));
}

static void
fail(struct check *check, struct str name, const char *why)
{
    check->failures++;
    tell_failure(check, name, why);
}

static struct str
input_name(const struct check *check, const char *path)
{
    return strcmp(path, "-") == 0 ? check->options->stdin_name : str_of(path);
}

static bool
read_input(const struct check *check, const char *path, struct arena *arena, struct source *source,
           struct error *error)
{
    const struct options *o = check->options;
    struct str name = input_name(check, path);
    if (o->verbose > 0)
        fprintf(stderr, "cavillo: reading %.*s\n", STR_ARG(name));
    return strcmp(path, "-") == 0 ? read_stdin(arena, name, o->max_bytes, source, error)
                                  : read_path(arena, path, o->max_bytes, source, error);
}

static void
report_analysis(struct check *check, const struct analysis *analysis)
{
    struct report_document document = {&analysis->document, analysis->ruleset, &analysis->verdict};
    for (uint32_t i = 0; i < check->output_count; i++)
        report_document(check->reports[i], &document);
    for (uint32_t f = 0; f < analysis->verdict.findings.count; f++)
        check->failing += counts_as_failing(check->options, &analysis->verdict.findings.items[f]);
    struct error error;
    if (check->options->strict_input && !document_reliable(&analysis->document, &error)) {
        check->unreliable++;
        tell_failure(check, analysis->document.name, error.text);
    }
    check->limit_hit = check->limit_hit || analysis->verdict.limit_hits > 0;
    check->documents++;
}

static void
check_input(struct check *check, const char *path)
{
    struct analysis analysis = {0};
    struct source source;
    struct error error = {""};
    if (read_input(check, path, &analysis.arena, &source, &error) &&
        pipeline_run(check->pipeline, &source, &analysis, &error))
        report_analysis(check, &analysis);
    else
        fail(check, input_name(check, path), error.text);
    analysis_close(&analysis);
}

/* Reads a paper of a contract; all have to be in the language of the first. */
static bool
read_paper(struct check *check, const char *path, const struct analysis *first,
           struct analysis *paper, struct error *error)
{
    const struct languages *known = &check->pipeline->languages;
    const struct language *language =
        first ? languages_find(known, first->document.language) : NULL;
    struct source source;
    if (!read_input(check, path, &paper->arena, &source, error) ||
        !pipeline_read(check->pipeline, &source, paper, &language, error))
        return false;
    if (first && !str_equal(first->document.language, language->id))
        return error_set(error,
                         "%.*s: its language is \"%.*s\", that of %.*s \"%.*s\", so they are not "
                         "read as one; check it by itself",
                         STR_ARG(paper->document.name), STR_ARG(language->id),
                         STR_ARG(first->document.name), STR_ARG(first->document.language));
    return true;
}

/* --as-one: all inputs are papers of one contract. */
static void
check_as_one(struct check *check, const struct inputs *inputs)
{
    uint32_t count = 0;
    struct analysis *all = arena_new(&check->arena, struct analysis, inputs->paths.count);
    struct analysis **papers = arena_new(&check->arena, struct analysis *, inputs->paths.count);
    struct error error = {""};
    for (uint32_t i = 0; i < inputs->paths.count; i++) {
        papers[count] = &all[i];
        if (read_paper(check, inputs->paths.items[i], count > 0 ? papers[0] : NULL, &all[i],
                       &error))
            count++;
        else
            fail(check, input_name(check, inputs->paths.items[i]), error.text);
    }
    if (count > 0 && pipeline_judge_as_one(check->pipeline, papers, count, &check->arena, &error))
        for (uint32_t i = 0; i < count; i++)
            report_analysis(check, papers[i]);
    else
        for (uint32_t i = 0; i < count; i++)
            fail(check, papers[i]->document.name, error.text);
    for (uint32_t i = 0; i < inputs->paths.count; i++)
        analysis_close(&all[i]);
}

/* False: something could not be written.  A reader who went away is no mistake of ours. */
static bool
close_outputs(struct check *check, bool ok)
{
    bool written = true;
    for (uint32_t i = 0; i < check->output_count; i++) {
        struct error error;
        report_end(check->reports[i], ok);
        bool broken = out_broken_pipe(check->outs[i]);
        if (!out_close(check->outs[i], &error) && !broken) {
            complain("%s", error.text);
            written = false;
        }
    }
    return written;
}

static int
finish(struct check *check)
{
    diagnostics_print(&check->pipeline->diagnostics, stderr);
    bool ok = check->failures == 0 && check->unreliable == 0 && !check->limit_hit;
    bool written = close_outputs(check, ok);
    if (ok && written)
        return check->failing > 0 && !check->options->exit_zero ? STATUS_FOUND : STATUS_CLEAN;
    const char *reason = check->failures > 0 ? "not every input could be checked"
                         : check->unreliable > 0
                             ? "--strict-input: not every input was read reliably"
                         : check->limit_hit ? "a limit was hit"
                                            : "a report could not be written";
    return complain("%u checked, %u not: %s", check->documents, check->failures, reason);
}

int
command_check(struct pipeline *pipeline, const struct options *options)
{
    struct check check = {.pipeline = pipeline, .options = options};
    struct inputs inputs = {0};
    struct error error = {""};
    struct report_run run = {
        .law = &pipeline->law,
        .facts = &pipeline->settings.facts,
        .min_grade = options->min_grade,
        .ui = options->ui,
        .ui_fixed = options->ui_fixed,
        .color = use_color(options),
        .tool_version = CAVILLO_VERSION,
    };
    run.messages =
        messages_load(&pipeline->arena, options->rules.items[0], &pipeline->diagnostics, &error);
    if (!run.messages || !selections_exist(pipeline, options, &error))
        return complain_all(pipeline, &error);
    bool json = false;
    for (uint32_t i = 0; i < options->outputs.count; i++)
        json = json || str_equal(options->outputs.items[i].format, STR("json"));
    if (options->trace && !json)
        return complain("--trace tells its story in JSON only; add -f json");
    if (options->trace && options->as_one)
        return complain("--trace tells about one document at a time; leave --as-one out");
    if (options->operands.count == 0 && !options->files_from)
        return complain("check what? give files, folders, or - for standard input");
    int status;
    if (!inputs_collect(&inputs, &check.arena, options->operands.items, options->operands.count,
                        options->files_from, &error) ||
        !papers_are_several(options, &inputs, &error) ||
        !outputs_are_no_inputs(&check, &inputs, &error) || !open_outputs(&check, &run, &error)) {
        status = complain("%s", error.text);
    } else {
        for (uint32_t i = 0; i < inputs.paths.count && !options->as_one; i++)
            check_input(&check, inputs.paths.items[i]);
        if (options->as_one && inputs.paths.count > 0)
            check_as_one(&check, &inputs);
        if (inputs.skipped > 0 && options->verbose >= 0)
            fprintf(stderr, "cavillo: %u files in folders skipped (hidden, or of no known kind)\n",
                    inputs.skipped);
        if (inputs.paths.count == 0) {
            complain("nothing to check: no contract there (.txt .html .docx .odt .md .pdf)");
            check.failures++;
        }
        status = finish(&check);
    }
    arena_free(&check.arena);
    return status;
}
