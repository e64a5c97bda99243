#include <stdlib.h>

#include "eval.h"
#include "fit.h"
#include "report/shown.h"

/* `cavillo eval --fit`: what the scores of rules saw on labelled contracts, and better weights. */

enum { FOLDS = 5 }; /* parts of the contracts, each judged by weights fitted to the others */

/* A place where all else of the rule holds, so that the score alone decides. */
struct asking {
    struct fit_row row;
    uint32_t first_line, last_line;
};

struct fitted {
    const struct ruleset *ruleset;
    const struct rule *rule;
    struct condition *score;
    int32_t threshold; /* as the rule file has it; while contracts are read nothing is too low */
    uint32_t children;
    ARRAY(struct asking) askings;
};

struct eval_fit {
    ARRAY(struct fitted) scores;
};

static void
open_scores(struct eval *eval, const struct ruleset *ruleset, const struct rule *rule,
            struct condition *c)
{
    if (c->kind == CONDITION_NOT)
        return; /* denied: more of it would mean less */
    if (c->kind == CONDITION_SCORE) {
        struct fitted made = {
            .ruleset = ruleset, .rule = rule, .score = c, .threshold = c->threshold};
        for (const struct condition *child = c->children; child; child = child->next)
            made.children++;
        array_push(&eval->arena, &eval->fit->scores, made);
        c->threshold = INT32_MIN;
    }
    for (struct condition *child = c->children; child; child = child->next)
        open_scores(eval, ruleset, rule, child);
}

bool
eval_fit_open(struct eval *eval, struct error *error)
{
    struct pipeline *pipeline = eval->pipeline;
    eval->fit = arena_new(&eval->arena, struct eval_fit, 1);
    if (!load_wordings(pipeline, error))
        return false;
    for (uint32_t l = 0; l < pipeline->languages.count; l++) {
        struct ruleset *ruleset = &pipeline->wordings[l].ruleset;
        for (uint32_t r = 0; r < ruleset->rules.count; r++)
            if (ruleset->rules.items[r].enabled)
                open_scores(eval, ruleset, &ruleset->rules.items[r], ruleset->rules.items[r].when);
    }
    for (uint32_t s = 0; s < eval->fit->scores.count; s++) {
        const struct fitted *f = &eval->fit->scores.items[s];
        if (f->children > FIT_MOST)
            return error_set(error, "%.*s:%u: a score of more than %d children cannot be fitted",
                             STR_ARG(f->rule->file), f->score->line, FIT_MOST);
    }
    pipeline->settings.trace = true;
    return eval->fit->scores.count > 0 ||
           error_set(error, "no enabled rule holds a <score threshold=\"...\">: there are no "
                            "weights to fit");
}

static uint64_t
children_that_hold(const struct trial *trial, uint32_t score)
{
    const struct tried *list = trial->list.items;
    uint64_t holds = 0;
    uint32_t child = 0;
    for (uint32_t i = score + 1; i < trial->list.count && list[i].depth > list[score].depth; i++) {
        if (list[i].depth != list[score].depth + 1)
            continue;
        holds |= (uint64_t)list[i].holds << child;
        child++;
    }
    return holds;
}

static void
add_asking(struct eval *eval, struct fitted *f, uint32_t index, const struct document *document,
           const struct attempt *attempt, uint32_t tried)
{
    struct span mark = shown_trim(document, attempt->hit->mark);
    struct asking made = {
        .row = {.holds = children_that_hold(&attempt->trial, tried),
                .document = index,
                .unit = attempt->unit},
        .first_line = document_position(document, mark.begin).line,
        .last_line = document_position(document, mark.end).line,
    };
    array_push(&eval->arena, &f->askings, made);
}

void
eval_fit_document(struct eval *eval, uint32_t index, const struct analysis *analysis)
{
    for (uint32_t a = 0; a < analysis->trace.attempts.count; a++) {
        const struct attempt *attempt = analysis->trace.attempts.items[a];
        if (attempt->fate != FATE_ACCEPTED || !attempt->hit)
            continue;
        for (uint32_t t = 0; t < attempt->trial.list.count; t++)
            for (uint32_t s = 0; s < eval->fit->scores.count; s++)
                if (eval->fit->scores.items[s].score == attempt->trial.list.items[t].condition)
                    add_asking(eval, &eval->fit->scores.items[s], index, &analysis->document,
                               attempt, t);
    }
}

static enum verdict_on
label_of(const struct eval *eval, const struct fitted *f, const struct asking *asking)
{
    enum verdict_on best = ON_WRONG;
    for (uint32_t line = asking->first_line; line <= asking->last_line; line++) {
        struct claim claim = {
            .document = asking->row.document, .line = line, .category = f->rule->family->category};
        enum verdict_on verdict = eval_verdict(eval, &claim);
        best = verdict > best ? verdict : best;
    }
    return best;
}

static int
compare_rows(const void *a, const void *b)
{
    const struct fit_row *x = a, *y = b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return x->holds < y->holds ? -1 : x->holds > y->holds;
}

