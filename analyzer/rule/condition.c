#include "base/bounds.h"
#include "base/hash.h"
#include "rule/loader.h"

/* <when>, <unless>, <negated>: elements -> condition trees, patterns -> atoms. */

static const char scope_names[] = "unit next clause section heading document";
static const char role_names[] = "provider user third";
static const char condition_elements[] = "all any not score match value refers absent";

/* Where in a tree the element being read stands. */
struct standing {
    enum condition_place place;
    uint32_t depth;
    bool scored; /* its parent is a score */
    bool denied; /* under not */
    bool absent; /* under absent */
};

static struct condition *load_children(struct loader *loader, const struct xml_node *parent,
                                       struct standing at);

/* Atoms */

static bool
same_atom(const struct atom *a, const struct atom *b)
{
    bool same = str_equal(a->identity, b->identity) && a->value_count == b->value_count;
    for (uint32_t i = 0; same && i < a->value_count; i++)
        same = str_equal(a->values[i], b->values[i]);
    return same;
}

static void
grow_table(struct loader *loader)
{
    struct atom_table *table = &loader->atoms;
    table->count = table->count ? table->count * 2 : 1024;
    table->slots = arena_new(loader->arena, uint32_t, table->count);
    for (uint32_t i = 0; i < loader->ruleset->atoms.count; i++) {
        uint64_t slot = hash_str(loader->ruleset->atoms.items[i].identity) & (table->count - 1);
        while (table->slots[slot])
            slot = (slot + 1) & (table->count - 1);
        table->slots[slot] = i + 1;
    }
}

/* The index of an atom that matches what this one matches. */
static uint32_t
share_atom(struct loader *loader, const struct atom *atom)
{
    struct ruleset *ruleset = loader->ruleset;
    struct atom_table *table = &loader->atoms;
    if ((ruleset->atoms.count + 1) * 2 > table->count)
        grow_table(loader);
    uint64_t slot = hash_str(atom->identity) & (table->count - 1);
    for (; table->slots[slot]; slot = (slot + 1) & (table->count - 1)) {
        uint32_t index = table->slots[slot] - 1;
        if (same_atom(&ruleset->atoms.items[index], atom))
            return index;
    }
    array_push(loader->arena, &ruleset->atoms, *atom);
    table->slots[slot] = ruleset->atoms.count;
    return ruleset->atoms.count - 1;
}

/* ATOM_NONE, with a diagnostic, when the source is not a pattern. */
static uint32_t
load_atom(struct loader *loader, const struct xml_node *node, struct str source)
{
    struct atom made = {.source = source, .file = loader->file, .line = node->line};
    made.pattern =
        pattern_parse(loader->ruleset->sets, source, loader->file, node->line, loader->diagnostics);
    if (!made.pattern)
        return ATOM_NONE;
    made.identity = pattern_identity(loader->arena, made.pattern);
    if (made.identity.len > BOUND_PATTERN_REGEX) {
        loader_error(loader, node,
                     "this pattern grows to %zu bytes with its sets, at most %d may "
                     "be: split it, or move phrases from sets into rules",
                     made.identity.len, BOUND_PATTERN_REGEX);
        return ATOM_NONE;
    }
    struct str names[5];
    uint32_t count = pattern_values(made.pattern, names, 5);
    if (count > 4)
        loader_error(loader, node, "a pattern names at most four values");
    for (made.value_count = 0; made.value_count < count && made.value_count < 4;) {
        made.values[made.value_count] = names[made.value_count];
        made.value_count++;
    }
    uint32_t index = share_atom(loader, &made);
    struct atom *atom = &loader->ruleset->atoms.items[index];
    if (atom->pattern == made.pattern)
        atom->keys = pattern_keys(loader->arena, made.pattern);
    return index;
}

/* Leaves */

