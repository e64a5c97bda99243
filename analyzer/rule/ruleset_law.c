#include "base/bounds.h"
#include "rule/loader.h"

/* The law: categories, norms, actions, titles of mitigators, families.  No language. */

static const char kind_category[] = "category";
static const char kind_norm[] = "norm";
static const char kind_action[] = "action";
static const char kind_mitigator[] = "mitigator";
static const char kind_family[] = "family";

static const char grade_names[] = "none check potential grey black";
static const char party_names[] = "consumer free business";
static const char sector_names[] = "digital telecom transport goods finance other";

/* Puts `item` over the one with the same id, or behind the last. */
#define PUT(loader, array, item)                                                                   \
    do {                                                                                           \
        uint32_t put_at = 0;                                                                       \
        while (put_at < (array)->count && !str_equal((array)->items[put_at].id, (item).id))        \
            put_at++;                                                                              \
        if (put_at < (array)->count)                                                               \
            (array)->items[put_at] = (item);                                                       \
        else                                                                                       \
            array_push((loader)->arena, (array), (item));                                          \
    } while (0)

/* Sets `index` to that of an id in one of the ruleset's arrays, or to UINT32_MAX and complains. */
#define FIND(loader, node, array, wanted_id, what, index)                                          \
    do {                                                                                           \
        uint32_t find_at = 0;                                                                      \
        while (find_at < (array)->count && !str_equal((array)->items[find_at].id, wanted_id))      \
            find_at++;                                                                             \
        (index) = find_at < (array)->count ? find_at : UINT32_MAX;                                 \
        /* An array that could not be read is said elsewhere. */                                   \
        if ((index) == UINT32_MAX && ((array)->count > 0 || (loader)->diagnostics->errors == 0)) { \
            struct nearest near = {.wanted = (wanted_id)};                                         \
            for (uint32_t at = 0; at < (array)->count; at++)                                       \
                nearest_try(&near, (array)->items[at].id);                                         \
            struct str hint = nearest_hint((loader)->arena, &near);                                \
            loader_error(loader, node, "no %s \"%.*s\"%.*s", what, STR_ARG(wanted_id),             \
                         STR_ARG(hint));                                                           \
        }                                                                                          \
    } while (0)

void
law_categories(struct loader *loader, const struct xml_node *root)
{
    loader_attributes(loader, root, "");
    for (const struct xml_node *node = xml_element(root->children); node;
         node = xml_element(node->next)) {
        if (!loader_child(loader, node, "category"))
            continue;
        struct category made = {.order = loader->ruleset->categories.count};
        loader_attributes(loader, node, "id");
        loader_no_text(loader, node);
        made.id = loader_need(loader, node, "id");
        for (const struct xml_node *child = xml_element(node->children); child;
             child = xml_element(child->next)) {
            if (loader_child(loader, child, "title"))
                loader_text(loader, child, &made.title);
        }
        loader_both(loader, node, "title", &made.title, false);
        const struct category *old = ruleset_category(loader->ruleset, made.id);
        if (old)
            made.order = old->order;
        if (made.id.len > 0 && loader_id(loader, node, kind_category, made.id))
            PUT(loader, &loader->ruleset->categories, made);
    }
}

/* "" or YYYY-MM-DD. */
static void
check_date(struct loader *loader, const struct xml_node *node, const char *name)
{
    struct str date = xml_attribute(node, name);
    if (date.len > 0 && !str_is_date(date))
        loader_error(loader, node, "%s=\"%.*s\" has to be a date like 2005-10-23, or empty", name,
                     STR_ARG(date));
}

void
law_norms(struct loader *loader, const struct xml_node *root)
{
    struct ruleset *ruleset = loader->ruleset;
    loader_attributes(loader, root, "version checked as-of");
    check_date(loader, root, "checked");
    check_date(loader, root, "as-of");
    if (ruleset->version.len == 0)
        ruleset->version = xml_attribute(root, "version");
    if (ruleset->checked.len == 0)
        ruleset->checked = xml_attribute(root, "checked");
    if (ruleset->as_of.len == 0)
        ruleset->as_of = xml_attribute(root, "as-of");
    for (const struct xml_node *node = xml_element(root->children); node;
         node = xml_element(node->next)) {
        if (!loader_child(loader, node, "norm"))
            continue;
        loader_attributes(loader, node, "id from to");
        loader_no_text(loader, node);
        check_date(loader, node, "from");
        check_date(loader, node, "to");
        struct norm made = {
            .id = loader_need(loader, node, "id"),
            .from = xml_attribute(node, "from"),
            .to = xml_attribute(node, "to"),
        };
        if (made.from.len > 0 && made.to.len > 0 && str_compare(made.from, made.to) > 0)
            loader_error(loader, node, "from is behind to: this norm is never in force");
        for (const struct xml_node *child = xml_element(node->children); child;
             child = xml_element(child->next)) {
            if (loader_child(loader, child, "name says"))
                loader_text(loader, child, xml_is(child, "name") ? &made.name : &made.says);
        }
        loader_both(loader, node, "name", &made.name, false);
        loader_both(loader, node, "says", &made.says, true);
        if (made.id.len > 0 && loader_id(loader, node, kind_norm, made.id))
            PUT(loader, &ruleset->norms, made);
    }
}

