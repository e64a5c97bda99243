#include "rule/ruleset.h"

#include "base/bounds.h"
#include "rule/loader.h"

/* Loading as a whole, and looking things up. */

/* One kind of law file: those needed have to be in one tree at least. */
struct law_part {
    const char *path;
    bool folder;
    bool needed;
    void (*read)(struct loader *loader, const struct xml_node *root);
    const char *root;
};

static const struct law_part law_parts[] = {
    {"categories.xml", false, true, law_categories, "categories"},
    {"norms.xml", false, true, law_norms, "norms"},
    {"actions.xml", false, true, law_actions, "actions"},
    {"mitigators.xml", false, true, law_mitigators, "mitigators"},
    {"families", true, true, law_families, "families"},
};

bool
ruleset_load_law(struct ruleset *ruleset, struct arena *arena, const char *const *dirs,
                 uint32_t dir_count, struct diagnostics *diagnostics, struct error *error)
{
    *ruleset = (struct ruleset){.arena = arena, .dir = dir_count > 0 ? dirs[0] : NULL};
    struct loader loader = {.ruleset = ruleset, .arena = arena, .diagnostics = diagnostics};
    struct loader_files all = {0};
    for (size_t p = 0; p < sizeof law_parts / sizeof *law_parts; p++) {
        const struct law_part *part = &law_parts[p];
        struct loader_files files = {0};
        bool read = part->folder
                        ? loader_folder(&loader, dirs, dir_count, part->path, &files, error)
                        : loader_single(&loader, dirs, dir_count, part->path, &files, error);
        if (!read)
            return false;
        if (files.list.count == 0 && part->needed)
            return error_set(error, "%s/%s: no such %s; is this a folder of cavillo rules?",
                             dir_count > 0 ? dirs[0] : ".", part->path,
                             part->folder ? "folder" : "file");
        for (uint32_t i = 0; i < files.list.count; i++) {
            const struct loader_file *file = &files.list.items[i];
            const struct xml_node *root = loader_enter(&loader, file, part->root);
            if (root)
                part->read(&loader, root);
            array_push(arena, &all.list, *file);
        }
    }
    loader_digest(&loader, &all);
    return diagnostics->errors == 0 ||
           error_set(error, "%s: %u mistake%s in rule files", dirs[0],
                     (unsigned)diagnostics->errors, diagnostics->errors == 1 ? "" : "s");
}

void
ruleset_copy_law(struct ruleset *copy, const struct ruleset *law, struct arena *arena)
{
    *copy = *law;
    copy->arena = arena;
    /* What loading a wording adds to must not be shared. */
    copy->files.items = NULL;
    copy->files.count = copy->files.capacity = 0;
    for (uint32_t i = 0; i < law->files.count; i++)
        array_push(arena, &copy->files, law->files.items[i]);
    copy->mitigators.items = NULL;
    copy->mitigators.count = copy->mitigators.capacity = 0;
    for (uint32_t i = 0; i < law->mitigators.count; i++)
        array_push(arena, &copy->mitigators, law->mitigators.items[i]);
    copy->rules.items = NULL;
    copy->rules.count = copy->rules.capacity = 0;
    copy->atoms.items = NULL;
    copy->atoms.count = copy->atoms.capacity = 0;
    copy->language = NULL;
    copy->lexicon = NULL;
    copy->sets = NULL;
}

bool
ruleset_load_wording(struct ruleset *ruleset, const struct language *language,
                     const char *const *dirs, uint32_t dir_count, const char *forms,
                     struct diagnostics *diagnostics, struct error *error)
{
    struct loader loader = {
        .ruleset = ruleset, .arena = ruleset->arena, .diagnostics = diagnostics};
    struct loader_files files = {0};
    uint32_t errors = diagnostics->errors;
    ruleset->language = language;
    ruleset->lexicon =
        lexicon_open(ruleset->arena, forms, language->dir, language->dictionary, error);
    if (!ruleset->lexicon)
        return false;
    language_teach(language, ruleset->lexicon);
    ruleset->sets = pattern_sets_new(ruleset->arena, ruleset->lexicon);
    struct str folder = arena_str(ruleset->arena, language->id);
    if (!loader_folder(&loader, dirs, dir_count, folder.data, &files, error))
        return false;
    wording_load(&loader, &files);
    if (!lexicon_seal(ruleset->lexicon))
        diagnostic_add(diagnostics, DIAGNOSTIC_ERROR, loader.file, 0, 0,
                       "more than %d kinds of words in the sets of this language: merge sets",
                       BOUND_CLASSES);
    loader_digest(&loader, &files);
    errors = diagnostics->errors - errors;
    return errors == 0 || error_set(error, "%s: %u mistake%s in the rule files of this language",
                                    language->dir, (unsigned)errors, errors == 1 ? "" : "s");
}

void
ruleset_close(struct ruleset *ruleset)
{
    lexicon_close(ruleset->lexicon);
    ruleset->lexicon = NULL;
}

const struct family *
ruleset_family(const struct ruleset *ruleset, struct str id)
{
    for (uint32_t i = 0; i < ruleset->families.count; i++) {
        if (str_equal(ruleset->families.items[i].id, id))
            return &ruleset->families.items[i];
    }
    return NULL;
}

const struct rule *
ruleset_rule(const struct ruleset *ruleset, struct str id)
{
    for (uint32_t i = 0; i < ruleset->rules.count; i++) {
        if (str_equal(ruleset->rules.items[i].family->id, id))
            return &ruleset->rules.items[i];
    }
    return NULL;
}

struct str
ruleset_nearest(const struct ruleset *ruleset, struct str id)
{
    struct nearest nearest = {.wanted = id};
    for (uint32_t i = 0; i < ruleset->families.count; i++)
        nearest_try(&nearest, ruleset->families.items[i].id);
    return nearest.best;
}

const struct category *
ruleset_category(const struct ruleset *ruleset, struct str id)
{
    for (uint32_t i = 0; i < ruleset->categories.count; i++) {
        if (str_equal(ruleset->categories.items[i].id, id))
            return &ruleset->categories.items[i];
    }
    return NULL;
}
