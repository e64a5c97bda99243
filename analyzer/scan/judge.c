#include "scan/judge.h"

#include <stdlib.h>

#include "scan/evaluate.h"
#include "scan/grade.h"

/* A rule that holds in a unit, before overlaps are settled. */
struct candidate {
    uint32_t category; /* index into ruleset.categories */
    struct place place;
};

/* What a mitigator is over a range of units: asked once. */
struct memo {
    uint32_t mitigator, first, last;
    enum mitigated answer;
    struct span seen; /* the words of a YES or NEGATED */
};

enum {
    MEMO_SIZE = 4096, /* direct-mapped: a collision asks again */
    MARK_LEAST = 3,   /* words that tell a reader something */
    MARK_MOST = 25,   /* words of a mark made wider */
};

struct judging {
    const struct ruleset *ruleset;
    const struct document *document;
    const struct hits *hits;
    struct articles articles;
    const struct facts *facts;
    struct arena *arena;
    struct memo *memo;
    struct trace *trace; /* NULL: nobody wants to know */
    ARRAY(struct candidate) candidates;
    struct accepted *accepted;
    uint32_t accepted_count;
};

static const struct memo *
ask_mitigator(struct judging *j, uint32_t mitigator, uint32_t first, uint32_t last)
{
    struct memo *memo = &j->memo[(mitigator * 31u + first * 7u + last) % MEMO_SIZE];
    if (memo->answer != MITIGATED_UNASKED && memo->mitigator == mitigator && memo->first == first &&
        memo->last == last)
        return memo;
    const struct mitigator *m = &j->ruleset->mitigators.items[mitigator];
    struct evaluation e = {.document = j->document,
                           .hits = j->hits,
                           .articles = &j->articles,
                           .arena = j->arena,
                           .first_unit = first,
                           .last_unit = last};
    enum mitigated answer = MITIGATED_NO;
    if (m->negated && evaluate(&e, m->negated))
        answer = MITIGATED_NEGATED;
    else if (m->when && evaluate(&e, m->when))
        answer = MITIGATED_YES;
    *memo = (struct memo){mitigator, first, last, answer, {0, 0}};
    if (answer != MITIGATED_NO && e.evidence.count > 0)
        memo->seen = e.evidence.items[0].span;
    return memo;
}

static enum grade
step_down(enum grade grade)
{
    return grade > GRADE_CHECK ? (enum grade)(grade - 1) : grade;
}

static enum grade
step_up(enum grade grade)
{
    return grade < GRADE_BLACK ? (enum grade)(grade + 1) : grade;
}

/* False: cancelled.  Mitigators lower by one step, however many there are. */
static bool
mitigate(struct judging *j, const struct rule *rule, struct place *place, struct attempt *attempt)
{
    place->found = arena_new(j->arena, uint32_t, rule->mitigation_count);
    place->missing = arena_new(j->arena, uint32_t, rule->mitigation_count);
    place->denied = arena_new(j->arena, uint32_t, rule->mitigation_count);
    bool lower = false;
    for (uint32_t i = 0; i < rule->mitigation_count; i++) {
        const struct mitigation *m = &rule->mitigations[i];
        uint32_t first, last;
        scope_units(j->document, m->scope, place->unit, &first, &last);
        const struct memo *memo = ask_mitigator(j, m->mitigator, first, last);
        if (attempt)
            array_push(j->arena, &attempt->asked, ((struct asked){m, memo->answer, memo->seen}));
        switch (memo->answer) {
        case MITIGATED_YES:
            if (m->effect == EFFECT_CANCEL)
                return false;
            lower = true;
            place->found[place->found_count++] = m->mitigator;
            break;
        case MITIGATED_NEGATED:
            place->aggravated = true;
            place->denied[place->denied_count++] = m->mitigator;
            break;
        case MITIGATED_NO:
        case MITIGATED_UNASKED:
            if (!j->ruleset->mitigators.items[m->mitigator].unlisted)
                place->missing[place->missing_count++] = m->mitigator;
            break;
        }
    }
    if (place->aggravated)
        place->grade = step_up(place->grade);
    else if (lower)
        place->grade = step_down(place->grade);
    return true;
}

/* Clauses that are not addressed to this reader, or that say nothing of their own. */
static bool
context_drops(const struct judging *j, const struct rule *rule, uint32_t unit)
{
    const struct unit *u = &j->document->units.items[unit];
    uint32_t flags = j->document->clauses.items[u->clause].flags;
    uint32_t silent = CLAUSE_QUOTATION | CLAUSE_CONTENTS | CLAUSE_APPROVAL;
    uint32_t others = j->facts->party == PARTY_BUSINESS ? CLAUSE_CONSUMER : CLAUSE_BUSINESS;
    return u->kind == UNIT_HEADING || (flags & (silent | others) & ~rule->where);
}

