#include "eval.h"

#include "base/bounds.h"
#include "base/utf8.h"
#include "inputs.h"
#include "report/shown.h"

/* `cavillo eval`: the pipeline on labelled contracts, counted; or against earlier results. */

static bool
is_blank(struct str line)
{
    for (size_t at = 0; at < line.len;)
        if (!utf8_is_blank(utf8_next(line, &at)))
            return false;
    return true;
}

static void
keep_lines(struct eval *eval, struct eval_document *made, const struct document *document)
{
    struct str text = arena_str(&eval->arena, document->text);
    made->line_count = document->lines.count;
    made->lines = arena_new(&eval->arena, struct str, (size_t)made->line_count + 1);
    for (uint32_t i = 0; i < made->line_count; i++) {
        size_t end = i + 1 < made->line_count ? document->lines.items[i + 1] : text.len;
        struct str line = str_slice(text, document->lines.items[i], end);
        while (line.len > 0 && (line.data[line.len - 1] == '\n' || line.data[line.len - 1] == '\r'))
            line.len--;
        made->lines[i] = line;
    }
}

/* Every line that the mark touches, as readers of SARIF regions count. */
static void
add_claims(struct eval *eval, uint32_t index, const struct document *document,
           const struct finding *finding, const struct place *place)
{
    struct span mark = shown_trim(document, place->mark);
    uint32_t first = document_position(document, mark.begin).line;
    uint32_t last = document_position(document, mark.end).line;
    for (uint32_t line = first; line <= last; line++) {
        struct claim claim = {
            .document = index,
            .line = line,
            .category = finding->category,
            .rule = place->rule->family->id,
            .heading = finding->rule->family->id,
            .counts = finding->level >= LEVEL_WARNING,
        };
        if (!is_blank(eval_line(eval, index, line)))
            array_push(&eval->arena, &eval->claims, claim);
    }
}

static void
run_document(struct eval *eval, uint32_t index)
{
    struct eval_document *made = &eval->documents.items[index];
    struct analysis analysis = {0};
    struct source source;
    struct error error = {""};
    bool good = read_path(&analysis.arena, made->path, eval->options->max_bytes, &source, &error) &&
                pipeline_run(eval->pipeline, &source, &analysis, &error);
    if (good) {
        keep_lines(eval, made, &analysis.document);
        good = !eval->labelled || eval_read_labels(eval, index, &error);
    }
    for (uint32_t f = 0; good && f < analysis.verdict.findings.count; f++) {
        const struct finding *finding = &analysis.verdict.findings.items[f];
        for (uint32_t p = 0; p < finding->place_count; p++)
            add_claims(eval, index, &analysis.document, finding, &finding->places[p]);
    }
    if (good && eval->fit)
        eval_fit_document(eval, index, &analysis);
    if (!good)
        complain("%s", error.text);
    eval->failures += !good || analysis.verdict.limit_hits > 0;
    analysis_close(&analysis);
}

/* Files without labels: only what changed can be told of them. */
static bool
find_operands(struct eval *eval, struct error *error)
{
    const struct options *o = eval->options;
    struct inputs inputs = {0};
    if (!inputs_collect(&inputs, &eval->arena, o->operands.items, o->operands.count, NULL, error))
        return false;
    for (uint32_t i = 0; i < inputs.paths.count; i++) {
        struct eval_document made = {.name = str_of(inputs.paths.items[i]),
                                     .path = inputs.paths.items[i]};
        array_push(&eval->arena, &eval->documents, made);
    }
    return inputs.paths.count > 0 || error_set(error, "no contract there");
}

static bool
options_fit(const struct options *o, struct error *error)
{
    bool files = o->operands.count > 0;
    bool json = str_equal(o->outputs.items[0].format, STR("json"));
    if (o->outputs.count > 1)
        return error_set(error, "eval writes one format at a time");
    if (files && !o->against)
        return error_set(error, "labelled contracts are found by --gold DIR; files are only "
                                "compared, with --against RESULTS");
    if (files && (o->gold.count > 0 || o->only || o->except || o->errors || o->confidence))
        return error_set(error, "files have no labels: give them, or --gold DIR, not both");
    if ((o->against != NULL) + o->confidence + o->fit > 1)
        return error_set(error, "--against, --confidence and --fit: one at a time");
    return !(json && (o->against || o->confidence || o->fit)) ||
           error_set(error, "--against, --confidence and --fit are written as text only");
}

static bool
write_errors(const struct eval *eval, struct error *error)
{
    struct out *out = eval->options->errors ? out_file(eval->options->errors, error) : NULL;
    if (!out)
        return !eval->options->errors;
    eval_print_errors(eval, out);
    return out_close(out, error);
}

static bool
write_results(struct eval *eval, struct out *out, struct error *error)
{
    struct scores scores;
    if (eval->options->against)
        return eval_against(eval, eval->options->against, out, error);
    if (eval->fit)
        return eval_fit_print(eval, out, error);
    eval_score(eval, &scores);
    if (eval->options->confidence)
        eval_print_confidence(eval, &scores, out);
    else if (str_equal(eval->options->outputs.items[0].format, STR("json")))
        eval_print_json(eval, &scores, out);
    else
        eval_print(eval, &scores, out);
    return true;
}

static int
run_eval(struct eval *eval)
{
    struct pipeline *pipeline = eval->pipeline;
    const struct options *o = eval->options;
    struct error error = {""};
    bool found = options_fit(o, &error) && selections_exist(pipeline, o, &error) &&
                 labels_load(&eval->labels, &eval->arena, o->rules.items, o->rules.count,
                             &pipeline->diagnostics, &error) &&
                 (o->operands.count > 0 ? find_operands(eval, &error) : eval_find(eval, &error)) &&
                 (!o->fit || eval_fit_open(eval, &error));
    if (!found)
        return complain_all(pipeline, &error);
    for (uint32_t i = 0; i < eval->documents.count; i++)
        run_document(eval, i);
    eval_sort(eval);
    diagnostics_print(&pipeline->diagnostics, stderr);
    if (!write_errors(eval, &error))
        return complain("%s", error.text);
    struct out *out = open_out(o, &error);
    if (!out)
        return complain("%s", error.text);
    if (!write_results(eval, out, &error)) {
        out_abandon(out);
        return complain("%s", error.text);
    }
    int status = close_out(out);
    if (eval->failures > 0)
        return complain("%u of %u contracts could not be measured", eval->failures,
                        eval->documents.count);
    return status;
}

int
command_eval(struct pipeline *pipeline, const struct options *options)
{
    struct eval eval = {.pipeline = pipeline, .options = options};
    int status = run_eval(&eval);
    arena_free(&eval.arena);
    return status;
}
