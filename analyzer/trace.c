#include <stdlib.h>

#include "command.h"
#include "report/shown.h"
#include "report/words.h"

/* `cavillo explain --rule ID FILE:LINE`: every condition of a rule, and what it saw there. */

enum { SEEN_BYTES = 160 }; /* of a quote: enough to find the words again */

struct explained {
    struct out *out;
    struct arena *arena;
    const struct analysis *analysis;
    const struct document *document;
    const struct rule *rule;
};

static void
print_seen(const struct explained *x, struct span span)
{
    struct str seen = shown_short(x->arena, x->document, span, SEEN_BYTES);
    out_format(x->out, "\"%.*s\"", STR_ARG(seen));
}

/* What a condition asks, much as the rule file writes it. */
static void
print_condition(const struct explained *x, const struct condition *c)
{
    struct out *out = x->out;
    out_str(out, str_of(trace_kind(c->kind)));
    if (c->weight != 0)
        out_format(out, " weight=%d", c->weight);
    if (c->name.len > 0)
        out_format(out, " name=%.*s", STR_ARG(c->name));
    if (c->kind == CONDITION_SCORE)
        out_format(out, " threshold=%d", c->threshold);
    if (c->kind == CONDITION_REFERS)
        out_format(out, " category=%.*s", STR_ARG(c->category));
    if (c->kind == CONDITION_VALUE)
        out_format(out, " of=%.*s", STR_ARG(c->value));
    if (c->kind != CONDITION_MATCH)
        return;
    if (c->anchor)
        out_str(out, STR(" (anchor)"));
    if (c->scope != SCOPE_UNIT)
        out_format(out, " in=%s", words_scope_id(c->scope));
    if (c->near > 0)
        out_format(out, " near=%u", c->near);
    if (c->order != ORDER_ANY)
        out_format(out, " order=%s", c->order == ORDER_BEFORE ? "before" : "after");
    if (c->subject != ROLE_NONE)
        out_format(out, " subject=%s%s", c->subject_not ? "!" : "", trace_role(c->subject));
    if (c->bearer != ROLE_NONE)
        out_format(out, " bearer=%s", trace_role(c->bearer));
    if (c->negated != TRI_ANY)
        out_format(out, " negated=%s", c->negated == TRI_YES ? "yes" : "no");
    out_format(out, "  %.*s", STR_ARG(c->source));
}

static void
print_hit(const struct explained *x, const struct tried *tried)
{
    const struct hit *hit = tried->hit;
    out_str(x->out, STR("saw "));
    print_seen(x, hit->mark);
    out_format(x->out, " (subject %s, bearer %s, %s)", trace_role((enum role)hit->subject),
               trace_role((enum role)hit->bearer), hit->negated ? "negated" : "not negated");
    if (tried->misfit != MISFIT_NONE)
        out_format(x->out, ", but %s does not fit", trace_misfit(tried->misfit));
    out_char(x->out, '\n');
}

/* Of "{money:cap}" in a pattern: is the value of this name money?  Else it is a duration. */
static bool
is_money(struct str pattern, struct str name)
{
    while (pattern.len > 0) {
        size_t at = str_find(pattern, STR("{money:"));
        if (at == pattern.len)
            return false;
        pattern = str_slice(pattern, at + 7, pattern.len);
        if (str_starts(pattern, name) && name.len < pattern.len && pattern.data[name.len] == '}')
            return true;
    }
    return false;
}

static void
print_amount(const struct explained *x, const char *before, int64_t amount, bool money)
{
    if (money)
        out_format(x->out, "%s %lld.%02d", before, (long long)amount / 100, (int)(amount % 100));
    else
        out_format(x->out, "%s %lld day%s", before, (long long)amount, amount == 1 ? "" : "s");
}

static void
print_value(const struct explained *x, const struct condition *c, const struct attempt *attempt)
{
    const struct hit *hit = attempt->hit;
    int64_t value = hit && c->atom < 4 ? hit->values[c->atom] : VALUE_NONE;
    bool money = attempt->anchor && is_money(attempt->anchor->source, c->value);
    if (value == VALUE_NONE)
        out_str(x->out, STR("saw no value"));
    else
        print_amount(x, "saw", value, money);
    if (c->min != INT64_MIN)
        print_amount(x, ", at least", c->min, money);
    if (c->max != INT64_MAX)
        print_amount(x, ", at most", c->max, money);
    out_char(x->out, '\n');
}

