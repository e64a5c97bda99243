#ifndef RULE_LOADER_H
#define RULE_LOADER_H

#include "rule/ruleset.h"
#include "text/xml.h"

/*
 * What the parts of the rule loader share; not for other modules.  A mistake is a diagnostic and
 * loading goes on, so that all mistakes of all files are shown at once.
 */

/* One file of a rules tree. */
struct loader_file {
    struct str path; /* as shown: DIR/families/liability.xml; a C string */
    struct str name; /* "families/liability.xml" */
    struct str stem; /* "liability" */
    uint32_t tree;   /* index of DIR */
    struct str bytes;
    const struct xml_node *root; /* NULL: not well-formed */
};

struct loader_files {
    ARRAY(struct loader_file) list;
};

/* Atoms by regex, as an open-addressing table of indices + 1. */
struct atom_table {
    uint32_t *slots;
    uint32_t count;
};

/* Where an id was met: a second time in one tree is a mistake, in a later tree an override. */
struct loader_id {
    const char *kind; /* "norm", compared by address */
    struct str id;
    uint32_t tree;
    struct str file;
    uint32_t line;
};

struct loader {
    struct ruleset *ruleset;
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct str file; /* being read */
    struct str stem;
    uint32_t tree;
    struct atom_table atoms;
    ARRAY(struct loader_id) ids;
};

#define loader_error(loader, node, ...)                                                            \
    diagnostic_add((loader)->diagnostics, DIAGNOSTIC_ERROR, (loader)->file, (node)->line,          \
                   (node)->column, __VA_ARGS__)
#define loader_warn(loader, node, ...)                                                             \
    diagnostic_add((loader)->diagnostics, DIAGNOSTIC_WARNING, (loader)->file, (node)->line,        \
                   (node)->column, __VA_ARGS__)

/*
 * Reads DIR/folder/ *.xml, or the one file DIR/folder, of every tree, in name order.  Trees
 * without it are skipped.
 */
bool loader_folder(struct loader *loader, const char *const *dirs, uint32_t dir_count,
                   const char *folder, struct loader_files *files, struct error *error);
bool loader_single(struct loader *loader, const char *const *dirs, uint32_t dir_count,
                   const char *name, struct loader_files *files, struct error *error);
/* Folds the files into ruleset.hash. */
void loader_digest(struct loader *loader, const struct loader_files *files);
/* Makes `file` the one being read; its root, or NULL with a diagnostic if it is another element. */
const struct xml_node *loader_enter(struct loader *loader, const struct loader_file *file,
                                    const char *root);

/* Notes the id; false, with a diagnostic, if this tree has it already. */
bool loader_id(struct loader *loader, const struct xml_node *node, const char *kind, struct str id);

/* Reports attributes and child elements that are not in the blank-separated list. */
void loader_attributes(struct loader *loader, const struct xml_node *node, const char *known);
bool loader_child(struct loader *loader, const struct xml_node *child, const char *known);
/* Reports text between the children of an element that holds elements only. */
void loader_no_text(struct loader *loader, const struct xml_node *node);
/* The attribute, or an empty string and a diagnostic. */
struct str loader_need(struct loader *loader, const struct xml_node *node, const char *name);
/* Index of the value in the blank-separated list; -1 = absent, -2 = unknown (diagnostic). */
int loader_choice(struct loader *loader, const struct xml_node *node, const char *name,
                  const char *values);
/* Every word of a blank-separated attribute has to be in the list. */
void loader_words(struct loader *loader, const struct xml_node *node, const char *name,
                  const char *values);
/* An integer attribute within bounds; `absent` when it is not there. */
int64_t loader_number(struct loader *loader, const struct xml_node *node, const char *name,
                      int64_t min, int64_t max, int64_t absent);
/* Puts a <title lang="it">-like child in its place; reports doubles and unknown languages. */
void loader_text(struct loader *loader, const struct xml_node *node, struct bilingual *text);
/* Reports languages that are missing; an optional text may be missing in both. */
void loader_both(struct loader *loader, const struct xml_node *node, const char *what,
                 const struct bilingual *text, bool optional);

/* Nearest of some names, for "did you mean": feed all, then ask. */
struct nearest {
    struct str wanted;
    struct str best;
    size_t distance;
};
void nearest_try(struct nearest *nearest, struct str name);
/* `; did you mean "x"?` or nothing. */
struct str nearest_hint(struct arena *arena, const struct nearest *nearest);

/* The parts. */
void law_categories(struct loader *loader, const struct xml_node *root);
void law_norms(struct loader *loader, const struct xml_node *root);
void law_actions(struct loader *loader, const struct xml_node *root);
void law_mitigators(struct loader *loader, const struct xml_node *root);
void law_families(struct loader *loader, const struct xml_node *root);

void wording_load(struct loader *loader, const struct loader_files *files);

/* Where a condition tree stands. */
enum condition_place {
    PLACE_WHEN,
    PLACE_UNLESS,
    PLACE_MITIGATOR, /* no anchor */
};
/* All conditions under `parent`, linked by next; NULL when there are none. */
struct condition *condition_load(struct loader *loader, const struct xml_node *parent,
                                 enum condition_place place);
/* The atom of <absent heading="...">, or ATOM_NONE. */
uint32_t condition_heading(struct loader *loader, const struct xml_node *when);
/* Sets the anchors, resolves values, checks the rule as a whole. */
void condition_finish(struct loader *loader, const struct xml_node *node, struct rule *rule);
/* Whether a condition of this name is in the list or below it. */
bool condition_named(const struct condition *condition, struct str name);

#endif