/* The rows that labels are sure of, each once.  Returns how many; *doubtful: those left out. */
static uint32_t
sure_rows(const struct eval *eval, const struct fitted *f, struct fit_row *rows, uint32_t *doubtful)
{
    uint32_t count = 0, kept = 0;
    *doubtful = 0;
    for (uint32_t i = 0; i < f->askings.count; i++) {
        enum verdict_on verdict = label_of(eval, f, &f->askings.items[i]);
        *doubtful += verdict == ON_MAYBE;
        if (verdict == ON_MAYBE)
            continue;
        rows[count] = f->askings.items[i].row;
        rows[count++].positive = verdict == ON_RIGHT;
    }
    if (count > 1)
        qsort(rows, count, sizeof *rows, compare_rows);
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || compare_rows(&rows[kept - 1], &rows[i]) != 0)
            rows[kept++] = rows[i];
        else
            rows[kept - 1].positive |= rows[i].positive;
    }
    return kept;
}

/* What the weights do on contracts that they were not fitted to; false: too few. */
static bool
hold_out(struct eval *eval, const struct fitted *f, const struct fit_row *rows, uint32_t count,
         struct fit *sum)
{
    struct fit_row *other = arena_new(&eval->arena, struct fit_row, count + 1);
    *sum = (struct fit){0};
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        struct fit fit;
        uint32_t in = 0, out = count; /* fitted to rows 0..in, measured on out..count */
        for (uint32_t i = 0; i < count; i++)
            if (rows[i].document % FOLDS != fold)
                other[in++] = rows[i];
        out = in;
        for (uint32_t i = 0; i < count; i++)
            if (rows[i].document % FOLDS == fold)
                other[out++] = rows[i];
        if (in == 0 || !fit_rows(other, in, f->children, eval->options->precision, &fit))
            return false;
        fit_measure(other + in, count - in, &fit);
        sum->right += fit.right;
        sum->wrong += fit.wrong;
        sum->missed += fit.missed;
    }
    return true;
}

static void
print_measure(struct out *out, const char *name, const struct fit *fit)
{
    out_format(out, "# %-9s%6.3f%8.3f%6u%6u%6u\n", name, fit_precision(fit), fit_recall(fit),
               fit->right, fit->wrong, fit->missed);
}

static void
print_weights(struct out *out, const struct fitted *f, const struct fit *fit)
{
    uint32_t child = 0;
    out_format(out, "%.*s:%u: score threshold=\"%d\"\n", STR_ARG(f->rule->file), f->score->line,
               fit->threshold);
    for (const struct condition *c = f->score->children; c; c = c->next, child++)
        out_format(out, "%.*s:%u:   %s weight=\"%d\"%s%.*s%s\n", STR_ARG(f->rule->file), c->line,
                   trace_kind(c->kind), fit->weights[child], c->source.len > 0 ? "  " : "",
                   STR_ARG(c->source),
                   fit->weights[child] == 0 ? "  (tells nothing: take it out)" : "");
}

/* False: the labels teach nothing about it. */
static bool
print_score(struct eval *eval, const struct fitted *f, struct out *out)
{
    struct fit_row *rows = arena_new(&eval->arena, struct fit_row, f->askings.count + 1);
    struct fit before = {.threshold = f->threshold}, after, held;
    uint32_t doubtful, child = 0;
    uint32_t count = sure_rows(eval, f, rows, &doubtful);
    for (const struct condition *c = f->score->children; c; c = c->next)
        before.weights[child++] = c->weight;
    fit_measure(rows, count, &before);
    out_format(out,
               "# %.*s: the score is asked at %u places that labels are sure of, %u that they "
               "are not\n",
               STR_ARG(f->rule->family->id), count, doubtful);
    if (!fit_rows(rows, count, f->children, eval->options->precision, &after)) {
        out_str(out, STR("# nothing to learn: no labelled line is among them, or nothing tells it "
                         "from the others\n\n"));
        return false;
    }
    out_format(out, "# %-9s%6s%8s%6s%6s%6s\n", "", "P", "R", "TP", "FP", "FN");
    print_measure(out, "before", &before);
    print_measure(out, "after", &after);
    if (hold_out(eval, f, rows, count, &held))
        print_measure(out, "held out", &held);
    if (fit_precision(&after) < eval->options->precision)
        out_format(out, "# no threshold reaches the precision of %.2f; this one balances best\n",
                   eval->options->precision);
    print_weights(out, f, &after);
    out_char(out, '\n');
    return true;
}

bool
eval_fit_print(struct eval *eval, struct out *out, struct error *error)
{
    uint32_t fitted = 0;
    out_format(out,
               "# %u contracts; recall is of the labelled sentences where a score is asked;\n"
               "# \"held out\": every fifth of the contracts by weights fitted to the others\n\n",
               eval->documents.count);
    for (uint32_t s = 0; s < eval->fit->scores.count; s++)
        fitted += print_score(eval, &eval->fit->scores.items[s], out);
    return fitted > 0 || error_set(error, "no score could be fitted: none of these contracts has "
                                          "a labelled line where one is asked");
}
