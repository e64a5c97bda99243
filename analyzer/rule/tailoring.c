#include "rule/tailoring.h"

#include "base/bounds.h"
#include "rule/loader.h"
#include "text/read.h"

/* Reads a tailoring file over the families of a loaded law. */

/* An explicit grade also ends the ceiling of an unmeasured rule, for the readers it names. */
static void
set_grade(struct family *family, int party, enum grade grade)
{
    for (int p = 0; p < PARTY_COUNT && family->check; p++)
        if (family->grade[p] > GRADE_CHECK)
            family->grade[p] = GRADE_CHECK;
    family->check = false;
    for (int p = 0; p < PARTY_COUNT; p++)
        if (party == PARTY_COUNT || party == p)
            family->grade[p] = grade;
}

static void
tailor(struct loader *loader, const struct xml_node *node)
{
    bool disable = xml_is(node, "disable");
    loader_attributes(loader, node, disable ? "id reason" : "id grade party");
    loader_no_text(loader, node);
    struct str id = loader_need(loader, node, "id");
    if (disable)
        loader_need(loader, node, "reason");
    else
        loader_need(loader, node, "grade");
    int grade =
        disable ? 0 : loader_choice(loader, node, "grade", "none check potential grey black");
    int party = disable ? -1 : loader_choice(loader, node, "party", "consumer free business all");
    bool any = false;
    for (uint32_t f = 0; f < loader->ruleset->families.count; f++) {
        struct family *family = &loader->ruleset->families.items[f];
        if (!str_glob(id, family->id))
            continue;
        any = true;
        if (disable)
            family->off = true;
        else if (grade >= 0 && party > -2)
            set_grade(family, party < 0 ? PARTY_COUNT : party, (enum grade)grade);
    }
    struct nearest nearest = {.wanted = id};
    for (uint32_t f = 0; f < loader->ruleset->families.count; f++)
        nearest_try(&nearest, loader->ruleset->families.items[f].id);
    struct str hint = nearest_hint(loader->arena, &nearest);
    if (!any && id.len > 0)
        loader_error(loader, node, "no rule \"%.*s\"%.*s", STR_ARG(id), STR_ARG(hint));
}

bool
tailoring_load(struct ruleset *law, const char *path, struct diagnostics *diagnostics,
               struct error *error)
{
    struct loader loader = {.ruleset = law, .arena = law->arena, .diagnostics = diagnostics};
    struct loader_files files = {0};
    struct source source;
    if (!read_path(law->arena, path, BOUND_XML_BYTES, &source, error))
        return false;
    struct loader_file file = {
        .path = str_of(path), .name = STR("tailoring"), .bytes = source.bytes};
    uint32_t errors = diagnostics->errors;
    file.root = xml_parse(law->arena, source.bytes, file.path, diagnostics);
    array_push(law->arena, &files.list, file);
    const struct xml_node *root = loader_enter(&loader, &file, "tailoring");
    if (root)
        loader_attributes(&loader, root, "");
    for (const struct xml_node *node = root ? xml_element(root->children) : NULL; node;
         node = xml_element(node->next)) {
        if (loader_child(&loader, node, "rule disable"))
            tailor(&loader, node);
    }
    if (diagnostics->errors > errors)
        return error_set(error, "%s has mistakes, so nothing was read with it", path);
    loader_digest(&loader, &files); /* tailored rules have a hash of their own */
    law->tailoring = str_of(path);
    return true;
}
