#include "rule/loader.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/bounds.h"
#include "base/hash.h"
#include "base/out.h"
#include "text/read.h"

/* Finding and reading the files of rules trees, and the checks every element needs. */

static int
compare_names(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool
read_file(struct loader *loader, const char *dir, struct str name, uint32_t tree,
          struct loader_files *files, struct error *error)
{
    struct str path = arena_format(loader->arena, "%s/%.*s", dir, STR_ARG(name));
    size_t slash = name.len;
    while (slash > 0 && name.data[slash - 1] != '/')
        slash--;
    struct loader_file file = {
        .path = path,
        .name = name,
        .stem = str_slice(name, slash, name.len - 4),
        .tree = tree,
    };
    struct source source;
    if (!read_path(loader->arena, path.data, BOUND_XML_BYTES, &source, error))
        return false;
    file.bytes = source.bytes;
    file.root = xml_parse(loader->arena, source.bytes, path, loader->diagnostics);
    array_push(loader->arena, &files->list, file);
    return true;
}

bool
loader_folder(struct loader *loader, const char *const *dirs, uint32_t dir_count,
              const char *folder, struct loader_files *files, struct error *error)
{
    for (uint32_t tree = 0; tree < dir_count; tree++) {
        ARRAY(struct str) names = {0};
        struct str path = arena_format(loader->arena, "%s/%s", dirs[tree], folder);
        DIR *stream = opendir(path.data);
        if (!stream && errno == ENOENT)
            continue;
        if (!stream)
            return error_set(error, "%s: %s", path.data, strerror(errno));
        const struct dirent *entry;
        while ((entry = readdir(stream))) {
            struct str name = str_of(entry->d_name);
            if (name.len > 4 && name.data[0] != '.' && str_ends(name, STR(".xml")))
                array_push(loader->arena, &names,
                           arena_format(loader->arena, "%s/%s", folder, entry->d_name));
        }
        closedir(stream);
        if (names.count > BOUND_RULE_FILES)
            return error_set(error, "%s: more than %d files", path.data, BOUND_RULE_FILES);
        if (names.count > 1)
            qsort(names.items, names.count, sizeof *names.items, compare_names);
        for (uint32_t i = 0; i < names.count; i++) {
            if (!read_file(loader, dirs[tree], names.items[i], tree, files, error))
                return false;
        }
    }
    return true;
}

bool
loader_single(struct loader *loader, const char *const *dirs, uint32_t dir_count, const char *name,
              struct loader_files *files, struct error *error)
{
    for (uint32_t tree = 0; tree < dir_count; tree++) {
        struct str path = arena_format(loader->arena, "%s/%s", dirs[tree], name);
        if (access(path.data, F_OK) == 0 &&
            !read_file(loader, dirs[tree], str_of(name), tree, files, error))
            return false;
    }
    return true;
}

static int
compare_files(const void *a, const void *b)
{
    return str_compare(((const struct rule_file *)a)->name, ((const struct rule_file *)b)->name);
}

void
loader_digest(struct loader *loader, const struct loader_files *files)
{
    struct ruleset *ruleset = loader->ruleset;
    for (uint32_t i = 0; i < files->list.count; i++) {
        const struct loader_file *file = &files->list.items[i];
        struct rule_file made = {.name = file->name};
        if (file->tree > 0)
            made.name =
                arena_format(loader->arena, "%.*s@%u", STR_ARG(file->name), (unsigned)file->tree);
        hash_sha256(file->bytes, made.sha256);
        array_push(loader->arena, &ruleset->files, made);
    }
    if (ruleset->files.count > 1)
        qsort(ruleset->files.items, ruleset->files.count, sizeof *ruleset->files.items,
              compare_files);
    struct out *out = out_memory();
    for (uint32_t i = 0; i < ruleset->files.count; i++) {
        const struct rule_file *file = &ruleset->files.items[i];
        out_format(out, "%s  %.*s\n", file->sha256, STR_ARG(file->name));
    }
    hash_sha256(out_written(out), ruleset->hash);
    out_abandon(out);
}

const struct xml_node *
loader_enter(struct loader *loader, const struct loader_file *file, const char *root)
{
    loader->file = file->path;
    loader->stem = file->stem;
    loader->tree = file->tree;
    if (!file->root)
        return NULL;
    if (!xml_is(file->root, root)) {
        loader_error(loader, file->root, "<%.*s> here: this file has to hold <%s>",
                     STR_ARG(file->root->name), root);
        return NULL;
    }
    loader_no_text(loader, file->root);
    return file->root;
}

bool
loader_id(struct loader *loader, const struct xml_node *node, const char *kind, struct str id)
{
    if (loader->ids.count > BOUND_RULE_IDS)
        return false;
    if (loader->ids.count == BOUND_RULE_IDS)
        loader_error(loader, node, "more than %d ids; the rest is not read", BOUND_RULE_IDS);
    for (uint32_t i = 0; i < loader->ids.count; i++) {
        const struct loader_id *known = &loader->ids.items[i];
        if (known->kind != kind || known->tree != loader->tree || !str_equal(known->id, id))
            continue;
        loader_error(loader, node, "%s \"%.*s\" is already at %.*s:%u: rename or remove one", kind,
                     STR_ARG(id), STR_ARG(known->file), (unsigned)known->line);
        return false;
    }
    struct loader_id made = {kind, id, loader->tree, loader->file, node->line};
    array_push(loader->arena, &loader->ids, made);
    return true;
}

/* Whether `word` is in a blank-separated list; else what is nearest to it. */
static bool
in_list(const char *list, struct str word, struct nearest *nearest)
{
    struct str rest = str_of(list);
    struct str item;
    *nearest = (struct nearest){.wanted = word};
    while (str_cut(&rest, ' ', &item)) {
        if (str_equal(item, word))
            return true;
    }
    rest = str_of(list);
    while (str_cut(&rest, ' ', &item))
        nearest_try(nearest, item);
    return false;
}

void
loader_attributes(struct loader *loader, const struct xml_node *node, const char *known)
{
    for (uint32_t i = 0; i < node->attribute_count; i++) {
        struct str name = node->attributes[i].name;
        struct nearest nearest;
        if (in_list(known, name, &nearest) || str_starts(name, STR("xml:")))
            continue;
        struct str hint = nearest_hint(loader->arena, &nearest);
        loader_error(loader, node, "<%.*s> takes no attribute \"%.*s\"%.*s (it takes: %s)",
                     STR_ARG(node->name), STR_ARG(name), STR_ARG(hint), known[0] ? known : "none");
    }
}

bool
loader_child(struct loader *loader, const struct xml_node *child, const char *known)
{
    struct nearest nearest;
    if (in_list(known, child->name, &nearest))
        return true;
    struct str hint = nearest_hint(loader->arena, &nearest);
    loader_error(loader, child, "<%.*s> has no meaning in <%.*s>%.*s (it may hold: %s)",
                 STR_ARG(child->name), STR_ARG(child->parent->name), STR_ARG(hint),
                 known[0] ? known : "text only");
    return false;
}

void
loader_no_text(struct loader *loader, const struct xml_node *node)
{
    for (const struct xml_node *child = node->children; child; child = child->next) {
        if (child->name.len > 0 || str_trim(child->text).len == 0)
            continue;
        struct str text = str_trim(child->text);
        loader_error(loader, child, "text between elements: \"%.*s\"",
                     (int)(text.len < 40 ? text.len : 40), text.data);
    }
}

struct str
loader_need(struct loader *loader, const struct xml_node *node, const char *name)
{
    struct str value = str_trim(xml_attribute(node, name));
    if (value.len == 0) {
        loader_error(loader, node, "<%.*s> needs %s=\"...\"", STR_ARG(node->name), name);
        return STR("");
    }
    return value;
}

static void
complain_value(struct loader *loader, const struct xml_node *node, const char *name,
               struct str value, const struct nearest *nearest, const char *values)
{
    struct str hint = nearest_hint(loader->arena, nearest);
    loader_error(loader, node, "%s=\"%.*s\" is unknown%.*s (known: %s)", name, STR_ARG(value),
                 STR_ARG(hint), values);
}

int
loader_choice(struct loader *loader, const struct xml_node *node, const char *name,
              const char *values)
{
    struct str value = xml_attribute(node, name);
    if (!value.data)
        return -1;
    struct str rest = str_of(values);
    struct str item;
    struct nearest nearest;
    for (int i = 0; str_cut(&rest, ' ', &item); i++) {
        if (str_equal(item, value))
            return i;
    }
    in_list(values, value, &nearest);
    complain_value(loader, node, name, value, &nearest, values);
    return -2;
}

void
loader_words(struct loader *loader, const struct xml_node *node, const char *name,
             const char *values)
{
    struct str rest = xml_attribute(node, name);
    struct str word;
    while (rest.data && str_cut(&rest, ' ', &word)) {
        struct nearest nearest;
        if (!in_list(values, word, &nearest))
            complain_value(loader, node, name, word, &nearest, values);
    }
}

int64_t
loader_number(struct loader *loader, const struct xml_node *node, const char *name, int64_t min,
              int64_t max, int64_t absent)
{
    struct str value = xml_attribute(node, name);
    int64_t number;
    if (!value.data)
        return absent;
    if (str_number(value, &number) && number >= min && number <= max)
        return number;
    loader_error(loader, node, "%s=\"%.*s\" has to be a whole number from %lld to %lld", name,
                 STR_ARG(value), (long long)min, (long long)max);
    return absent;
}

static const char ui_names[] = "it en";

void
loader_text(struct loader *loader, const struct xml_node *node, struct bilingual *text)
{
    loader_attributes(loader, node, "lang");
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next))
        loader_child(loader, child, "");
    loader_need(loader, node, "lang");
    int ui = loader_choice(loader, node, "lang", ui_names);
    struct str words = xml_words(loader->arena, node);
    if (ui < 0)
        return;
    if (words.len == 0)
        loader_error(loader, node, "<%.*s> is empty", STR_ARG(node->name));
    if (text->in[ui].len > 0)
        loader_error(loader, node, "a second <%.*s> in this language", STR_ARG(node->name));
    text->in[ui] = words;
}

void
loader_both(struct loader *loader, const struct xml_node *node, const char *what,
            const struct bilingual *text, bool optional)
{
    struct str names = STR("it en");
    struct str name;
    bool any = false;
    for (int ui = 0; ui < UI_COUNT; ui++)
        any = any || text->in[ui].len > 0;
    for (int ui = 0; ui < UI_COUNT && str_cut(&names, ' ', &name); ui++) {
        if (text->in[ui].len == 0 && (any || !optional))
            loader_error(loader, node, "<%.*s> has no <%s lang=\"%.*s\">", STR_ARG(node->name),
                         what, STR_ARG(name));
    }
}

void
nearest_try(struct nearest *nearest, struct str name)
{
    size_t distance = str_distance(nearest->wanted, name);
    size_t most = nearest->wanted.len / 3 + 1;
    if (distance <= most && (nearest->best.len == 0 || distance < nearest->distance)) {
        nearest->best = name;
        nearest->distance = distance;
    }
}

struct str
nearest_hint(struct arena *arena, const struct nearest *nearest)
{
    if (nearest->best.len == 0)
        return STR("");
    return arena_format(arena, "; did you mean \"%.*s\"?", STR_ARG(nearest->best));
}
