#include "base/bounds.h"
#include "rule/loader.h"
#include "text/fold.h"
#include "text/read.h"

/* `cavillo rules lint`: mistakes that do not keep a rule from working, and the schema. */

enum { HEDGE_WORDS = 6 }; /* a hedge this many words before a forbidden phrase allows it */

/* Schema */

static struct xml_schema *
load_schema(struct loader *loader, const char *const *dirs, uint32_t dir_count, struct error *error)
{
    struct error last = {.text = "no rules folder"};
    for (uint32_t tree = 0; tree < dir_count; tree++) {
        struct source source;
        struct str path = arena_format(loader->arena, "%s/cavillo.rng", dirs[tree]);
        if (read_path(loader->arena, path.data, BOUND_XML_BYTES, &source, &last))
            return xml_schema_load(source.bytes, path.data, error);
    }
    if (error)
        *error = last;
    return NULL;
}

static void
check_schema(struct loader *loader, struct xml_schema *schema, const struct loader_files *files)
{
    for (uint32_t i = 0; i < files->list.count; i++) {
        const struct loader_file *file = &files->list.items[i];
        if (file->root)
            xml_schema_check(schema, file->bytes, file->path, loader->diagnostics);
    }
}

/* Words */

struct words {
    ARRAY(struct str) list;
};

static struct words
fold_words(struct arena *arena, struct str text)
{
    struct words words = {0};
    struct fold fold = fold_new(arena, text.len);
    fold_str(&fold, text);
    struct str rest = {fold.bytes, fold.length};
    struct str word;
    while (str_cut(&rest, ' ', &word)) {
        struct str core = fold_core(word);
        if (core.len > 0)
            array_push(arena, &words.list, core);
    }
    return words;
}

/* Words of the phrase that stands at `at`; 0 = it does not.  A last "*" is any ending. */
static uint32_t
phrase_at(const struct words *words, uint32_t at, struct str phrase)
{
    uint32_t count = 0;
    struct str word;
    while (str_cut(&phrase, ' ', &word)) {
        if (at + count >= words->list.count)
            return 0;
        struct str got = words->list.items[at + count];
        bool stem = str_ends(word, STR("*"));
        if (stem ? !str_starts(got, str_slice(word, 0, word.len - 1)) : !str_equal(got, word))
            return 0;
        count++;
    }
    return count;
}

static bool
hedged(const struct words *words, uint32_t at, const struct word_list *hedges)
{
    uint32_t from = at > HEDGE_WORDS ? at - HEDGE_WORDS : 0;
    for (uint32_t i = from; i < at; i++) {
        for (uint32_t h = 0; h < hedges->count; h++) {
            uint32_t length = phrase_at(words, i, hedges->words[h]);
            if (length > 0 && i + length <= at)
                return true;
        }
    }
    return false;
}

static void
check_words(struct loader *loader, struct str file, uint32_t line, struct str id, const char *what,
            struct str text)
{
    const struct language *language = loader->ruleset->language;
    struct words words = fold_words(loader->arena, text);
    for (uint32_t at = 0; at < words.list.count; at++) {
        for (uint32_t f = 0; f < language->forbidden.count; f++) {
            struct str phrase = language->forbidden.words[f];
            if (phrase_at(&words, at, phrase) > 0 && !hedged(&words, at, &language->hedges))
                diagnostic_add(loader->diagnostics, DIAGNOSTIC_ERROR, file, line, 0,
                               "%.*s, %s: \"%.*s\" claims too much; hedge it (%d words before at "
                               "most) or say what the norm says",
                               STR_ARG(id), what, STR_ARG(phrase), HEDGE_WORDS);
        }
    }
}

/* The language of reports that is the language loaded; -1 = none. */
static int
ui_of(const struct ruleset *ruleset)
{
    struct str rest = STR("it en");
    struct str name;
    for (int ui = 0; str_cut(&rest, ' ', &name); ui++) {
        if (str_equal(name, ruleset->language->id))
            return ui;
    }
    return -1;
}

