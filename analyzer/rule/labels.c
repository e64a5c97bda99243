#include "rule/labels.h"

#include "rule/loader.h"

/* Reads labels.xml, and tags by it. */

static const char kind_label[] = "label";

static void
add_label(struct loader *loader, const struct xml_node *node, struct labels *labels)
{
    loader_attributes(loader, node, "category tag scored");
    loader_no_text(loader, node);
    struct label_kind made = {
        .category = loader_need(loader, node, "category"),
        .tag = xml_attribute(node, "tag"),
        .unscored = loader_choice(loader, node, "scored", "yes no") == 1,
    };
    if (made.category.len > 0 && loader_id(loader, node, kind_label, made.category))
        array_push(loader->arena, &labels->kinds, made);
}

static void
add_level(struct loader *loader, const struct xml_node *node, struct labels *labels)
{
    loader_attributes(loader, node, "of means");
    loader_no_text(loader, node);
    loader_choice(loader, node, "means", "yes maybe no");
    struct label_level made = {loader_need(loader, node, "of"), loader_need(loader, node, "means")};
    if (made.of.len > 0)
        array_push(loader->arena, &labels->levels, made);
}

bool
labels_load(struct labels *labels, struct arena *arena, const char *const *dirs, uint32_t dir_count,
            struct diagnostics *diagnostics, struct error *error)
{
    struct loader loader = {.arena = arena, .diagnostics = diagnostics};
    struct loader_files files = {0};
    uint32_t errors = diagnostics->errors;
    if (!loader_single(&loader, dirs, dir_count, "labels.xml", &files, error))
        return false;
    if (files.list.count == 0)
        return error_set(error, "%s/labels.xml: no such file; it tells what labels mean", dirs[0]);
    const struct loader_file *file = &files.list.items[files.list.count - 1];
    const struct xml_node *root = loader_enter(&loader, file, "labels");
    if (root)
        loader_attributes(&loader, root, "");
    for (const struct xml_node *node = root ? xml_element(root->children) : NULL; node;
         node = xml_element(node->next)) {
        if (!loader_child(&loader, node, "label level"))
            continue;
        if (xml_is(node, "label"))
            add_label(&loader, node, labels);
        else
            add_level(&loader, node, labels);
    }
    return diagnostics->errors == errors ||
           error_set(error, "%.*s has mistakes", STR_ARG(file->path));
}

uint32_t
labels_kind(const struct labels *labels, struct str category)
{
    for (uint32_t i = 0; i < labels->kinds.count; i++)
        if (str_equal(labels->kinds.items[i].category, category))
            return i;
    return UINT32_MAX;
}

uint32_t
labels_tag(const struct labels *labels, struct str word, struct str *means)
{
    for (uint32_t i = 0; i < labels->kinds.count; i++) {
        struct str tag = labels->kinds.items[i].tag;
        for (uint32_t l = 0; tag.len > 0 && l < labels->levels.count; l++) {
            struct str of = labels->levels.items[l].of;
            if (word.len != tag.len + of.len || !str_starts(word, tag) || !str_ends(word, of))
                continue;
            *means = labels->levels.items[l].means;
            return i;
        }
    }
    return UINT32_MAX;
}

struct str
labels_nearest(const struct labels *labels, struct str category)
{
    struct nearest nearest = {.wanted = category};
    for (uint32_t i = 0; i < labels->kinds.count; i++)
        nearest_try(&nearest, labels->kinds.items[i].category);
    return nearest.best;
}
