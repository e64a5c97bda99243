#include <stdlib.h>

#include "base/utf8.h"
#include "eval.h"

/* Counts of claims against labels. */

static int
compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int
compare_labels(const void *a, const void *b)
{
    const struct label *x = a, *y = b;
    int order = compare_numbers(x->document, y->document);
    order = order ? order : compare_numbers(x->line, y->line);
    return order ? order : compare_numbers(x->kind, y->kind);
}

/* The surer first, so that it is the one that is kept. */
static int
compare_labels_sure(const void *a, const void *b)
{
    int order = compare_labels(a, b);
    return order ? order : ((const struct label *)b)->sure - ((const struct label *)a)->sure;
}

static int
compare_claims(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    int order = compare_numbers(x->document, y->document);
    order = order ? order : compare_numbers(x->line, y->line);
    order = order ? order : str_compare(x->category, y->category);
    order = order ? order : str_compare(x->rule, y->rule);
    order = order ? order : y->counts - x->counts;
    return order ? order : str_compare(x->heading, y->heading);
}

void
eval_sort(struct eval *eval)
{
    uint32_t kept = 0;
    struct label *l = eval->list.items;
    if (eval->list.count > 1)
        qsort(l, eval->list.count, sizeof *l, compare_labels_sure);
    for (uint32_t i = 0; i < eval->list.count; i++)
        if (kept == 0 || compare_labels(&l[kept - 1], &l[i]) != 0)
            l[kept++] = l[i];
    eval->list.count = kept;
    if (eval->claims.count > 1)
        qsort(eval->claims.items, eval->claims.count, sizeof *eval->claims.items, compare_claims);
}

const struct label *
eval_label(const struct eval *eval, uint32_t document, uint32_t line, uint32_t kind)
{
    struct label wanted = {.document = document, .line = line, .kind = kind};
    if (eval->list.count == 0)
        return NULL;
    return bsearch(&wanted, eval->list.items, eval->list.count, sizeof wanted, compare_labels);
}