static void
check_wording(struct loader *loader)
{
    const struct ruleset *ruleset = loader->ruleset;
    int ui = ui_of(ruleset);
    if (ui < 0)
        return;
    for (uint32_t i = 0; i < ruleset->families.count; i++) {
        const struct family *f = &ruleset->families.items[i];
        check_words(loader, f->file, f->line, f->id, "title", f->title.in[ui]);
        check_words(loader, f->file, f->line, f->id, "explain", f->explain.in[ui]);
        check_words(loader, f->file, f->line, f->id, "fix", f->fix.in[ui]);
    }
    struct str file = arena_format(loader->arena, "%s/actions.xml", ruleset->dir);
    for (uint32_t i = 0; i < ruleset->actions.count; i++)
        check_words(loader, file, 0, ruleset->actions.items[i].id, "text",
                    ruleset->actions.items[i].text.in[ui]);
}

/* Atoms, and things nobody uses */

static void
check_atoms(struct loader *loader)
{
    for (uint32_t i = 0; i < loader->ruleset->atoms.count; i++) {
        const struct atom *atom = &loader->ruleset->atoms.items[i];
        if (atom->keys.count == 0)
            diagnostic_add(loader->diagnostics, DIAGNOSTIC_ERROR, atom->file, atom->line, 0,
                           "\"%.*s\" has no key, so it runs on every unit: let it need a word of "
                           "four letters or more, a {lemma}, a set of words, or a span",
                           STR_ARG(atom->source));
    }
}

struct uses {
    struct arena *arena;
    ARRAY(struct str) names;
};

/* Names in {@name} and {..n!@name}. */
static void
collect_uses(struct uses *uses, const struct xml_node *node)
{
    struct str rest = node->text;
    struct str heading = node->name.len > 0 ? xml_attribute(node, "heading") : STR("");
    for (int round = 0; round < 2; round++, rest = heading) {
        while (rest.len > 0) {
            size_t at = str_find(rest, STR("@"));
            rest = at < rest.len ? str_slice(rest, at + 1, rest.len) : STR("");
            size_t end = str_find(rest, STR("}"));
            if (end == rest.len)
                break;
            array_push(uses->arena, &uses->names, str_trim(str_slice(rest, 0, end)));
        }
    }
    for (const struct xml_node *child = node->children; child; child = child->next) {
        if (!xml_is(child, "example"))
            collect_uses(uses, child);
    }
}

static bool
is_used(const struct uses *uses, struct str name)
{
    for (uint32_t i = 0; i < uses->names.count; i++) {
        if (str_equal(uses->names.items[i], name))
            return true;
    }
    return false;
}

static void
check_sets(struct loader *loader, const struct loader_files *files)
{
    struct uses uses = {.arena = loader->arena};
    for (uint32_t i = 0; i < files->list.count; i++) {
        if (files->list.items[i].root)
            collect_uses(&uses, files->list.items[i].root);
    }
    for (uint32_t i = 0; i < files->list.count; i++) {
        const struct xml_node *root = files->list.items[i].root;
        loader->file = files->list.items[i].path;
        for (const struct xml_node *node = root ? xml_element(root->children) : NULL; node;
             node = xml_element(node->next)) {
            struct str name = xml_attribute(node, "name");
            if (xml_is(node, "set") && !is_used(&uses, name))
                loader_warn(loader, node, "set \"%.*s\" is used nowhere: remove it", STR_ARG(name));
        }
    }
}

static bool
mitigator_used(const struct ruleset *ruleset, uint32_t mitigator)
{
    for (uint32_t r = 0; r < ruleset->rules.count; r++) {
        const struct rule *rule = &ruleset->rules.items[r];
        for (uint32_t m = 0; m < rule->mitigation_count; m++) {
            if (rule->mitigations[m].mitigator == mitigator)
                return true;
        }
    }
    return false;
}

