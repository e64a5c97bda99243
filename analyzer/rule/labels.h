#ifndef RULE_LABELS_H
#define RULE_LABELS_H

#include "base/array.h"
#include "base/error.h"

/* rules/labels.xml: the categories that labelled contracts name, and the tags that stand for them.
 */
struct label_kind {
    struct str category;
    struct str tag; /* empty: no tag stands for it */
    bool unscored;  /* collects what has no label of its own */
};

struct label_level {
    struct str of;    /* "2" */
    struct str means; /* "yes", "maybe", "no" */
};

struct labels {
    ARRAY(struct label_kind) kinds;
    ARRAY(struct label_level) levels;
};

/* Of the last tree that has the file; false with *error filled when none has, or it has mistakes.
 */
bool labels_load(struct labels *labels, struct arena *arena, const char *const *dirs,
                 uint32_t dir_count, struct diagnostics *diagnostics, struct error *error);

/* UINT32_MAX = unknown. */
uint32_t labels_kind(const struct labels *labels, struct str category);
/* A word like "ltd2": its kind and what its level means; UINT32_MAX when it is no tag. */
uint32_t labels_tag(const struct labels *labels, struct str word, struct str *means);
struct str labels_nearest(const struct labels *labels, struct str category);

#endif
