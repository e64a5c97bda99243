#include "scan/needs.h"

struct atom_list {
    ARRAY(uint32_t) atoms;
};

struct gathering {
    struct arena *arena;
    bool *always;
    uint32_t *seen; /* per atom: the rule, counted from 1, that asked for it last */
    uint32_t rule;
    struct atom_list anchors, local; /* of the rule */
};

static void
gather(struct gathering *g, const struct condition *c)
{
    for (; c; c = c->next) {
        bool asks = c->kind == CONDITION_MATCH && c->atom != ATOM_NONE;
        if (asks && c->anchor)
            array_push(g->arena, &g->anchors.atoms, c->atom);
        if (asks && (c->anchor || c->scope != SCOPE_UNIT)) {
            g->always[c->atom] = true;
        } else if (asks && g->seen[c->atom] != g->rule) {
            g->seen[c->atom] = g->rule;
            array_push(g->arena, &g->local.atoms, c->atom);
        }
        gather(g, c->children);
    }
}

/* Everything in a tree that is asked of no anchor. */
static void
always(bool *flags, const struct condition *c)
{
    for (; c; c = c->next) {
        if (c->kind == CONDITION_MATCH && c->atom != ATOM_NONE)
            flags[c->atom] = true;
        always(flags, c->children);
    }
}

static void
gather_rule(struct gathering *g, const struct rule *rule, struct atom_list *lists)
{
    if (rule->heading_atom != ATOM_NONE)
        g->always[rule->heading_atom] = true;
    if (rule->absent) {
        always(g->always, rule->when);
        return;
    }
    g->rule++;
    g->anchors.atoms.count = g->local.atoms.count = 0;
    gather(g, rule->when);
    gather(g, rule->unless);
    for (uint32_t i = 0; i < g->anchors.atoms.count; i++) {
        struct atom_list *list = &lists[g->anchors.atoms.items[i]];
        for (uint32_t k = 0; k < g->local.atoms.count; k++)
            array_push(g->arena, &list->atoms, g->local.atoms.items[k]);
    }
}

struct needs
needs_of(struct arena *arena, const struct ruleset *ruleset)
{
    uint32_t count = ruleset->atoms.count, total = 0;
    struct arena scratch = {0};
    struct atom_list *lists = arena_new(&scratch, struct atom_list, count + 1);
    struct needs needs = {.always = arena_new(arena, bool, count + 1),
                          .first = arena_new(arena, uint32_t, count + 1)};
    struct gathering g = {.arena = &scratch,
                          .always = needs.always,
                          .seen = arena_new(&scratch, uint32_t, count + 1)};
    for (uint32_t r = 0; r < ruleset->rules.count; r++)
        gather_rule(&g, &ruleset->rules.items[r], lists);
    for (uint32_t m = 0; m < ruleset->mitigators.count; m++) {
        always(needs.always, ruleset->mitigators.items[m].when);
        always(needs.always, ruleset->mitigators.items[m].negated);
    }
    for (uint32_t a = 0; a < count; a++)
        total += lists[a].atoms.count;
    needs.asked = arena_new(arena, uint32_t, total + 1);
    for (uint32_t a = 0, at = 0; a < count; a++) {
        needs.first[a] = at;
        for (uint32_t i = 0; i < lists[a].atoms.count; i++)
            needs.asked[at++] = lists[a].atoms.items[i];
        needs.first[a + 1] = at;
    }
    arena_free(&scratch);
    return needs;
}