void
law_actions(struct loader *loader, const struct xml_node *root)
{
    loader_attributes(loader, root, "");
    for (const struct xml_node *node = xml_element(root->children); node;
         node = xml_element(node->next)) {
        if (!loader_child(loader, node, "action"))
            continue;
        loader_attributes(loader, node, "id");
        loader_no_text(loader, node);
        struct action made = {.id = loader_need(loader, node, "id")};
        for (const struct xml_node *child = xml_element(node->children); child;
             child = xml_element(child->next)) {
            if (loader_child(loader, child, "text"))
                loader_text(loader, child, &made.text);
        }
        loader_both(loader, node, "text", &made.text, false);
        if (made.id.len > 0 && loader_id(loader, node, kind_action, made.id))
            PUT(loader, &loader->ruleset->actions, made);
    }
}

void
law_mitigators(struct loader *loader, const struct xml_node *root)
{
    loader_attributes(loader, root, "");
    for (const struct xml_node *node = xml_element(root->children); node;
         node = xml_element(node->next)) {
        if (!loader_child(loader, node, "mitigator"))
            continue;
        loader_attributes(loader, node, "id listed");
        loader_no_text(loader, node);
        struct mitigator made = {.id = loader_need(loader, node, "id"),
                                 .unlisted = loader_choice(loader, node, "listed", "yes no") == 1};
        for (const struct xml_node *child = xml_element(node->children); child;
             child = xml_element(child->next)) {
            if (loader_child(loader, child, "title"))
                loader_text(loader, child, &made.title);
        }
        loader_both(loader, node, "title", &made.title, false);
        if (made.id.len > 0 && loader_id(loader, node, kind_mitigator, made.id))
            PUT(loader, &loader->ruleset->mitigators, made);
    }
}

static void
add_norm_use(struct loader *loader, const struct xml_node *node, struct family *family)
{
    loader_attributes(loader, node, "ref certainty evidence paid sector concluded party");
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next))
        loader_child(loader, child, "");
    struct str ref = loader_need(loader, node, "ref");
    loader_choice(loader, node, "paid", "yes no");
    loader_words(loader, node, "sector", sector_names);
    loader_choice(loader, node, "concluded", "distance premises");
    loader_words(loader, node, "party", party_names);
    uint32_t index = UINT32_MAX;
    if (ref.len > 0)
        FIND(loader, node, &loader->ruleset->norms, ref, "norm", index);
    if (index == UINT32_MAX)
        return;
    family->norms[family->norm_count++] = (struct norm_use){
        .norm = &loader->ruleset->norms.items[index],
        .candidate = loader_choice(loader, node, "certainty", "candidate certain") == 0,
        .evidence = xml_attribute(node, "evidence"),
        .paid = xml_attribute(node, "paid"),
        .sector = xml_attribute(node, "sector"),
        .concluded = xml_attribute(node, "concluded"),
        .party = xml_attribute(node, "party"),
    };
}

static void
add_actions(struct loader *loader, const struct xml_node *node, struct family *family)
{
    loader_attributes(loader, node, "");
    struct str words = xml_words(loader->arena, node);
    struct str word;
    family->actions = arena_new(loader->arena, const struct action *, words.len / 2 + 1);
    family->action_count = 0;
    while (str_cut(&words, ' ', &word)) {
        uint32_t index;
        FIND(loader, node, &loader->ruleset->actions, word, "action", index);
        if (index < UINT32_MAX)
            family->actions[family->action_count++] = &loader->ruleset->actions.items[index];
    }
}