static uint32_t
category_index(const struct judging *j, struct str id)
{
    uint32_t i = 0;
    while (i < j->ruleset->categories.count && !str_equal(j->ruleset->categories.items[i].id, id))
        i++;
    return i;
}

/* Notes how a rule fared, for the trace. */
static void
conclude(struct attempt *attempt, enum fate fate)
{
    if (attempt)
        attempt->fate = fate;
}

static uint32_t
words_in(struct str text, struct span span)
{
    uint32_t words = 0;
    for (uint32_t i = span.begin; i < span.end; i++) {
        bool blank = (unsigned char)text.data[i] <= ' ';
        words += !blank && (i == span.begin || (unsigned char)text.data[i - 1] <= ' ');
    }
    return words;
}

/*
 * "o controllare" tells a reader nothing: with what else the rule saw in the unit it does, if that
 * is not too much to be called a mark.
 */
static struct span
readable_mark(const struct document *document, uint32_t unit, struct span anchor,
              const struct evaluation *e)
{
    struct span hull = anchor, own = document->units.items[unit].span;
    if (words_in(document->text, anchor) >= MARK_LEAST)
        return anchor;
    for (uint32_t i = 0; i < e->evidence.count; i++) {
        struct span seen = e->evidence.items[i].span;
        if (seen.begin < own.begin || seen.end > own.end)
            continue;
        struct span wider = {seen.begin < hull.begin ? seen.begin : hull.begin,
                             seen.end > hull.end ? seen.end : hull.end};
        if (words_in(document->text, wider) <= MARK_MOST)
            hull = wider;
    }
    return hull;
}

static void
accept(struct judging *j, const struct rule *rule, struct evaluation *e, uint32_t unit,
       struct span mark, struct attempt *attempt)
{
    const struct family *family = rule->family;
    struct place place = {
        .unit = unit,
        .mark = readable_mark(j->document, unit, mark, e),
        .anchor = mark,
        .rule = rule,
        .grade = family->check && family->grade[j->facts->party] > GRADE_CHECK
                     ? GRADE_CHECK
                     : family->grade[j->facts->party],
        .evidence = e->evidence.items,
        .evidence_count = e->evidence.count,
        .related = e->related,
        .attempt = attempt,
    };
    if (e->referred != GRADE_NONE)
        place.grade = e->referred;
    if (place.grade == GRADE_NONE) {
        conclude(attempt, FATE_UNGRADED);
        return;
    }
    if (!mitigate(j, rule, &place, attempt)) {
        conclude(attempt, FATE_CANCELLED);
        return;
    }
    if (j->document->clauses.items[j->document->units.items[unit].clause].flags & CLAUSE_ELSEWHERE)
        place.grade = step_down(place.grade);
    struct finding_norm *norms = arena_new(j->arena, struct finding_norm, family->norm_count);
    uint32_t count = norms_of(family, j->facts, place.evidence, place.evidence_count, norms);
    if (family->norm_count > 0)
        place.grade = grade_with_norms(place.grade, norms, count);
    conclude(attempt, FATE_ACCEPTED);
    if (attempt)
        attempt->grade = place.grade;
    struct candidate candidate = {category_index(j, family->category), place};
    array_push(j->arena, &j->candidates, candidate);
}

static bool
vetoed(struct evaluation *e, const struct rule *rule)
{
    for (const struct condition *c = rule->unless; c; c = c->next)
        if (evaluate(e, c))
            return true;
    return false;
}

/* NULL unless somebody wants to know. */
static struct attempt *
begin_attempt(struct judging *j, const struct rule *rule, const struct condition *anchor,
              const struct hit *hit)
{
    if (!j->trace)
        return NULL;
    struct attempt *attempt = arena_new(j->arena, struct attempt, 1);
    attempt->rule = rule;
    attempt->anchor = anchor;
    attempt->hit = hit;
    attempt->unit = hit ? hit->unit : 0;
    array_push(j->arena, &j->trace->attempts, attempt);
    return attempt;
}

/* The first `refers` of a tree; NULL: it has none. */
static const struct condition *
refers(const struct condition *c)
{
    const struct condition *found = c && c->kind == CONDITION_REFERS ? c : NULL;
    for (const struct condition *child = c ? c->children : NULL; child && !found;
         child = child->next)
        found = refers(child);
    return found;
}

