#include "rule/loader.h"

/* A rule as a whole: which of its conditions is judged and marked, and whether it can ever fire. */

static void
complain(struct loader *loader, enum diagnostic_level level, const struct condition *c,
         const char *text)
{
    diagnostic_add(loader->diagnostics, level, loader->file, c->line, 0, "%s", text);
}

static bool
has_anchor(const struct condition *c)
{
    if (c->kind == CONDITION_MATCH && c->anchor)
        return true;
    for (const struct condition *child = c->children; child; child = child->next) {
        if (has_anchor(child))
            return true;
    }
    return false;
}

static bool
has_absent(const struct condition *c)
{
    if (c->kind == CONDITION_ABSENT)
        return true;
    for (const struct condition *child = c->children; child; child = child->next) {
        if (has_absent(child))
            return true;
    }
    return false;
}

static bool
can_anchor(const struct condition *c)
{
    return c->kind == CONDITION_MATCH && c->scope == SCOPE_UNIT && c->near == 0 &&
           c->order == ORDER_ANY;
}

/*
 * The anchors of a tree: those written out; else the first child of an `all`.  Every branch of an
 * `any` has its own, and every child of a `score` that counts for it.  False: it has none.
 */
static bool
choose_anchors(struct loader *loader, struct condition *c)
{
    bool named = has_anchor(c);
    bool found = false;
    switch (c->kind) {
    case CONDITION_MATCH:
        c->anchor = c->anchor || can_anchor(c);
        return c->anchor;
    case CONDITION_ANY:
        for (struct condition *child = c->children; child; child = child->next)
            found = choose_anchors(loader, child) || found;
        for (struct condition *child = c->children; found && child; child = child->next) {
            if (!has_anchor(child))
                complain(loader, DIAGNOSTIC_WARNING, child,
                         "this branch has no anchor, so nothing is ever marked by it");
        }
        return found;
    case CONDITION_ALL:
    case CONDITION_SCORE:
        for (struct condition *child = c->children; child; child = child->next) {
            if (named && !has_anchor(child))
                continue;
            if (c->kind == CONDITION_SCORE && child->weight <= 0)
                continue; /* where only this holds, no score is reached */
            found = choose_anchors(loader, child) || found;
            if (found && !named && c->kind == CONDITION_ALL)
                break;
        }
        return found;
    case CONDITION_NOT:
    case CONDITION_VALUE:
    case CONDITION_ABSENT:
    case CONDITION_REFERS:
        return false;
    }
    return false;
}

/* What the anchors of a tree say of a value's name. */
struct value_search {
    struct str name;
    uint32_t index;
    bool found;
    bool differs; /* an anchor has other values where this one has the named */
};

static void
search_value(const struct loader *loader, const struct condition *c, struct value_search *search)
{
    if (c->kind == CONDITION_MATCH && c->anchor && c->atom != ATOM_NONE) {
        const struct atom *atom = &loader->ruleset->atoms.items[c->atom];
        uint32_t index = 0;
        while (index < atom->value_count && !str_equal(atom->values[index], search->name))
            index++;
        if (index < atom->value_count) {
            search->differs = search->differs || (search->found && search->index != index);
            search->found = true;
            search->index = index;
        } else if (atom->value_count > 0) {
            search->differs = true;
        }
    }
    for (const struct condition *child = c->children; child; child = child->next)
        search_value(loader, child, search);
}

/* `scope`: the smallest tree around `c` that holds an anchor; its anchors are who is asked. */
static void
resolve_values(struct loader *loader, struct condition *c, const struct condition *scope)
{
    for (; c; c = c->next) {
        const struct condition *inner = has_anchor(c) ? c : scope;
        if (c->kind == CONDITION_VALUE && c->value.len > 0) {
            struct value_search search = {.name = c->value};
            search_value(loader, scope, &search);
            c->atom = search.found ? search.index : ATOM_NONE;
            if (!search.found)
                diagnostic_add(loader->diagnostics, DIAGNOSTIC_ERROR, loader->file, c->line, 0,
                               "the anchor names no value \"%.*s\": write {duration:%.*s} or "
                               "{money:%.*s} in its pattern",
                               STR_ARG(c->value), STR_ARG(c->value), STR_ARG(c->value));
            else if (search.differs)
                complain(loader, DIAGNOSTIC_ERROR, c,
                         "the anchors asked here name different values: give each branch of the "
                         "<any> its own <value>");
        }
        resolve_values(loader, c->children, inner);
    }
}