static enum role
role_of(struct loader *loader, const struct xml_node *node, const char *name, bool *other)
{
    struct str value = xml_attribute(node, name);
    struct nearest nearest = {.wanted = value};
    struct str rest = str_of(role_names);
    struct str item;
    if (!value.data)
        return ROLE_NONE;
    if (other && str_starts(value, STR("!"))) {
        *other = true;
        value = str_slice(value, 1, value.len);
    }
    for (int role = ROLE_PROVIDER; str_cut(&rest, ' ', &item); role++) {
        if (str_equal(item, value))
            return (enum role)role;
        nearest_try(&nearest, item);
    }
    struct str hint = nearest_hint(loader->arena, &nearest);
    loader_error(loader, node, "%s=\"%.*s\" is unknown%.*s (known: %s%s)", name, STR_ARG(value),
                 STR_ARG(hint), role_names, other ? ", and ! before one" : "");
    return ROLE_NONE;
}

static void
load_match(struct loader *loader, const struct xml_node *node, struct standing at,
           struct condition *made)
{
    static const char plain[] = "name";
    static const char full[] = "anchor in near order subject bearer negated name weight";
    static const char in_mitigator[] = "anchor in subject bearer negated name weight";
    loader_attributes(loader, node,
                      at.absent                     ? plain
                      : at.place == PLACE_MITIGATOR ? in_mitigator
                                                    : full);
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next))
        loader_child(loader, child, "");
    made->source = xml_words(loader->arena, node);
    made->atom = load_atom(loader, node, made->source);
    made->anchor = loader_choice(loader, node, "anchor", "yes no") == 0;
    int scope = loader_choice(loader, node, "in", scope_names);
    made->scope = scope > 0 ? (enum scope)scope : SCOPE_UNIT;
    made->near = (uint32_t)loader_number(loader, node, "near", 1, 1000, 0);
    int order = loader_choice(loader, node, "order", "before after");
    made->order = order >= 0 ? (enum order)(order + 1) : ORDER_ANY;
    made->subject = role_of(loader, node, "subject", &made->subject_not);
    made->bearer = role_of(loader, node, "bearer", NULL);
    int negated = loader_choice(loader, node, "negated", "yes no");
    made->negated = negated >= 0 ? (enum tri)(negated + 1) : TRI_ANY;
    if ((made->near > 0 || made->order != ORDER_ANY) && made->scope != SCOPE_UNIT)
        loader_error(loader, node,
                     "`near` and `order` count words of the anchor's unit: leave "
                     "`in` out");
    if (at.place == PLACE_MITIGATOR)
        made->anchor = false; /* it only tells a reader whose value is asked */
    if (!made->anchor)
        return;
    if (at.denied || at.place != PLACE_WHEN)
        loader_error(loader, node,
                     "what must not be there cannot be the anchor: take "
                     "anchor=\"yes\" off");
    else if (made->scope != SCOPE_UNIT || made->near > 0 || made->order != ORDER_ANY)
        loader_error(loader, node,
                     "the anchor is where all else is measured from: it takes no "
                     "`in`, `near` or `order`");
}

/* "15", "15 days", "2 months", "100 eur": days, or cents. */
static bool
parse_amount(struct str value, int64_t *amount)
{
    static const struct {
        const char *name;
        int64_t worth;
    } units[] = {
        {"day", 1},    {"days", 1},    {"week", 7},  {"weeks", 7}, {"month", 30}, {"months", 30},
        {"year", 365}, {"years", 365}, {"eur", 100}, {"usd", 100}, {"gbp", 100},
    };
    struct str number;
    struct str unit;
    if (!str_cut(&value, ' ', &number) || !str_number(number, amount) || *amount < 0 ||
        *amount > 1000000000)
        return false;
    if (!str_cut(&value, ' ', &unit))
        return true;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_equal(unit, str_of(units[i].name))) {
            *amount *= units[i].worth;
            return str_trim(value).len == 0;
        }
    }
    return false;
}

static int64_t
amount_of(struct loader *loader, const struct xml_node *node, const char *name, int64_t open)
{
    struct str value = xml_attribute(node, name);
    int64_t amount;
    if (!value.data)
        return open;
    if (parse_amount(value, &amount))
        return amount;
    loader_error(loader, node,
                 "%s=\"%.*s\" is no amount: write \"15 days\", \"3 months\" or "
                 "\"100 eur\"",
                 name, STR_ARG(value));
    return open;
}