/* "5 + 2 - 3 = 4": the children that hold, in the order they are asked. */
static void
print_sum(const struct explained *x, const struct trial *trial, uint32_t score)
{
    const struct tried *list = trial->list.items;
    bool first = true;
    out_str(x->out, STR("saw "));
    for (uint32_t i = score + 1; i < trial->list.count && list[i].depth > list[score].depth; i++) {
        int32_t weight = list[i].condition->weight;
        if (list[i].depth != list[score].depth + 1 || !list[i].holds)
            continue;
        if (first)
            out_format(x->out, "%d", weight);
        else
            out_format(x->out, " %c %d", weight < 0 ? '-' : '+', weight < 0 ? -weight : weight);
        first = false;
    }
    out_format(x->out, "%s = %d, %d is needed\n", first ? "nothing" : "", trace_sum(trial, score),
               list[score].condition->threshold);
}

static void
print_tried(const struct explained *x, const struct attempt *attempt, uint32_t index)
{
    const struct tried *tried = &attempt->trial.list.items[index];
    const struct condition *c = tried->condition;
    int indent = (int)(2 * tried->depth);
    bool unless = tried->depth == 0 && trace_is_unless(attempt, tried);
    out_format(x->out, "  %-4s%*s%s", tried->holds ? "yes" : "no", indent, "",
               unless ? "unless " : "");
    print_condition(x, c);
    bool leaf = c->kind == CONDITION_MATCH || c->kind == CONDITION_ABSENT;
    if (leaf && !tried->hit) {
        out_format(x->out, "%s\n", c->kind == CONDITION_MATCH ? ": not there" : "");
        return;
    }
    out_char(x->out, '\n');
    bool sum = c->kind == CONDITION_SCORE;
    if (!leaf && !sum && c->kind != CONDITION_VALUE && c->kind != CONDITION_REFERS)
        return;
    out_format(x->out, "      %*s  ", indent, "");
    if (sum) {
        print_sum(x, &attempt->trial, index);
    } else if (c->kind == CONDITION_VALUE) {
        print_value(x, c, attempt);
    } else if (leaf) {
        print_hit(x, tried);
    } else if (tried->referred.end > 0) {
        out_str(x->out, STR("saw "));
        print_seen(x, tried->referred);
        out_char(x->out, '\n');
    } else {
        out_str(x->out, STR("no finding there to refer to\n"));
    }
}

static void
print_mitigators(const struct explained *x, const struct attempt *attempt)
{
    for (uint32_t i = 0; i < attempt->asked.count; i++) {
        const struct asked *asked = &attempt->asked.items[i];
        const struct mitigation *m = asked->mitigation;
        out_format(x->out, "  %s by %.*s in=%s: %s", m->effect == EFFECT_LOWER ? "lower" : "cancel",
                   STR_ARG(x->analysis->ruleset->mitigators.items[m->mitigator].id),
                   words_scope_id(m->scope), trace_answer(asked->answer));
        if (asked->seen.end > 0) {
            out_char(x->out, ' ');
            print_seen(x, asked->seen);
        }
        out_char(x->out, '\n');
    }
}

/* Who won in the unit and category. */
static void
print_winner(const struct explained *x, uint32_t unit)
{
    const struct verdict *verdict = &x->analysis->verdict;
    for (uint32_t f = 0; f < verdict->findings.count; f++) {
        const struct finding *finding = &verdict->findings.items[f];
        for (uint32_t p = 0; p < finding->place_count; p++) {
            const struct place *place = &finding->places[p];
            if (place->unit != unit || !str_equal(finding->category, x->rule->family->category))
                continue;
            if (place->rule != x->rule)
                out_format(x->out, "  %.*s is shown here instead: it is graver, or marks more\n",
                           STR_ARG(place->rule->family->id));
            for (uint32_t o = 0; o < place->other_count && place->rule == x->rule; o++)
                out_format(x->out, "  it goes before %.*s\n",
                           STR_ARG(place->others[o]->family->id));
            return;
        }
    }
}

