#ifndef TEXT_XML_H
#define TEXT_XML_H

#include "base/arena.h"
#include "base/error.h"

/*
 * The XML files of rules/, as a plain tree with exact positions.  Everything is read from memory:
 * no network, no external files, and a document type declaration (the way to entities) is refused.
 */
struct xml_attribute {
    struct str name;
    struct str value;
};

struct xml_node {
    struct str name; /* empty: a text node */
    struct str text; /* of a text node */
    struct xml_attribute *attributes;
    uint32_t attribute_count;
    struct xml_node *parent;
    struct xml_node *children; /* first */
    struct xml_node *next;
    uint32_t line;   /* 1-based, of the '<' or of the first byte of the text */
    uint32_t column; /* 1-based, bytes */
};

/* The root element; NULL with at least one diagnostic when `bytes` is not well-formed. */
struct xml_node *xml_parse(struct arena *arena, struct str bytes, struct str file,
                           struct diagnostics *diagnostics);

/* The value of an attribute; .data is NULL when it is not there. */
struct str xml_attribute(const struct xml_node *node, const char *name);
bool xml_is(const struct xml_node *node, const char *name);
/* The next child element (text skipped) at or after `node`; NULL = none. */
const struct xml_node *xml_element(const struct xml_node *node);
/* All text under a node, as written. */
struct str xml_text(struct arena *arena, const struct xml_node *node);
/* The same with runs of blanks as one blank, trimmed. */
struct str xml_words(struct arena *arena, const struct xml_node *node);

/* The character of an HTML entity, "egrave"; 0: unknown. */
uint32_t xml_html_entity(struct str name);

/* A RELAX NG schema; NULL with *error filled when it cannot be used. */
struct xml_schema; /* opaque */
struct xml_schema *xml_schema_load(struct str bytes, const char *path, struct error *error);
void xml_schema_free(struct xml_schema *schema);
/* Adds a diagnostic for each mistake; false if there was one. */
bool xml_schema_check(struct xml_schema *schema, struct str bytes, struct str file,
                      struct diagnostics *diagnostics);

#endif