static void
judge_hit(struct judging *j, const struct rule *rule, const struct condition *anchor,
          const struct hit *hit)
{
    struct attempt *attempt = begin_attempt(j, rule, anchor, hit);
    struct evaluation e = {.document = j->document,
                           .hits = j->hits,
                           .articles = &j->articles,
                           .accepted = j->accepted,
                           .accepted_count = j->accepted_count,
                           .arena = j->arena,
                           .trial = attempt ? &attempt->trial : NULL,
                           .anchor = anchor,
                           .hit = hit};
    if (hit->outside)
        conclude(attempt, FATE_LEADIN);
    else if (context_drops(j, rule, hit->unit))
        conclude(attempt, FATE_CONTEXT);
    else if (!evaluate(&e, rule->when))
        conclude(attempt, FATE_CONDITION);
    else if (vetoed(&e, rule))
        conclude(attempt, FATE_UNLESS);
    else {
        if (e.related.end == 0)
            e.related = evaluate_reference(&e, refers(rule->when));
        accept(j, rule, &e, hit->unit, e.best.end > 0 ? e.best : hit->mark, attempt);
    }
}

static void
judge_anchors(struct judging *j, const struct rule *rule, const struct condition *c)
{
    if (c->kind == CONDITION_MATCH && c->anchor)
        for (uint32_t i = j->hits->first[c->atom]; i < j->hits->first[c->atom + 1]; i++)
            judge_hit(j, rule, c, &j->hits->list[i]);
    if (c->kind != CONDITION_NOT)
        for (const struct condition *child = c->children; child; child = child->next)
            judge_anchors(j, rule, child);
}

/* Something that should be there is not: said at the heading named, else at the first sentence. */
static void
judge_absent(struct judging *j, const struct rule *rule)
{
    struct attempt *attempt = begin_attempt(j, rule, NULL, NULL);
    struct evaluation e = {.document = j->document,
                           .hits = j->hits,
                           .articles = &j->articles,
                           .arena = j->arena,
                           .trial = attempt ? &attempt->trial : NULL,
                           .last_unit = j->document->units.count - 1};
    if (!evaluate(&e, rule->when))
        return;
    uint32_t unit = 0, atom = rule->heading_atom;
    struct span mark = j->document->units.items[0].span;
    for (uint32_t i = atom == ATOM_NONE ? 0 : j->hits->first[atom];
         atom != ATOM_NONE && i < j->hits->first[atom + 1]; i++) {
        const struct hit *hit = &j->hits->list[i];
        if (j->document->units.items[hit->unit].kind == UNIT_HEADING) {
            unit = hit->unit;
            mark = hit->mark;
            break;
        }
    }
    if (attempt)
        attempt->unit = unit;
    accept(j, rule, &e, unit, mark, attempt);
}

/* By unit and category; within these the winner first: gravest, longest mark, id. */
static int
compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->place.unit != y->place.unit)
        return x->place.unit < y->place.unit ? -1 : 1;
    if (x->category != y->category)
        return x->category < y->category ? -1 : 1;
    if (x->place.grade != y->place.grade)
        return x->place.grade > y->place.grade ? -1 : 1;
    uint32_t long_x = span_len(x->place.anchor), long_y = span_len(y->place.anchor);
    if (long_x != long_y)
        return long_x > long_y ? -1 : 1;
    int ids = str_compare(x->place.rule->family->id, y->place.rule->family->id);
    if (ids != 0)
        return ids;
    return x->place.anchor.begin < y->place.anchor.begin
               ? -1
               : x->place.anchor.begin > y->place.anchor.begin;
}

/* One place a (category, unit); the losers' rules are listed on it. */
static uint32_t
settle_overlaps(struct judging *j)
{
    uint32_t kept = 0, count = j->candidates.count;
    struct candidate *c = j->candidates.items;
    if (count > 0)
        qsort(c, count, sizeof *c, compare_candidates);
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        while (end < count && c[end].place.unit == c[i].place.unit &&
               c[end].category == c[i].category)
            end++;
        struct candidate winner = c[i];
        const struct rule **before = winner.place.others;
        winner.place.others =
            arena_new(j->arena, const struct rule *, end - i + winner.place.other_count);
        if (winner.place.other_count > 0) /* of the round before */
            memcpy(winner.place.others, before,
                   winner.place.other_count * sizeof *winner.place.others);
        for (uint32_t k = i + 1; k < end; k++) {
            bool known = c[k].place.rule == winner.place.rule;
            for (uint32_t o = 0; o < winner.place.other_count && !known; o++)
                known = winner.place.others[o] == c[k].place.rule;
            if (!known)
                winner.place.others[winner.place.other_count++] = c[k].place.rule;
        }
        c[kept++] = winner;
        i = end;
    }
    j->candidates.count = kept;
    return kept;
}

static void
remember_accepted(struct judging *j)
{
    uint32_t count = settle_overlaps(j);
    j->accepted = arena_new(j->arena, struct accepted, (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const struct candidate *c = &j->candidates.items[i];
        j->accepted[i] = (struct accepted){j->ruleset->categories.items[c->category].id,
                                           c->place.unit, c->place.grade};
    }
    j->accepted_count = count;
}

static int
compare_by_category(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->category != y->category)
        return x->category < y->category ? -1 : 1;
    return x->place.unit < y->place.unit ? -1 : x->place.unit > y->place.unit;
}