static void
print_attempt(const struct explained *x, const struct attempt *attempt)
{
    static const char *const fates[] = {
        [FATE_CONDITION] = "does not fire: the conditions do not hold",
        [FATE_LEADIN] = "does not fire here: the words stand in the lead-in, judged by itself",
        [FATE_CONTEXT] = "does not fire: a heading, or a part that is silent for this reader",
        [FATE_UNLESS] = "does not fire: an unless holds",
        [FATE_UNGRADED] = "does not fire: its grade is none for this reader",
        [FATE_CANCELLED] = "does not fire: cancelled",
        [FATE_ACCEPTED] = "fires",
    };
    out_char(x->out, '\n');
    if (attempt->hit) {
        out_str(x->out, STR("At "));
        print_seen(x, attempt->hit->mark);
        out_format(x->out, ", which matches  %.*s\n", STR_ARG(attempt->anchor->source));
    } else {
        out_str(x->out, STR("In the document as a whole\n"));
    }
    for (uint32_t i = 0; i < attempt->trial.list.count; i++)
        print_tried(x, attempt, i);
    print_mitigators(x, attempt);
    out_format(x->out, "  -> %s", fates[attempt->fate]);
    if (attempt->fate == FATE_ACCEPTED) {
        out_format(x->out, ", grade %s\n", words_grade_id(attempt->grade));
        print_winner(x, attempt->unit);
    } else {
        out_char(x->out, '\n');
    }
}

