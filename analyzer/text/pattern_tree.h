#ifndef TEXT_PATTERN_TREE_H
#define TEXT_PATTERN_TREE_H

#include "text/pattern.h"

/* The tree behind text/pattern.h; seen by pattern*.c only. */

enum node_kind {
    NODE_WORD,  /* `regex` of one word's letters; stem = more letters may follow */
    NODE_CLASS, /* any word of a class */
    NODE_SPAN,  /* a mention or a value */
    NODE_GAP,   /* up to `most` words, none of class `class` (CLASS_NONE = any) */
    NODE_SEQ,
    NODE_ALT,
    NODE_OPT, /* its one child, or nothing */
    NODE_BEGIN,
    NODE_END,
};

struct pattern {
    enum node_kind kind;
    bool stem;
    uint8_t most;
    uint8_t worth; /* CLASS: how much it narrows as a key, see pattern_key */
    class_id class;
    enum span_class span;
    struct str regex;   /* WORD */
    struct str literal; /* WORD: its letters up to the first [...] */
    struct str value;   /* SPAN: name of the capture, or empty */
    struct pattern *children;
    struct pattern *next;
};
/* Why a whole pattern cannot be meant so; NULL: nothing speaks against it. */
const char *pattern_mistake(const struct pattern *pattern);

#endif