/*
 * A mitigator has no anchor: there a <value> bounds the match beside it that names the value, and
 * is no condition of its own.
 */
static void
bound_matches(struct loader *loader, struct condition *all)
{
    struct condition **link = &all->children;
    while (*link) {
        struct condition *value = *link;
        if (value->kind != CONDITION_VALUE) {
            link = &value->next;
            continue;
        }
        bool found = false;
        for (struct condition *c = all->children; c; c = c->next) {
            if (c->kind != CONDITION_MATCH || c->atom == ATOM_NONE)
                continue;
            const struct atom *atom = &loader->ruleset->atoms.items[c->atom];
            for (uint32_t i = 0; i < atom->value_count; i++) {
                if (!str_equal(atom->values[i], value->value))
                    continue;
                found = true;
                c->value = value->value;
                c->slot = i;
                c->min = value->min;
                c->max = value->max;
            }
        }
        if (!found)
            diagnostic_add(loader->diagnostics, DIAGNOSTIC_ERROR, loader->file, value->line, 0,
                           "no <match> beside it names the value \"%.*s\"", STR_ARG(value->value));
        *link = value->next;
    }
}

static void
load_value(struct loader *loader, const struct xml_node *node, struct standing at,
           struct condition *made)
{
    loader_attributes(loader, node, "of min max name weight");
    made->value = loader_need(loader, node, "of");
    made->atom = ATOM_NONE;
    made->min = amount_of(loader, node, "min", INT64_MIN);
    made->max = amount_of(loader, node, "max", INT64_MAX);
    if (made->min == INT64_MIN && made->max == INT64_MAX)
        loader_error(loader, node, "<value> needs min=\"...\" or max=\"...\"");
    else if (made->min > made->max)
        loader_error(loader, node, "min is more than max: this never holds");
    if (at.place == PLACE_MITIGATOR && !xml_is(node->parent, "all"))
        loader_error(loader, node,
                     "in a mitigator <value> stands in an <all>, beside the <match> "
                     "that names the value");
}

static void
load_refers(struct loader *loader, const struct xml_node *node, struct standing at,
            struct condition *made)
{
    loader_attributes(loader, node, "category name weight");
    made->category = loader_need(loader, node, "category");
    if (made->category.len > 0 && !ruleset_category(loader->ruleset, made->category)) {
        struct nearest nearest = {.wanted = made->category};
        for (uint32_t i = 0; i < loader->ruleset->categories.count; i++)
            nearest_try(&nearest, loader->ruleset->categories.items[i].id);
        struct str hint = nearest_hint(loader->arena, &nearest);
        loader_error(loader, node, "no category \"%.*s\"%.*s", STR_ARG(made->category),
                     STR_ARG(hint));
    }
    if (at.place == PLACE_MITIGATOR)
        loader_error(loader, node, "a mitigator cannot refer to other findings");
}

/* Branches */

static void
load_score(struct loader *loader, const struct xml_node *node, struct standing at,
           struct condition *made)
{
    loader_attributes(loader, node, "threshold name weight");
    loader_need(loader, node, "threshold");
    made->threshold = (int32_t)loader_number(loader, node, "threshold", 1, 10000, 1);
    at.scored = true;
    made->children = load_children(loader, node, at);
    int64_t most = 0;
    for (const struct condition *c = made->children; c; c = c->next)
        most += c->weight > 0 ? c->weight : 0;
    if (made->children && most < made->threshold)
        loader_error(loader, node,
                     "all weights together are %lld: the threshold %d is never "
                     "reached",
                     (long long)most, (int)made->threshold);
}

static void
load_branch(struct loader *loader, const struct xml_node *node, struct standing at,
            struct condition *made)
{
    switch (made->kind) {
    case CONDITION_SCORE:
        load_score(loader, node, at, made);
        break;
    case CONDITION_ABSENT:
        loader_attributes(loader, node, "heading name weight");
        at.absent = true;
        at.scored = false;
        made->children = load_children(loader, node, at);
        if (at.place != PLACE_WHEN || at.denied)
            loader_error(loader, node, "<absent> stands in <when>, not under <not>");
        break;
    case CONDITION_NOT:
        at.denied = true;
        /* fall through */
    default:
        loader_attributes(loader, node, "name weight");
        at.scored = false;
        made->children = load_children(loader, node, at);
        break;
    }
    loader_no_text(loader, node);
    if (!made->children)
        loader_error(loader, node, "<%.*s> holds no condition", STR_ARG(node->name));
    if (at.place == PLACE_MITIGATOR && made->kind == CONDITION_ALL)
        bound_matches(loader, made);
}

