#include "base/bounds.h"
#include "base/out.h"
#include "rule/loader.h"

/* The wording in one language: sets, mitigators, rules with their examples. */

static const char kind_set[] = "set";
static const char kind_wording[] = "wording of";
static const char kind_rule[] = "rule";

enum { EXAMPLES_NEEDED = 3 };

/* Sets */

/*
 * Items part at commas.  A line break parts them too, so one in mid-phrase would silently make two
 * items of it: it has to follow a comma.
 */
static void
check_breaks(struct loader *loader, const struct xml_node *node, struct str items)
{
    uint32_t line = node->line;
    int depth = 0;
    char last = ',';
    struct str trimmed = str_trim(items);
    size_t end = (size_t)(trimmed.data - items.data) + trimmed.len;
    for (size_t i = 0; i < end; i++) {
        char c = items.data[i];
        depth += (c == '(' || c == '{') - (c == ')' || c == '}');
        if (c == '\n') {
            if (depth <= 0 && last != ',')
                diagnostic_add(loader->diagnostics, DIAGNOSTIC_ERROR, loader->file, line, 0,
                               "one item or two? end an item with a comma, or keep it on one "
                               "line");
            last = ',';
            line++;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            last = c;
        }
    }
}

static void
add_set(struct loader *loader, const struct xml_node *node)
{
    loader_attributes(loader, node, "name");
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next))
        loader_child(loader, child, "");
    struct str name = loader_need(loader, node, "name");
    struct str items = xml_text(loader->arena, node);
    if (name.len == 0 || !loader_id(loader, node, kind_set, name))
        return;
    check_breaks(loader, node, items);
    /* Later trees are read first: what they define stays. */
    pattern_sets_add(loader->ruleset->sets, name, items, loader->file, node->line);
}

/* {@negation} is there even if no file defines it: the words of language.xml. */
static void
add_negation(struct loader *loader)
{
    const struct language *language = loader->ruleset->language;
    struct out *out = out_memory();
    for (uint32_t i = 0; i < language->negation.count; i++) {
        struct str word = language->negation.words[i];
        if (i > 0)
            out_str(out, STR(", "));
        if (str_ends(word, STR("_"))) { /* folded: né is ne_; a pattern folds ne' to it again */
            out_str(out, str_slice(word, 0, word.len - 1));
            out_char(out, '\'');
        } else {
            out_str(out, word);
        }
    }
    struct str items = arena_str(loader->arena, out_written(out));
    out_abandon(out);
    struct str file = arena_format(loader->arena, "%s/language.xml", language->dir);
    if (items.len > 0)
        pattern_sets_add(loader->ruleset->sets, STR("negation"), items, file, 0);
}

/* Mitigators */

static uint32_t
find_mitigator(struct loader *loader, const struct xml_node *node, struct str id)
{
    const struct ruleset *ruleset = loader->ruleset;
    struct nearest nearest = {.wanted = id};
    for (uint32_t i = 0; i < ruleset->mitigators.count; i++) {
        if (str_equal(ruleset->mitigators.items[i].id, id))
            return i;
    }
    for (uint32_t i = 0; i < ruleset->mitigators.count; i++)
        nearest_try(&nearest, ruleset->mitigators.items[i].id);
    struct str hint = nearest_hint(loader->arena, &nearest);
    loader_error(loader, node, "no mitigator \"%.*s\" in mitigators.xml%.*s", STR_ARG(id),
                 STR_ARG(hint));
    return UINT32_MAX;
}

static void
add_mitigator(struct loader *loader, const struct xml_node *node)
{
    loader_attributes(loader, node, "id");
    loader_no_text(loader, node);
    struct str id = loader_need(loader, node, "id");
    uint32_t index = id.len > 0 ? find_mitigator(loader, node, id) : UINT32_MAX;
    if (index == UINT32_MAX || !loader_id(loader, node, kind_wording, id))
        return;
    struct mitigator *mitigator = &loader->ruleset->mitigators.items[index];
    mitigator->when = NULL;
    mitigator->negated = NULL;
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next)) {
        if (!loader_child(loader, child, "when negated"))
            continue;
        bool when = xml_is(child, "when");
        struct condition **place = when ? &mitigator->when : &mitigator->negated;
        if (*place)
            loader_error(loader, child, "a second <%s>", when ? "when" : "negated");
        *place = condition_load(loader, child, PLACE_MITIGATOR);
    }
    if (!mitigator->when)
        loader_error(loader, node, "<mitigator> needs a <when>");
}

/* Rules */

struct mitigations {
    ARRAY(struct mitigation) list;
};