/* A plain match of the unit: it holds whenever its pattern is there. */
static bool
is_plain(const struct condition *c)
{
    return can_anchor(c) && c->subject == ROLE_NONE && c->bearer == ROLE_NONE &&
           c->negated == TRI_ANY && c->atom != ATOM_NONE;
}

/* Whether a tree asks for this atom in the unit, other than under `not`. */
static bool
asks_for(const struct condition *c, uint32_t atom)
{
    if (c->kind == CONDITION_NOT || c->kind == CONDITION_ABSENT)
        return false;
    if (c->kind == CONDITION_MATCH)
        return c->atom == atom && c->scope == SCOPE_UNIT;
    for (const struct condition *child = c->children; child; child = child->next) {
        if (asks_for(child, atom))
            return true;
    }
    return false;
}

static void
check_vetoes(struct loader *loader, const struct rule *rule, const struct condition *veto)
{
    for (; veto; veto = veto->next) {
        if (veto->kind == CONDITION_ANY)
            check_vetoes(loader, rule, veto->children);
        else if (is_plain(veto) && asks_for(rule->when, veto->atom))
            complain(loader, DIAGNOSTIC_ERROR, veto,
                     "the same pattern stands in <when>: together they never hold");
    }
}

/* "danni" and not "danni"; a value of at least 30 days and at most 15. */
static void
check_contradictions(struct loader *loader, const struct condition *all)
{
    for (const struct condition *c = all->children; c; c = c->next)
        check_contradictions(loader, c);
    if (all->kind != CONDITION_ALL)
        return;
    for (const struct condition *c = all->children; c; c = c->next) {
        for (const struct condition *denied = c->kind == CONDITION_NOT ? c->children : NULL; denied;
             denied = denied->next) {
            for (const struct condition *other = all->children; other && is_plain(denied);
                 other = other->next)
                if (other != c && other->kind == CONDITION_MATCH && other->atom == denied->atom &&
                    other->scope == SCOPE_UNIT)
                    complain(loader, DIAGNOSTIC_ERROR, denied,
                             "the same pattern is asked for beside this <not>: together they never "
                             "hold");
        }
        for (const struct condition *other = c->next; other && c->kind == CONDITION_VALUE;
             other = other->next)
            if (other->kind == CONDITION_VALUE && str_equal(other->value, c->value) &&
                (other->min > c->max || c->min > other->max))
                complain(loader, DIAGNOSTIC_ERROR, other,
                         "another <value> beside it leaves no room for this one: together they "
                         "never hold");
    }
}

bool
condition_named(const struct condition *condition, struct str name)
{
    for (; condition; condition = condition->next) {
        if (str_equal(condition->name, name) || condition_named(condition->children, name))
            return true;
    }
    return false;
}

static void
check_evidence(struct loader *loader, const struct xml_node *node, const struct rule *rule)
{
    for (uint32_t i = 0; i < rule->family->norm_count; i++) {
        const struct norm_use *use = &rule->family->norms[i];
        if (use->evidence.len > 0 && !condition_named(rule->when, use->evidence))
            loader_error(loader, node,
                         "%.*s cites %.*s on evidence=\"%.*s\", but no condition here "
                         "has that name",
                         STR_ARG(rule->family->id), STR_ARG(use->norm->id), STR_ARG(use->evidence));
    }
}

void
condition_finish(struct loader *loader, const struct xml_node *node, struct rule *rule)
{
    if (!rule->when)
        return;
    if (!choose_anchors(loader, rule->when)) {
        rule->absent = has_absent(rule->when);
        if (!rule->absent)
            complain(loader, DIAGNOSTIC_ERROR, rule->when,
                     "nothing here can be marked: one <match> of the unit, without `near` and "
                     "`order`, has to be the anchor");
    }
    resolve_values(loader, rule->when, rule->when);
    resolve_values(loader, rule->unless, rule->when);
    check_vetoes(loader, rule, rule->unless);
    check_contradictions(loader, rule->when);
    check_evidence(loader, node, rule);
}