static struct condition *
load_one(struct loader *loader, const struct xml_node *node, struct standing at)
{
    struct condition *made = arena_new(loader->arena, struct condition, 1);
    struct str rest = str_of(condition_elements);
    struct str name;
    int kind = CONDITION_ALL;
    static const enum condition_kind kinds[] = {
        CONDITION_ALL,   CONDITION_ANY,   CONDITION_NOT,    CONDITION_SCORE,
        CONDITION_MATCH, CONDITION_VALUE, CONDITION_REFERS, CONDITION_ABSENT,
    };
    while (str_cut(&rest, ' ', &name) && !str_equal(name, node->name))
        kind++;
    made->kind = kinds[kind];
    made->line = node->line;
    made->name = xml_attribute(node, "name");
    made->atom = ATOM_NONE;
    made->weight = (int32_t)loader_number(loader, node, "weight", -1000, 1000, at.scored ? 1 : 0);
    if (xml_attribute(node, "weight").data && !at.scored)
        loader_error(loader, node, "`weight` counts only directly under <score>");
    if (at.absent && made->kind != CONDITION_MATCH)
        loader_error(loader, node, "<absent> holds <match> only");
    else if (made->kind == CONDITION_MATCH)
        load_match(loader, node, at, made);
    else if (made->kind == CONDITION_VALUE)
        load_value(loader, node, at, made);
    else if (made->kind == CONDITION_REFERS)
        load_refers(loader, node, at, made);
    else
        load_branch(loader, node, at, made);
    return made;
}

static struct condition *
load_children(struct loader *loader, const struct xml_node *parent, struct standing at)
{
    struct condition *first = NULL;
    struct condition **tail = &first;
    if (++at.depth > BOUND_CONDITION_DEPTH) {
        loader_error(loader, parent, "more than %d conditions within each other",
                     BOUND_CONDITION_DEPTH);
        return NULL;
    }
    for (const struct xml_node *node = xml_element(parent->children); node;
         node = xml_element(node->next)) {
        if (!loader_child(loader, node, condition_elements))
            continue;
        *tail = load_one(loader, node, at);
        tail = &(*tail)->next;
    }
    return first;
}

static struct condition *
wrap_any(struct loader *loader, struct condition *first)
{
    struct condition *any = arena_new(loader->arena, struct condition, 1);
    any->kind = CONDITION_ANY;
    any->atom = ATOM_NONE;
    any->line = first->line;
    any->children = first;
    return any;
}

struct condition *
condition_load(struct loader *loader, const struct xml_node *parent, enum condition_place place)
{
    struct standing at = {.place = place};
    loader_no_text(loader, parent);
    loader_attributes(loader, parent, "");
    struct condition *first = load_children(loader, parent, at);
    if (!first)
        loader_error(loader, parent, "<%.*s> holds no condition", STR_ARG(parent->name));
    else if (first->next && place == PLACE_MITIGATOR && xml_is(parent, "negated"))
        first = wrap_any(loader, first);
    else if (first->next && place != PLACE_UNLESS)
        loader_error(loader, parent, "<%.*s> holds one condition: put these into <all> or <any>",
                     STR_ARG(parent->name));
    return first;
}

uint32_t
condition_heading(struct loader *loader, const struct xml_node *when)
{
    for (const struct xml_node *node = xml_element(when->children); node;
         node = xml_element(node->next)) {
        struct str heading = xml_attribute(node, "heading");
        if (xml_is(node, "absent") && heading.data)
            return load_atom(loader, node, heading);
        uint32_t below = condition_heading(loader, node);
        if (below != ATOM_NONE)
            return below;
    }
    return ATOM_NONE;
}