static int
compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->grade != y->grade)
        return x->grade > y->grade ? -1 : 1;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static int
compare_findings(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    uint32_t unit_x = UINT32_MAX, unit_y = UINT32_MAX;
    for (uint32_t i = 0; i < x->place_count; i++)
        unit_x = x->places[i].unit < unit_x ? x->places[i].unit : unit_x;
    for (uint32_t i = 0; i < y->place_count; i++)
        unit_y = y->places[i].unit < unit_y ? y->places[i].unit : unit_y;
    if (unit_x != unit_y)
        return unit_x < unit_y ? -1 : 1;
    return str_compare(x->category, y->category);
}

enum approval
approval_of(const struct document *document, uint32_t clause)
{
    if (!document->has_approval)
        return APPROVAL_NO_LIST;
    struct str path = document->clauses.items[clause].path;
    for (uint32_t i = 0; i < document->approved.count; i++) {
        struct str listed = document->approved.items[i];
        bool under = str_starts(path, listed) &&
                     (path.len == listed.len || path.data[listed.len] == '.' ||
                      path.data[listed.len] == ' ' || path.data[listed.len] == '(');
        if (listed.len > 0 && under)
            return APPROVAL_LISTED;
    }
    return APPROVAL_NOT_LISTED;
}

static void
add_finding(struct judging *j, struct verdict *verdict, const struct candidate *from,
            uint32_t count)
{
    struct finding finding = {
        .category = j->ruleset->categories.items[from->category].id,
        .places = arena_new(j->arena, struct place, count),
        .place_count = count,
    };
    for (uint32_t i = 0; i < count; i++)
        finding.places[i] = from[i].place;
    qsort(finding.places, count, sizeof *finding.places, compare_places);
    const struct place *gravest = &finding.places[0];
    const struct family *family = gravest->rule->family;
    finding.rule = gravest->rule;
    finding.grade = gravest->grade;
    finding.candidate = family->candidate;
    finding.level = level_of(family, finding.grade);
    finding.clause = j->document->units.items[gravest->unit].clause;
    finding.norms = arena_new(j->arena, struct finding_norm, family->norm_count);
    finding.norm_count =
        norms_of(family, j->facts, gravest->evidence, gravest->evidence_count, finding.norms);
    finding.approval = approval_of(j->document, finding.clause);
    array_push(j->arena, &verdict->findings, finding);
}

/* Hits of one category in consecutive units of one clause are one finding. */
static void
group_findings(struct judging *j, struct verdict *verdict)
{
    struct candidate *c = j->candidates.items;
    const struct unit *units = j->document->units.items;
    if (j->candidates.count > 0)
        qsort(c, j->candidates.count, sizeof *c, compare_by_category);
    for (uint32_t i = 0; i < j->candidates.count;) {
        uint32_t end = i + 1;
        while (end < j->candidates.count && c[end].category == c[i].category &&
               c[end].place.unit == c[end - 1].place.unit + 1 &&
               (c[end].place.grade == GRADE_CHECK) == (c[i].place.grade == GRADE_CHECK) &&
               units[c[end].place.unit].clause == units[c[i].place.unit].clause)
            end++;
        add_finding(j, verdict, c + i, end - i);
        i = end;
    }
    if (verdict->findings.count > 0)
        qsort(verdict->findings.items, verdict->findings.count, sizeof(struct finding),
              compare_findings);
}

static void
judge_round(struct judging *j, bool references)
{
    for (uint32_t r = 0; r < j->ruleset->rules.count; r++) {
        const struct rule *rule = &j->ruleset->rules.items[r];
        if (rule->enabled && !rule->absent && (refers(rule->when) != NULL) == references)
            judge_anchors(j, rule, rule->when);
    }
}

void
judge_document(const struct ruleset *ruleset, const struct document *document,
               const struct hits *hits, const struct facts *facts, struct arena *arena,
               struct verdict *verdict, struct trace *trace)
{
    struct judging j = {.ruleset = ruleset,
                        .document = document,
                        .hits = hits,
                        .facts = facts,
                        .arena = arena,
                        .trace = trace,
                        .memo = arena_new(arena, struct memo, MEMO_SIZE)};
    for (uint32_t r = 0; r < ruleset->rules.count; r++)
        verdict->families_searched += ruleset->rules.items[r].enabled;
    if (document->units.count == 0)
        return;
    articles_of(document, arena, &j.articles);
    judge_round(&j, false);
    remember_accepted(&j);
    judge_round(&j, true);
    for (uint32_t r = 0; r < ruleset->rules.count; r++)
        if (ruleset->rules.items[r].enabled && ruleset->rules.items[r].absent)
            judge_absent(&j, &ruleset->rules.items[r]);
    settle_overlaps(&j);
    group_findings(&j, verdict);
}