static void
add_mitigations(struct loader *loader, const struct xml_node *node, struct mitigations *mitigations)
{
    loader_attributes(loader, node, "by in");
    struct str by = loader_need(loader, node, "by");
    int scope = loader_choice(loader, node, "in", "unit next clause section heading document");
    struct mitigation made = {
        .effect = xml_is(node, "cancel") ? EFFECT_CANCEL : EFFECT_LOWER,
        .scope = scope >= 0 ? (enum scope)scope : SCOPE_CLAUSE,
    };
    struct str id;
    while (str_cut(&by, ' ', &id)) {
        made.mitigator = find_mitigator(loader, node, id);
        if (made.mitigator != UINT32_MAX)
            array_push(loader->arena, &mitigations->list, made);
    }
}

/* An example while its lines are tidied: each trimmed, empty ones dropped. */
struct example_text {
    struct arena *arena;
    ARRAY(char) bytes;
    uint32_t marks;
    struct span mark;
};

static void
trim_end(struct example_text *text)
{
    while (text->bytes.count > 0 && (text->bytes.items[text->bytes.count - 1] == ' ' ||
                                     text->bytes.items[text->bytes.count - 1] == '\t'))
        text->bytes.count--;
}

static void
append_text(struct example_text *text, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        bool fresh = text->bytes.count == 0 || text->bytes.items[text->bytes.count - 1] == '\n';
        if (c == '\r' || (fresh && (c == ' ' || c == '\t' || c == '\n')))
            continue;
        if (c == '\n')
            trim_end(text);
        array_push(text->arena, &text->bytes, c);
    }
}

static void
read_example(struct loader *loader, const struct xml_node *node, struct example_text *text)
{
    for (const struct xml_node *child = node->children; child; child = child->next) {
        if (child->name.len == 0) {
            append_text(text, child->text);
        } else if (loader_child(loader, child, "mark")) {
            loader_attributes(loader, child, "");
            struct str inside = str_trim(xml_text(loader->arena, child));
            uint32_t begin = text->bytes.count;
            append_text(text, inside);
            text->mark = (struct span){begin, text->bytes.count};
            text->marks++;
            if (inside.len == 0 || str_find(inside, STR("\n")) < inside.len)
                loader_error(loader, child, "a mark holds words of one line");
        }
    }
    trim_end(text);
    while (text->bytes.count > 0 && text->bytes.items[text->bytes.count - 1] == '\n')
        text->bytes.count--;
    array_push(loader->arena, &text->bytes, '\0');
}

static void
add_example(struct loader *loader, const struct xml_node *node, struct rule *rule)
{
    struct example *made = &rule->examples[rule->example_count++];
    struct example_text text = {.arena = loader->arena};
    loader_attributes(loader, node, "kind expect");
    loader_need(loader, node, "kind");
    made->match = loader_choice(loader, node, "kind", "match no-match") == 0;
    made->fails = loader_choice(loader, node, "expect", "fail") == 0;
    made->line = node->line;
    read_example(loader, node, &text);
    made->text = (struct str){text.bytes.items, text.bytes.count - 1};
    made->mark = text.mark;
    if (made->text.len == 0)
        loader_error(loader, node, "an example needs words");
    if (!made->match && text.marks > 0)
        loader_error(loader, node, "a no-match example has nothing to <mark>");
    if (made->match && rule->absent && text.marks > 0)
        loader_error(loader, node, "this rule fires where words are absent: leave <mark> out");
    if (made->match && !rule->absent && text.marks != 1)
        loader_error(loader, node,
                     "a match example has the words of the anchor in exactly one "
                     "<mark>, not %u",
                     (unsigned)text.marks);
}

static void
rule_children(struct loader *loader, const struct xml_node *node, struct rule *rule)
{
    static const char known[] = "when unless lower cancel example";
    struct condition **veto = &rule->unless;
    struct mitigations mitigations = {0};
    uint32_t examples = 0;
    for (const struct xml_node *c = xml_element(node->children); c; c = xml_element(c->next)) {
        if (!loader_child(loader, c, known))
            continue;
        if (xml_is(c, "example")) {
            examples++;
        } else if (xml_is(c, "unless")) {
            *veto = condition_load(loader, c, PLACE_UNLESS);
            while (*veto)
                veto = &(*veto)->next;
        } else if (!xml_is(c, "when")) {
            add_mitigations(loader, c, &mitigations);
        } else if (rule->when) {
            loader_error(loader, c, "a second <when>: put both into one <any>");
        } else {
            rule->when = condition_load(loader, c, PLACE_WHEN);
            rule->heading_atom = condition_heading(loader, c);
        }
    }
    if (!rule->when)
        loader_error(loader, node, "<rule> needs a <when>");
    condition_finish(loader, node, rule);
    rule->mitigations = mitigations.list.items;
    rule->mitigation_count = mitigations.list.count;
    rule->examples = arena_new(loader->arena, struct example, examples);
    uint32_t matches = 0;
    for (const struct xml_node *c = xml_element(node->children); c; c = xml_element(c->next)) {
        if (!xml_is(c, "example"))
            continue;
        add_example(loader, c, rule);
        matches += rule->examples[rule->example_count - 1].match;
    }
    if (matches < EXAMPLES_NEEDED || examples - matches < EXAMPLES_NEEDED)
        loader_error(loader, node, "%u match and %u no-match examples: %d of each are needed",
                     (unsigned)matches, (unsigned)(examples - matches), EXAMPLES_NEEDED);
}

