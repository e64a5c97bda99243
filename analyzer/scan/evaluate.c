#include "scan/evaluate.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "text/join.h"

enum { TELLING_WORDS = 3 }; /* fewer words say too little alone: the sentence is shown */

/* First hit of an atom at or behind a unit: one binary search. */
static uint32_t
first_hit(const struct hits *hits, uint32_t atom, uint32_t unit)
{
    uint32_t low = hits->first[atom], high = hits->first[atom + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (hits->list[middle].unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void
scope_units(const struct document *document, enum scope scope, uint32_t unit, uint32_t *first,
            uint32_t *last)
{
    const struct clause *clause = &document->clauses.items[document->units.items[unit].clause];
    *first = *last = unit;
    switch (scope) {
    case SCOPE_UNIT:
        return;
    case SCOPE_NEXT:
        if (document->units.items[unit].joined && unit > 0)
            *first = unit - 1;
        if (unit + 1 < document->units.count && document->units.items[unit + 1].joined)
            *last = unit + 1;
        return;
    case SCOPE_CLAUSE:
        *first = clause->first_unit;
        *last = clause->first_unit + clause->unit_count - 1;
        return;
    case SCOPE_SECTION:
        *first = clause->first_unit;
        *last = clause->first_unit + clause->unit_count - 1;
        if (clause->heading >= 0) {
            const struct heading *heading = &document->headings.items[clause->heading];
            const struct clause *from = &document->clauses.items[heading->first_clause];
            const struct clause *to = &document->clauses.items[heading->end_clause - 1];
            *first = from->first_unit;
            *last = to->first_unit + to->unit_count - 1;
        }
        return;
    case SCOPE_HEADING:
        *first = 1;
        *last = 0;
        return;
    case SCOPE_DOCUMENT:
        *first = 0;
        *last = document->units.count - 1;
        return;
    }
}

/* `!user` is whoever may speak for the provider: third parties do not. */
static bool
party_fits(enum role wanted, bool other, uint8_t got)
{
    if (wanted == ROLE_NONE || !other)
        return wanted == ROLE_NONE || got == (uint8_t)wanted;
    return got != (uint8_t)wanted && (wanted != ROLE_USER || got != ROLE_THIRD);
}

static bool
value_fits(int64_t value, const struct condition *c)
{
    return value != VALUE_NONE && value >= c->min && value <= c->max;
}

static enum misfit
attributes_misfit(const struct condition *c, const struct hit *hit)
{
    if (!party_fits(c->subject, c->subject_not, hit->subject))
        return MISFIT_SUBJECT;
    if (!party_fits(c->bearer, false, hit->bearer))
        return MISFIT_BEARER;
    if (c->negated != TRI_ANY && (c->negated == TRI_YES) != hit->negated)
        return MISFIT_NEGATED;
    return c->value.len == 0 || value_fits(hit->values[c->slot], c) ? MISFIT_NONE : MISFIT_VALUE;
}

/* Words between two hits of one unit; 0 when they touch or overlap. */
static uint32_t
distance(const struct hit *a, const struct hit *b)
{
    if (a->last_word < b->first_word)
        return b->first_word - a->last_word - 1u;
    if (b->last_word < a->first_word)
        return a->first_word - b->last_word - 1u;
    return 0;
}

static enum misfit
misfit_of(const struct condition *c, const struct hit *anchor, const struct hit *hit)
{
    enum misfit misfit = attributes_misfit(c, hit);
    if (misfit != MISFIT_NONE || (c->near == 0 && c->order == ORDER_ANY))
        return misfit;
    if (!anchor || hit->unit != anchor->unit)
        return MISFIT_NEAR;
    if (c->near > 0 && distance(anchor, hit) > c->near)
        return MISFIT_NEAR;
    if (c->order == ORDER_BEFORE && hit->first_word >= anchor->first_word)
        return MISFIT_ORDER;
    return c->order == ORDER_AFTER && hit->last_word <= anchor->last_word ? MISFIT_ORDER
                                                                          : MISFIT_NONE;
}

/* For the trace: what the condition asked last saw, the first misfit until something fits. */
static void
note_tried(const struct evaluation *e, const struct hit *hit, enum misfit misfit)
{
    if (!e->trial || e->trial->list.count == 0)
        return;
    struct tried *tried = &e->trial->list.items[e->trial->list.count - 1];
    if (tried->hit && misfit != MISFIT_NONE)
        return;
    tried->hit = hit;
    tried->misfit = misfit;
}

static void
note_evidence(struct evaluation *e, const struct condition *c, const struct hit *hit)
{
    struct evidence evidence = {.name = c->name, .source = c->source, .span = hit->mark};
    array_push(e->arena, &e->evidence, evidence);
    bool beside = c->scope == SCOPE_NEXT || c->scope == SCOPE_CLAUSE || c->scope == SCOPE_SECTION;
    if (e->hit && beside && hit->unit != e->hit->unit &&
        (e->related.end == 0 || c->scope == SCOPE_NEXT))
        e->related = hit->last_word - hit->first_word < TELLING_WORDS - 1
                         ? e->document->units.items[hit->unit].span
                         : hit->mark;
}

static bool
match_in_units(struct evaluation *e, const struct condition *c, uint32_t first, uint32_t last)
{
    for (uint32_t i = first_hit(e->hits, c->atom, first); i < e->hits->first[c->atom + 1]; i++) {
        const struct hit *hit = &e->hits->list[i];
        if (hit->unit > last)
            return false;
        enum misfit misfit = misfit_of(c, e->hit, hit);
        note_tried(e, hit, misfit);
        if (misfit == MISFIT_NONE) {
            note_evidence(e, c, hit);
            return true;
        }
    }
    return false;
}

/* The headings above a unit, nearest first. */
static bool
match_in_headings(struct evaluation *e, const struct condition *c, uint32_t unit)
{
    const struct document *document = e->document;
    int32_t heading = document->clauses.items[document->units.items[unit].clause].heading;
    for (uint32_t depth = 0; heading >= 0 && depth < BOUND_NUMBER_DEPTH; depth++) {
        const struct heading *h = &document->headings.items[heading];
        if (match_in_units(e, c, h->unit, h->unit))
            return true;
        heading = h->parent;
    }
    return false;
}

static bool
evaluate_match(struct evaluation *e, const struct condition *c)
{
    if (c == e->anchor) {
        struct evidence evidence = {.name = c->name, .source = c->source, .span = e->hit->mark};
        array_push(e->arena, &e->evidence, evidence);
        enum misfit misfit = attributes_misfit(c, e->hit);
        note_tried(e, e->hit, misfit);
        return misfit == MISFIT_NONE;
    }
    if (!e->hit && c->scope == SCOPE_UNIT) /* a mitigator's own scope */
        return match_in_units(e, c, e->first_unit, e->last_unit);
    uint32_t unit = e->hit ? e->hit->unit : e->first_unit;
    if (c->scope == SCOPE_HEADING)
        return match_in_headings(e, c, unit);
    uint32_t first, last;
    scope_units(e->document, c->scope, unit, &first, &last);
    return match_in_units(e, c, first, last);
}

static bool
evaluate_value(const struct evaluation *e, const struct condition *c)
{
    return e->hit && c->atom != ATOM_NONE && value_fits(e->hit->values[c->atom], c);
}

static bool
take_referred(struct evaluation *e, const struct condition *c, uint32_t first, uint32_t last)
{
    for (uint32_t i = e->accepted_count; i-- > 0;) {
        const struct accepted *a = &e->accepted[i];
        if (a->unit < first)
            break;
        if (a->unit <= last && str_equal(a->category, c->category) && a->unit != e->hit->unit) {
            e->referred = a->grade;
            e->related = e->document->units.items[a->unit].span;
            if (e->trial)
                e->trial->list.items[e->trial->list.count - 1].referred = e->related;
            return true;
        }
    }
    return false;
}

static int
compare_articles(const void *a, const void *b)
{
    const struct article *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->clause < y->clause ? -1 : x->clause > y->clause;
}

void
articles_of(const struct document *document, struct arena *arena, struct articles *articles)
{
    articles->items = arena_new(arena, struct article, (size_t)document->clauses.count + 1);
    articles->count = 0;
    for (uint32_t i = 0; i < document->clauses.count; i++)
        if (document->clauses.items[i].path.len > 0)
            articles->items[articles->count++] =
                (struct article){article_key(document->clauses.items[i].path), i};
    if (articles->count > 1)
        qsort(articles->items, articles->count, sizeof *articles->items, compare_articles);
}

/* Index of the first clause of a key; the count when there is none. */
static uint32_t
first_article(const struct articles *articles, int64_t key)
{
    uint32_t low = 0, high = articles->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (articles->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < articles->count && articles->items[low].key == key ? low : articles->count;
}
/* Every clause is in a contract of one paper. */
static bool
in_paper(const struct paper *paper, uint32_t clause)
{
    return !paper || clause - paper->first_clause < paper->document->clauses.count;
}

/* What was accepted in an article, of the same paper or of another one of the contract. */
static bool
take_article(struct evaluation *e, const struct condition *c, int64_t article,
             const struct paper *own, bool same_paper)
{
    uint32_t i = first_article(e->articles, article);
    for (; i < e->articles->count && e->articles->items[i].key == article; i++) {
        uint32_t index = e->articles->items[i].clause;
        const struct clause *clause = &e->document->clauses.items[index];
        if (in_paper(own, index) == same_paper &&
            take_referred(e, c, clause->first_unit, clause->first_unit + clause->unit_count - 1))
            return true;
    }
    return false;
}

/* Same clause, else the article named (of the same paper first), else earlier in the section, else
 * the clause before. */
static bool
evaluate_refers(struct evaluation *e, const struct condition *c)
{
    if (!e->hit)
        return false;
    const struct document *document = e->document;
    uint32_t first, last;
    scope_units(document, SCOPE_CLAUSE, e->hit->unit, &first, &last);
    if (take_referred(e, c, first, last))
        return true;
    const struct paper *own =
        document_paper(document, document->units.items[e->hit->unit].span.begin);
    for (uint32_t v = 0; v < 4; v++)
        if (e->hit->values[v] != VALUE_NONE && (take_article(e, c, e->hit->values[v], own, true) ||
                                                take_article(e, c, e->hit->values[v], own, false)))
            return true;
    scope_units(document, SCOPE_SECTION, e->hit->unit, &first, &last);
    if (take_referred(e, c, first, e->hit->unit))
        return true;
    uint32_t clause = document->units.items[e->hit->unit].clause;
    if (clause == (own ? own->first_clause : 0))
        return false;
    const struct clause *before = &document->clauses.items[clause - 1];
    return take_referred(e, c, before->first_unit, e->hit->unit);
}

static bool
contains(const struct condition *c, const struct condition *wanted)
{
    if (c == wanted)
        return true;
    for (const struct condition *child = c->children; child; child = child->next)
        if (contains(child, wanted))
            return true;
    return false;
}

static bool
has_anchor(const struct condition *c)
{
    if (c->anchor)
        return true;
    for (const struct condition *child = c->children; child; child = child->next)
        if (has_anchor(child))
            return true;
    return false;
}

/* What a condition saw in the anchor's own unit, from its first word to its last; {0, 0}: nothing.
 */
static struct span
seen_in_unit(const struct evaluation *e, uint32_t from)
{
    struct span hull = {0, 0};
    struct span unit = e->document->units.items[e->hit->unit].span;
    for (uint32_t i = from; i < e->evidence.count; i++) {
        struct span seen = e->evidence.items[i].span;
        if (seen.begin < unit.begin || seen.end > unit.end)
            continue;
        if (hull.end == 0)
            hull = seen;
        hull.begin = seen.begin < hull.begin ? seen.begin : hull.begin;
        hull.end = seen.end > hull.end ? seen.end : hull.end;
    }
    return hull;
}

/* All children are asked.  What counts against the score is no evidence of it. */
static bool
evaluate_score(struct evaluation *e, const struct condition *c)
{
    int32_t sum = 0, best = 0;
    struct span mark = {0, 0};
    for (const struct condition *child = c->children; child; child = child->next) {
        uint32_t before = e->evidence.count;
        struct span related = e->related;
        if (!evaluate(e, child))
            continue;
        sum += child->weight;
        struct span seen = e->hit ? seen_in_unit(e, before) : (struct span){0, 0};
        if (child->weight > best && seen.end > 0 && has_anchor(child)) {
            best = child->weight;
            mark = seen;
        }
        if (child->weight < 0) {
            e->evidence.count = before;
            e->related = related;
        }
    }
    if (sum < c->threshold)
        return false;
    if (e->anchor && contains(c, e->anchor))
        e->best = mark;
    return true;
}

/* An `any` that holds the anchor is asked for that branch first: it is why we are here. */
static bool
evaluate_any(struct evaluation *e, const struct condition *c)
{
    for (const struct condition *child = c->children; child; child = child->next)
        if (e->anchor && contains(child, e->anchor))
            return evaluate(e, child);
    for (const struct condition *child = c->children; child; child = child->next)
        if (evaluate(e, child))
            return true;
    return false;
}

static bool
evaluate_not(struct evaluation *e, const struct condition *c)
{
    uint32_t evidence = e->evidence.count;
    struct span related = e->related;
    bool any = false;
    for (const struct condition *child = c->children; child && !any; child = child->next)
        any = evaluate(e, child);
    e->evidence.count = evidence; /* what a denied condition saw is no evidence */
    e->related = related;
    return !any;
}

static bool
evaluate_absent(const struct evaluation *e, const struct condition *c)
{
    for (const struct condition *child = c->children; child; child = child->next) {
        uint32_t first = e->hits->first[child->atom];
        if (first == e->hits->first[child->atom + 1])
            continue;
        note_tried(e, &e->hits->list[first], MISFIT_NONE);
        return false;
    }
    return true;
}

static bool
ask(struct evaluation *e, const struct condition *c)
{
    switch (c->kind) {
    case CONDITION_ALL:
        for (const struct condition *child = c->children; child; child = child->next)
            if (!evaluate(e, child))
                return false;
        return true;
    case CONDITION_ANY:
        return evaluate_any(e, c);
    case CONDITION_NOT:
        return evaluate_not(e, c);
    case CONDITION_SCORE:
        return evaluate_score(e, c);
    case CONDITION_MATCH:
        return evaluate_match(e, c);
    case CONDITION_VALUE:
        return evaluate_value(e, c);
    case CONDITION_REFERS:
        return evaluate_refers(e, c);
    case CONDITION_ABSENT:
        return evaluate_absent(e, c);
    }
    return false;
}

/* What a condition saw that does not hold is no evidence. */
static bool
ask_afresh(struct evaluation *e, const struct condition *c)
{
    uint32_t evidence = e->evidence.count;
    struct span related = e->related, best = e->best;
    enum grade referred = e->referred;
    if (ask(e, c))
        return true;
    e->evidence.count = evidence;
    e->related = related;
    e->best = best;
    e->referred = referred;
    return false;
}

bool
evaluate(struct evaluation *e, const struct condition *c)
{
    struct trial *trial = e->trial;
    if (!trial)
        return ask_afresh(e, c);
    uint32_t at = trial->list.count;
    struct tried tried = {.condition = c, .depth = trial->depth++};
    array_push(e->arena, &trial->list, tried);
    bool holds = ask_afresh(e, c);
    trial->list.items[at].holds = holds;
    trial->depth--;
    return holds;
}

/* The first sentence of a clause; {0, 0} when it is but a heading. */
static struct span
first_sentence(const struct document *document, const struct clause *clause)
{
    for (uint32_t i = 0; i < clause->unit_count; i++) {
        const struct unit *unit = &document->units.items[clause->first_unit + i];
        if (unit->kind != UNIT_HEADING)
            return unit->span;
    }
    return (struct span){0, 0};
}

/* Another clause that an article stands for, of the same paper first. */
static struct span
article_sentence(const struct evaluation *e, uint32_t unit, int64_t article)
{
    const struct document *document = e->document;
    const struct paper *own = document_paper(document, document->units.items[unit].span.begin);
    struct span found = {0, 0};
    uint32_t i = first_article(e->articles, article);
    for (; i < e->articles->count && e->articles->items[i].key == article; i++) {
        uint32_t index = e->articles->items[i].clause;
        if (index == document->units.items[unit].clause || (found.end > 0 && !in_paper(own, index)))
            continue;
        struct span span = first_sentence(document, &document->clauses.items[index]);
        if (span.end > 0 && in_paper(own, index))
            return span;
        found = span.end > 0 ? span : found;
    }
    return found;
}

/* Another clause of this contract that the unit names by its article. */
static struct span
cited_clause(const struct evaluation *e, uint32_t unit)
{
    struct span span = {0, 0};
    uint32_t low = 0, high = e->hits->cited_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (e->hits->cited[middle].unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    while (span.end == 0 && low < e->hits->cited_count && e->hits->cited[low].unit == unit)
        span = article_sentence(e, unit, e->hits->cited[low++].key);
    return span;
}

/* The sentence before, in the same paper. */
static struct span
sentence_before(const struct document *document, uint32_t unit)
{
    const struct unit *units = document->units.items;
    bool any = unit > 0 && units[unit - 1].kind != UNIT_HEADING &&
               document_paper(document, units[unit].span.begin) ==
                   document_paper(document, units[unit - 1].span.begin);
    return any ? units[unit - 1].span : (struct span){0, 0};
}

struct span
evaluate_reference(struct evaluation *e, const struct condition *refers)
{
    struct evaluation asked = *e;
    uint32_t unit = e->hit->unit;
    asked.trial = NULL;
    if (refers && ask(&asked, refers))
        return asked.related;
    struct span span = cited_clause(e, unit);
    if (span.end == 0 && e->document->units.items[unit].refers)
        span = sentence_before(e->document, unit);
    return span;
}