static void
print_flags(const struct explained *x, uint32_t flags)
{
    static const struct {
        enum clause_flag flag;
        const char *name;
    } names[] = {
        {CLAUSE_DEFINITION, "a definition"},
        {CLAUSE_QUOTATION, "words of a law or a licence (silent)"},
        {CLAUSE_CONTENTS, "a table of contents (silent)"},
        {CLAUSE_APPROVAL, "the list of clauses approved in writing (silent)"},
        {CLAUSE_CONSUMER, "for consumers only"},
        {CLAUSE_BUSINESS, "for business customers only"},
        {CLAUSE_ELSEWHERE, "for residents of another country (one grade lower)"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (flags & (uint32_t)names[i].flag)
            out_format(x->out, "  read as %s\n", names[i].name);
}

/* The sentence or item, where it stands and with what it is read. */
static void
print_unit(const struct explained *x, uint32_t index)
{
    static const char *const kinds[] = {"sentence", "list item", "cell", "heading"};
    const struct unit *unit = &x->document->units.items[index];
    const struct clause *clause = &x->document->clauses.items[unit->clause];
    struct str path = unit->path.len > 0 ? unit->path : clause->path;
    struct str headings = document_heading_path(x->arena, x->document, unit->clause);
    struct position at = document_position(x->document, unit->span.begin);
    out_format(x->out, "\nLine %u, %s", at.line, kinds[unit->kind]);
    if (path.len > 0)
        out_format(x->out, ", art. %.*s", STR_ARG(path));
    if (headings.len > 0)
        out_format(x->out, ", under \"%.*s\"", STR_ARG(headings));
    out_char(x->out, '\n');
    print_flags(x, clause->flags);
    for (uint32_t p = 0; p + 1 < unit->piece_count; p++) {
        out_str(x->out, STR("  lead-in "));
        print_seen(x, x->document->pieces.items[unit->first_piece + p]);
        out_char(x->out, '\n');
    }
    out_str(x->out, STR("  text "));
    print_seen(x, unit->span);
    out_char(x->out, '\n');
}

static bool
is_tried(const struct explained *x, const struct condition *anchor, uint32_t unit)
{
    const struct trace *trace = &x->analysis->trace;
    for (uint32_t i = 0; i < trace->attempts.count; i++)
        if (trace->attempts.items[i]->anchor == anchor && trace->attempts.items[i]->unit == unit)
            return true;
    return false;
}

static void
print_missing_anchors(const struct explained *x, const struct condition *c, uint32_t unit)
{
    if (c->kind == CONDITION_MATCH && c->anchor && !is_tried(x, c, unit))
        out_format(x->out, "  no anchor  %.*s\n", STR_ARG(c->source));
    for (const struct condition *child = c->children; child; child = child->next)
        print_missing_anchors(x, child, unit);
}

static void
explain_unit(const struct explained *x, uint32_t unit)
{
    const struct trace *trace = &x->analysis->trace;
    print_unit(x, unit);
    for (uint32_t i = 0; i < trace->attempts.count; i++) {
        const struct attempt *attempt = trace->attempts.items[i];
        if (attempt->rule == x->rule && attempt->unit == unit && !x->rule->absent)
            print_attempt(x, attempt);
    }
    if (!x->rule->absent)
        print_missing_anchors(x, x->rule->when, unit);
}

/* Every unit that touches the line; an absent rule is asked of the document as a whole. */
static bool
explain_line(const struct explained *x, uint32_t line, struct error *error)
{
    const struct document *document = x->document;
    bool any = false;
    if (line == 0 || line > document->lines.count)
        return error_set(error, "%.*s has no line %u", STR_ARG(document->name), line);
    struct span span = {document->lines.items[line - 1], (uint32_t)document->text.len};
    if (line < document->lines.count)
        span.end = document->lines.items[line];
    for (uint32_t u = 0; u < document->units.count; u++) {
        struct span own = shown_trim(document, document->units.items[u].span);
        if (!span_overlaps(own, span))
            continue;
        any = true;
        explain_unit(x, u);
    }
    const struct trace *trace = &x->analysis->trace;
    for (uint32_t i = 0; i < trace->attempts.count && x->rule->absent; i++)
        if (trace->attempts.items[i]->rule == x->rule)
            print_attempt(x, trace->attempts.items[i]);
    return any || error_set(error, "%.*s: no sentence on line %u", STR_ARG(document->name), line);
}

/* The rule, if it looks for anything in this document's language. */
static const struct rule *
worded_rule(const struct analysis *analysis, struct str id, struct error *error)
{
    const struct rule *rule = ruleset_rule(analysis->ruleset, id);
    if (!rule)
        error_set(error, "%.*s has no wording in language \"%.*s\"", STR_ARG(id),
                  STR_ARG(analysis->document.language));
    else if (!rule->enabled)
        error_set(error, "%.*s is switched off", STR_ARG(id));
    return rule && rule->enabled ? rule : NULL;
}

static bool
split_place(struct arena *arena, const char *operand, const char **path, uint32_t *line)
{
    const char *colon = strrchr(operand, ':');
    int64_t number;
    if (!colon || colon == operand || !str_number(str_of(colon + 1), &number) || number < 1 ||
        number > UINT32_MAX)
        return false;
    *path = arena_str(arena, (struct str){operand, (size_t)(colon - operand)}).data;
    *line = (uint32_t)number;
    return true;
}

static bool
read_place(struct analysis *analysis, const struct options *options, const char *path,
           struct source *source, struct error *error)
{
    if (strcmp(path, "-") == 0)
        return read_stdin(&analysis->arena, options->stdin_name, options->max_bytes, source, error);
    return read_path(&analysis->arena, path, options->max_bytes, source, error);
}

int
explain_place(struct pipeline *pipeline, const struct options *options)
{
    struct analysis analysis = {0};
    struct source source;
    struct error error = {""};
    const char *path;
    uint32_t line;
    struct str id = options->chosen.items[0];
    struct str near = ruleset_nearest(&pipeline->law, id);
    if (options->chosen.count > 1 || options->operands.count != 1 ||
        !split_place(&pipeline->arena, options->operands.items[0], &path, &line))
        return complain("cavillo explain --rule ID FILE:LINE");
    if (!ruleset_family(&pipeline->law, id))
        return complain("no rule \"%.*s\"%s%.*s%s", STR_ARG(id),
                        near.len ? "; did you mean \"" : "", STR_ARG(near),
                        near.len ? "\"?" : "; cavillo rules list shows them");
    pipeline->settings.trace = true;
    bool good = read_place(&analysis, options, path, &source, &error) &&
                pipeline_run(pipeline, &source, &analysis, &error);
    struct explained x = {.out = out_memory(),
                          .arena = &analysis.arena,
                          .analysis = &analysis,
                          .document = &analysis.document};
    x.rule = good ? worded_rule(&analysis, id, &error) : NULL;
    if (x.rule)
        out_format(x.out, "%.*s (%.*s:%u)\n", STR_ARG(id), STR_ARG(x.rule->file), x.rule->line);
    good = x.rule && explain_line(&x, line, &error);
    int status;
    if (good) {
        struct out *out = out_stdout();
        out_str(out, out_written(x.out));
        status = close_out(out);
    } else {
        status = complain_all(pipeline, &error);
    }
    out_abandon(x.out);
    analysis_close(&analysis);
    return status;
}