/* liability.* stands in liability.xml, or in liability-SOMETHING.xml. */
static void
check_id(struct loader *loader, const struct xml_node *node, struct str id)
{
    size_t dot = str_find(id, STR("."));
    struct str category = str_slice(id, 0, dot);
    struct str stem = loader->stem;
    if (!str_equal(category, stem) &&
        !(str_starts(stem, category) && stem.len > dot && stem.data[dot] == '-'))
        loader_warn(loader, node, "rule \"%.*s\" is looked for in %.*s.xml, not in %.*s.xml",
                    STR_ARG(id), STR_ARG(category), STR_ARG(stem));
}

static void
add_rule(struct loader *loader, const struct xml_node *node)
{
    struct ruleset *ruleset = loader->ruleset;
    struct rule made = {
        .heading_atom = ATOM_NONE,
        .file = loader->file,
        .line = node->line,
    };
    loader_attributes(loader, node, "id where");
    loader_no_text(loader, node);
    if (loader_choice(loader, node, "where", "approval") == 0)
        made.where = CLAUSE_APPROVAL;
    struct str id = loader_need(loader, node, "id");
    if (id.len == 0 || !loader_id(loader, node, kind_rule, id))
        return;
    made.family = ruleset_family(ruleset, id);
    if (!made.family) {
        struct nearest nearest = {.wanted = id, .best = ruleset_nearest(ruleset, id)};
        struct str hint = nearest_hint(loader->arena, &nearest);
        loader_error(loader, node, "no family \"%.*s\" in families/%.*s", STR_ARG(id),
                     STR_ARG(hint));
        return;
    }
    made.enabled = !made.family->off;
    check_id(loader, node, id);
    rule_children(loader, node, &made);
    for (uint32_t i = 0; i < ruleset->rules.count; i++) {
        if (ruleset->rules.items[i].family == made.family) {
            ruleset->rules.items[i] = made;
            return;
        }
    }
    array_push(loader->arena, &ruleset->rules, made);
}

static bool
is_wording(const struct loader_file *file)
{
    return !str_equal(file->stem, STR("language")) && !str_equal(file->stem, STR("forms"));
}

static void
read_sets(struct loader *loader, const struct loader_files *files)
{
    for (uint32_t i = files->list.count; i-- > 0;) {
        const struct loader_file *file = &files->list.items[i];
        const struct xml_node *root =
            is_wording(file) ? loader_enter(loader, file, "wording") : NULL;
        for (const struct xml_node *node = root ? xml_element(root->children) : NULL; node;
             node = xml_element(node->next)) {
            if (xml_is(node, "set"))
                add_set(loader, node);
        }
    }
    add_negation(loader);
    pattern_sets_check(loader->ruleset->sets, loader->diagnostics);
}

void
wording_load(struct loader *loader, const struct loader_files *files)
{
    struct str language = loader->ruleset->language->id;
    read_sets(loader, files);
    for (uint32_t i = 0; i < files->list.count; i++) {
        const struct loader_file *file = &files->list.items[i];
        const struct xml_node *root = file->root;
        if (!is_wording(file) || !root || !xml_is(root, "wording"))
            continue;
        loader->file = file->path;
        loader->stem = file->stem;
        loader->tree = file->tree;
        loader_attributes(loader, root, "lang");
        if (!str_equal(loader_need(loader, root, "lang"), language))
            loader_error(loader, root, "lang=\"...\" has to be \"%.*s\" in this folder",
                         STR_ARG(language));
        for (const struct xml_node *node = xml_element(root->children); node;
             node = xml_element(node->next)) {
            if (!loader_child(loader, node, "set mitigator rule"))
                continue;
            if (xml_is(node, "rule"))
                add_rule(loader, node);
            else if (xml_is(node, "mitigator"))
                add_mitigator(loader, node);
        }
    }
}