uint32_t
eval_first_claim(const struct eval *eval, uint32_t document, uint32_t line)
{
    uint32_t low = 0, high = eval->claims.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct claim *claim = &eval->claims.items[middle];
        int order = compare_numbers(claim->document, document);
        order = order ? order : compare_numbers(claim->line, line);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool
eval_scored(const struct eval *eval, uint32_t kind)
{
    const struct label_kind *k = eval->labels.kinds.items;
    return kind < eval->labels.kinds.count && !k[kind].unscored &&
           (!eval->options->by_tags || k[kind].tag.len > 0);
}

const char *
eval_verdict_name(enum verdict_on verdict)
{
    static const char *const names[] = {"wrong", "maybe", "right", "-"};
    return names[verdict];
}

static uint32_t
unscored_kind(const struct eval *eval)
{
    uint32_t kind = 0;
    while (kind < eval->labels.kinds.count && !eval->labels.kinds.items[kind].unscored)
        kind++;
    return kind;
}

/* A line is right when any scored label is sure there, and wrong when it has no label at all. */
static enum verdict_on
verdict_on_line(const struct eval *eval, uint32_t document, uint32_t line)
{
    enum verdict_on verdict = ON_WRONG;
    for (uint32_t k = 0; k < eval->labels.kinds.count; k++) {
        const struct label *label = eval_label(eval, document, line, k);
        if (label && label->sure && !eval->labels.kinds.items[k].unscored)
            return ON_RIGHT;
        verdict = label ? ON_MAYBE : verdict;
    }
    return verdict;
}

enum verdict_on
eval_verdict(const struct eval *eval, const struct claim *claim)
{
    if (!eval->labelled)
        return ON_NOTHING;
    uint32_t kind = labels_kind(&eval->labels, claim->category);
    if (!eval_scored(eval, kind))
        return verdict_on_line(eval, claim->document, claim->line);
    const struct label *label = eval_label(eval, claim->document, claim->line, kind);
    return !label ? ON_WRONG : label->sure ? ON_RIGHT : ON_MAYBE;
}

double
score_precision(const struct score *s)
{
    return s->right + s->wrong > 0 ? (double)s->right / (s->right + s->wrong) : 0;
}

double
score_recall(const struct score *s)
{
    return s->gold > 0 ? (double)s->right / s->gold : 0;
}

double
score_f1(const struct score *s)
{
    double p = score_precision(s), r = score_recall(s);
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

static void
count(struct score *score, enum verdict_on verdict)
{
    score->right += verdict == ON_RIGHT;
    score->wrong += verdict == ON_WRONG;
    score->maybe += verdict == ON_MAYBE;
}

bool
eval_repeated(const struct eval *eval, uint32_t claim)
{
    const struct claim *c = &eval->claims.items[claim];
    for (uint32_t i = claim; i-- > 0;) {
        const struct claim *before = &eval->claims.items[i];
        if (before->document != c->document || before->line != c->line ||
            !str_equal(before->category, c->category))
            return false;
        if (before->counts)
            return true;
    }
    return false;
}

static void
score_category(struct eval *eval, struct score *score, uint32_t kind)
{
    for (uint32_t i = 0; i < eval->list.count; i++)
        score->gold += eval->list.items[i].kind == kind && eval->list.items[i].sure;
    for (uint32_t i = 0; i < eval->claims.count; i++) {
        const struct claim *claim = &eval->claims.items[i];
        if (claim->counts && str_equal(claim->category, score->name) && !eval_repeated(eval, i))
            count(score, eval_verdict(eval, claim));
    }
    score->missed = score->gold - score->right;
}

static bool
same_line(uint32_t document, uint32_t line, const struct claim *claim)
{
    return claim->document == document && claim->line == line;
}

static void
score_any(struct eval *eval, struct score *score)
{
    for (uint32_t i = 0; i < eval->list.count; i++) {
        const struct label *l = &eval->list.items[i];
        bool first = i == 0 || l[-1].document != l->document || l[-1].line != l->line;
        score->gold += first && verdict_on_line(eval, l->document, l->line) == ON_RIGHT;
    }
    uint32_t document = UINT32_MAX, line = 0;
    for (uint32_t i = 0; i < eval->claims.count; i++) {
        const struct claim *claim = &eval->claims.items[i];
        bool foreign = eval->options->by_tags &&
                       !eval_scored(eval, labels_kind(&eval->labels, claim->category));
        if (!claim->counts || foreign || same_line(document, line, claim))
            continue;
        document = claim->document;
        line = claim->line;
        count(score, verdict_on_line(eval, document, line));
    }
    score->missed = score->gold - score->right;
}

static struct rule_score *
rule_score_of(struct eval *eval, struct scores *scores, const struct claim *claim)
{
    uint32_t at = 0;
    while (at < scores->rules.count && !str_equal(scores->rules.items[at].id, claim->rule))
        at++;
    if (at == scores->rules.count) {
        struct rule_score made = {
            .id = claim->rule,
            .category = claim->category,
            .labelled = eval_scored(eval, labels_kind(&eval->labels, claim->category)),
            .upheld_by_other =
                !eval->options->by_tags && unscored_kind(eval) < eval->labels.kinds.count,
        };
        array_push(&eval->arena, &scores->rules, made);
    }
    return &scores->rules.items[at];
}

static int
compare_rules(const void *a, const void *b)
{
    return str_compare(((const struct rule_score *)a)->id, ((const struct rule_score *)b)->id);
}

static void
score_rules(struct eval *eval, struct scores *scores)
{
    for (uint32_t i = 0; i < eval->claims.count; i++) {
        const struct claim *claim = &eval->claims.items[i];
        if (i > 0 && same_line(claim[-1].document, claim[-1].line, claim) &&
            str_equal(claim[-1].rule, claim->rule))
            continue; /* another place of the rule on this line */
        struct rule_score *score = rule_score_of(eval, scores, claim);
        score->lines++;
        score->shown += claim->counts;
        score->upheld += eval_verdict(eval, claim) != ON_WRONG;
    }
    if (scores->rules.count > 1)
        qsort(scores->rules.items, scores->rules.count, sizeof *scores->rules.items, compare_rules);
}

/* Of the tags' scorer categories without a true line are left out, of the labels' they count 0. */
static double
macro_f1(const struct eval *eval, const struct scores *scores)
{
    double sum = 0;
    uint32_t counted = 0;
    for (uint32_t i = 0; i < scores->categories.count; i++) {
        const struct score *score = &scores->categories.items[i];
        if (score->gold == 0 && eval->options->by_tags)
            continue;
        sum += score_f1(score);
        counted++;
    }
    return counted > 0 ? sum / counted : 0;
}

void
eval_score(struct eval *eval, struct scores *scores)
{
    *scores = (struct scores){.micro = {.name = STR("micro")}, .any = {.name = STR("any")}};
    for (uint32_t k = 0; k < eval->labels.kinds.count; k++) {
        const struct label_kind *kind = &eval->labels.kinds.items[k];
        if (!eval_scored(eval, k))
            continue;
        struct score score = {.name = kind->category};
        score_category(eval, &score, k);
        scores->micro.gold += score.gold;
        scores->micro.right += score.right;
        scores->micro.wrong += score.wrong;
        scores->micro.missed += score.missed;
        scores->micro.maybe += score.maybe;
        array_push(&eval->arena, &scores->categories, score);
    }
    scores->macro = macro_f1(eval, scores);
    score_any(eval, &scores->any);
    score_rules(eval, scores);
}