/* Children given replace what an earlier tree said; those not given stay. */
static void
family_children(struct loader *loader, const struct xml_node *node, struct family *family)
{
    struct bilingual title = {0};
    struct bilingual explain = {0};
    struct bilingual fix = {0};
    uint32_t norms = 0;
    uint32_t children = 0;
    for (const struct xml_node *c = xml_element(node->children); c; c = xml_element(c->next))
        children++;
    for (const struct xml_node *c = xml_element(node->children); c; c = xml_element(c->next)) {
        if (!loader_child(loader, c, "title norm explain fix do"))
            continue;
        if (xml_is(c, "title")) {
            loader_text(loader, c, &title);
        } else if (xml_is(c, "explain")) {
            loader_text(loader, c, &explain);
        } else if (xml_is(c, "fix")) {
            loader_text(loader, c, &fix);
        } else if (xml_is(c, "do")) {
            add_actions(loader, c, family);
        } else {
            if (norms++ == 0) {
                family->norms = arena_new(loader->arena, struct norm_use, children);
                family->norm_count = 0;
            }
            add_norm_use(loader, c, family);
        }
    }
    for (int ui = 0; ui < UI_COUNT; ui++) {
        if (title.in[ui].len > 0)
            family->title.in[ui] = title.in[ui];
        if (explain.in[ui].len > 0)
            family->explain.in[ui] = explain.in[ui];
        if (fix.in[ui].len > 0)
            family->fix.in[ui] = fix.in[ui];
    }
    loader_both(loader, node, "title", &family->title, false);
    loader_both(loader, node, "explain", &family->explain, false);
    loader_both(loader, node, "fix", &family->fix, true);
}

static void
family_grades(struct loader *loader, const struct xml_node *node, struct family *family, bool old)
{
    static const char *const names[PARTY_COUNT] = {"consumer", "free", "business"};
    for (int party = 0; party < PARTY_COUNT; party++) {
        int grade = loader_choice(loader, node, names[party], grade_names);
        if (grade >= 0)
            family->grade[party] = (enum grade)grade;
        else if (grade == -1 && !old)
            loader_error(loader, node, "<family> needs %s=\"...\": a grade (%s)", names[party],
                         grade_names);
    }
}

static void
add_family(struct loader *loader, const struct xml_node *node, struct str category)
{
    struct family made = {.rev = 0};
    loader_attributes(loader, node, "id rev consumer free business certainty status upheld of");
    loader_no_text(loader, node);
    struct str id = loader_need(loader, node, "id");
    const struct family *old = ruleset_family(loader->ruleset, id);
    if (old)
        made = *old;
    made.id = id;
    made.category = category;
    made.file = loader->file;
    made.line = node->line;
    if (!old && id.len > 0)
        loader_need(loader, node, "rev");
    made.rev = (uint32_t)loader_number(loader, node, "rev", 1, 100000, made.rev);
    made.upheld = (uint32_t)loader_number(loader, node, "upheld", 0, 1000000, made.upheld);
    made.of = (uint32_t)loader_number(loader, node, "of", 0, 1000000, made.of);
    if (made.upheld > made.of)
        loader_error(loader, node, "upheld=\"%u\" is more than of=\"%u\"", (unsigned)made.upheld,
                     (unsigned)made.of);
    family_grades(loader, node, &made, old != NULL);
    int certainty = loader_choice(loader, node, "certainty", "candidate certain");
    if (certainty >= 0)
        made.candidate = certainty == 0;
    int status = loader_choice(loader, node, "status", "measured check off");
    if (status >= 0) {
        made.check = status == 1;
        made.off = status == 2;
    }
    family_children(loader, node, &made);
    if (id.len == 0 || !loader_id(loader, node, kind_family, id))
        return;
    if (id.len <= category.len || !str_starts(id, category) || id.data[category.len] != '.')
        loader_error(loader, node, "family id \"%.*s\" has to begin with \"%.*s.\"", STR_ARG(id),
                     STR_ARG(category));
    PUT(loader, &loader->ruleset->families, made);
}

void
law_families(struct loader *loader, const struct xml_node *root)
{
    loader_attributes(loader, root, "category");
    struct str category = loader_need(loader, root, "category");
    uint32_t index = UINT32_MAX;
    if (category.len > 0)
        FIND(loader, root, &loader->ruleset->categories, category, "category", index);
    if (index < UINT32_MAX)
        category = loader->ruleset->categories.items[index].id;
    for (const struct xml_node *node = xml_element(root->children); node;
         node = xml_element(node->next)) {
        if (loader_child(loader, node, "family"))
            add_family(loader, node, category);
    }
}