static void
check_mitigators(struct loader *loader)
{
    const struct ruleset *ruleset = loader->ruleset;
    struct str file = arena_format(loader->arena, "%s/mitigators.xml", ruleset->dir);
    for (uint32_t i = 0; i < ruleset->mitigators.count; i++) {
        const struct mitigator *m = &ruleset->mitigators.items[i];
        bool used = mitigator_used(ruleset, i);
        if (!used)
            diagnostic_add(loader->diagnostics, DIAGNOSTIC_WARNING, file, 0, 0,
                           "no rule in %.*s is lowered or cancelled by mitigator %.*s",
                           STR_ARG(ruleset->language->id), STR_ARG(m->id));
        else if (!m->when)
            diagnostic_add(loader->diagnostics, DIAGNOSTIC_WARNING, file, 0, 0,
                           "mitigator %.*s has no wording in %.*s, so it is never found",
                           STR_ARG(m->id), STR_ARG(ruleset->language->id));
    }
}

static bool
norm_cited(const struct ruleset *ruleset, const struct norm *norm)
{
    for (uint32_t f = 0; f < ruleset->families.count; f++) {
        const struct family *family = &ruleset->families.items[f];
        for (uint32_t n = 0; n < family->norm_count; n++) {
            if (family->norms[n].norm == norm)
                return true;
        }
    }
    return false;
}

static void
check_law(struct loader *loader)
{
    const struct ruleset *ruleset = loader->ruleset;
    struct str file = arena_format(loader->arena, "%s/norms.xml", ruleset->dir);
    for (uint32_t i = 0; i < ruleset->norms.count; i++) {
        if (!norm_cited(ruleset, &ruleset->norms.items[i]))
            diagnostic_add(loader->diagnostics, DIAGNOSTIC_NOTE, file, 0, 0,
                           "no family cites the norm %.*s", STR_ARG(ruleset->norms.items[i].id));
    }
    for (uint32_t i = 0; i < ruleset->families.count; i++) {
        const struct family *family = &ruleset->families.items[i];
        if (!ruleset_rule(ruleset, family->id))
            diagnostic_add(loader->diagnostics, DIAGNOSTIC_NOTE, family->file, family->line, 0,
                           "%.*s has no wording in %.*s: it is listed as not covered",
                           STR_ARG(family->id), STR_ARG(ruleset->language->id));
    }
}

static bool
check_files(struct loader *loader, struct xml_schema *schema, const char *const *dirs,
            uint32_t dir_count, struct error *error)
{
    static const char *const singles[] = {"categories.xml", "norms.xml",    "actions.xml",
                                          "mitigators.xml", "messages.xml", "labels.xml"};
    struct loader_files law = {0};
    struct loader_files wording = {0};
    struct str folder = arena_str(loader->arena, loader->ruleset->language->id);
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        if (!loader_single(loader, dirs, dir_count, singles[i], &law, error))
            return false;
    }
    if (!loader_folder(loader, dirs, dir_count, "families", &law, error) ||
        !loader_folder(loader, dirs, dir_count, folder.data, &wording, error))
        return false;
    check_schema(loader, schema, &law);
    check_schema(loader, schema, &wording);
    check_sets(loader, &wording);
    return true;
}

bool
ruleset_lint(const struct ruleset *ruleset, const char *const *dirs, uint32_t dir_count,
             struct diagnostics *diagnostics, struct error *error)
{
    struct ruleset seen = *ruleset;
    struct loader loader = {.ruleset = &seen, .arena = ruleset->arena, .diagnostics = diagnostics};
    uint32_t errors = diagnostics->errors;
    struct xml_schema *schema = load_schema(&loader, dirs, dir_count, error);
    if (!schema)
        return false;
    bool read = check_files(&loader, schema, dirs, dir_count, error);
    xml_schema_free(schema);
    if (!read)
        return false;
    check_atoms(&loader);
    check_wording(&loader);
    check_mitigators(&loader);
    check_law(&loader);
    errors = diagnostics->errors - errors;
    return errors == 0 || error_set(error, "%u mistake%s in %s", (unsigned)errors,
                                    errors == 1 ? "" : "s", dirs[0]);
}
