#include "text/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <stdlib.h>

#include "base/bounds.h"

/*
 * libxml2 reads, we keep: its SAX events become nodes in the caller's arena.  Positions are
 * counted in our own copy of the bytes, since libxml2 knows only where a tag ends.
 */

/* Bytes at the end of an array, at one go. */
#define array_append(arena, array, bytes, length)                                                  \
    do {                                                                                           \
        array_reserve((arena), (array), (array)->count + (length));                                \
        if ((length) > 0)                                                                          \
            memcpy((array)->items + (array)->count, (bytes), (length));                            \
        (array)->count += (uint32_t)(length);                                                      \
    } while (0)

struct parsing {
    struct arena *arena;
    struct str bytes;
    struct str file;
    struct diagnostics *diagnostics;
    xmlParserCtxtPtr context;
    struct xml_node *root;
    struct xml_node *open;           /* innermost element not yet closed */
    struct xml_node **tail;          /* where the next child of `open` is linked */
    ARRAY(struct xml_node **) tails; /* of the elements around it */
    ARRAY(char) text;                /* characters since the last tag */
    size_t after;                    /* offset behind the last tag */
    size_t at;                       /* line and begin of line are known here */
    uint32_t line;
    size_t line_begin;
};

/* Offsets come in rising order, so all positions of a file cost one pass. */
static void
position(struct parsing *p, size_t offset, uint32_t *line, uint32_t *column)
{
    if (offset > p->bytes.len)
        offset = p->bytes.len;
    while (p->at < offset) {
        if (p->bytes.data[p->at++] == '\n') {
            p->line++;
            p->line_begin = p->at;
        }
    }
    *line = p->line;
    *column = offset >= p->line_begin ? (uint32_t)(offset - p->line_begin) + 1 : 1;
}

static size_t
offset_now(const struct parsing *p)
{
    long consumed = xmlByteConsumed(p->context);
    if (consumed < 0)
        return p->after;
    return (size_t)consumed < p->bytes.len ? (size_t)consumed : p->bytes.len;
}

static struct xml_node *
node_add(struct parsing *p, size_t offset)
{
    struct xml_node *node = arena_new(p->arena, struct xml_node, 1);
    position(p, offset, &node->line, &node->column);
    node->parent = p->open;
    if (p->tail) {
        *p->tail = node;
        p->tail = &node->next;
    }
    return node;
}

static void
flush_text(struct parsing *p)
{
    if (p->text.count > 0 && p->open) {
        struct xml_node *node = node_add(p, p->after);
        node->text = arena_str(p->arena, (struct str){p->text.items, p->text.count});
    }
    p->text.count = 0;
}

static struct str
copy_name(struct arena *arena, const xmlChar *prefix, const xmlChar *local)
{
    struct str name = str_of((const char *)local);
    if (prefix)
        return arena_format(arena, "%s:%.*s", (const char *)prefix, STR_ARG(name));
    return arena_str(arena, name);
}

static void
on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
         int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted,
         const xmlChar **attributes)
{
    struct parsing *p = user;
    (void)uri;
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted;
    flush_text(p);

    /* libxml2 stands at the end of the tag; no '<' can stand inside one. */
    size_t end = offset_now(p);
    size_t begin = end;
    while (begin > p->after && p->bytes.data[begin - 1] != '<')
        begin--;
    struct xml_node *node = node_add(p, begin > 0 ? begin - 1 : 0);
    node->name = copy_name(p->arena, prefix, local);
    node->attribute_count = (uint32_t)attribute_count;
    node->attributes = arena_new(p->arena, struct xml_attribute, (size_t)attribute_count);
    for (int i = 0; i < attribute_count; i++) {
        const xmlChar **a = attributes + (ptrdiff_t)i * 5;
        struct str value = {(const char *)a[3], (size_t)(a[4] - a[3])};
        node->attributes[i].name = copy_name(p->arena, a[1], a[0]);
        node->attributes[i].value = arena_str(p->arena, value);
    }
    while (end < p->bytes.len && p->bytes.data[end] != '>')
        end++;
    p->after = end < p->bytes.len ? end + 1 : end;

    array_push(p->arena, &p->tails, p->tail);
    p->open = node;
    p->tail = &node->children;
    if (!p->root)
        p->root = node;
}

static void
on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct parsing *p = user;
    (void)local;
    (void)prefix;
    (void)uri;
    flush_text(p);
    size_t end = offset_now(p);
    if (end > p->after)
        p->after = end;
    if (p->open && p->tails.count > 0) {
        p->open = p->open->parent;
        p->tail = p->tails.items[--p->tails.count];
    }
}

static void
on_characters(void *user, const xmlChar *characters, int length)
{
    struct parsing *p = user;
    array_append(p->arena, &p->text, (const char *)characters, (size_t)length);
}

static void
on_doctype(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    struct parsing *p = user;
    (void)name;
    (void)external;
    (void)system;
    uint32_t line;
    uint32_t column;
    position(p, offset_now(p), &line, &column);
    diagnostic_add(p->diagnostics, DIAGNOSTIC_ERROR, p->file, line, column,
                   "a document type declaration is not allowed here: remove it");
    xmlStopParser(p->context);
}

static void
add_library_error(struct diagnostics *diagnostics, struct str file, const xmlError *error,
                  bool with_column)
{
    struct str text = str_trim(str_of(error->message ? error->message : "unknown error"));
    uint32_t line = error->line > 0 ? (uint32_t)error->line : 0;
    uint32_t column = with_column && error->int2 > 0 ? (uint32_t)error->int2 : 0;
    diagnostic_add(diagnostics, DIAGNOSTIC_ERROR, file, line, column, "%.*s", STR_ARG(text));
}

static void
on_error(void *user, xmlErrorPtr error)
{
    struct parsing *p = user;
    if (error->code != XML_ERR_USER_STOP)
        add_library_error(p->diagnostics, p->file, error, true);
}

/* UTF-16 and UTF-32 betray themselves in the first bytes. */
static bool
is_wide(struct str bytes)
{
    if (bytes.len < 2)
        return false;
    const unsigned char *b = (const unsigned char *)bytes.data;
    return b[0] == 0 || b[1] == 0 || (b[0] == 0xFE && b[1] == 0xFF) ||
           (b[0] == 0xFF && b[1] == 0xFE);
}

static bool
run(struct parsing *p)
{
    if (p->bytes.len > BOUND_XML_BYTES || is_wide(p->bytes)) {
        diagnostic_add(p->diagnostics, DIAGNOSTIC_ERROR, p->file, 0, 0, "%s",
                       is_wide(p->bytes) ? "not UTF-8: save the file as UTF-8"
                                         : "too large: split the file");
        return false;
    }
    p->context = xmlCreateMemoryParserCtxt(p->bytes.data, (int)p->bytes.len);
    if (!p->context) {
        diagnostic_add(p->diagnostics, DIAGNOSTIC_ERROR, p->file, 0, 0, "the file is empty");
        return false;
    }
    /* NOENT only spells out &amp; and the like: no other entity can be declared. */
    xmlCtxtUseOptions(p->context, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_doctype,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_characters,
        .ignorableWhitespace = on_characters,
        .cdataBlock = on_characters,
        .serror = on_error,
    };
    *p->context->sax = handler;
    p->context->userData = p;
    int status = xmlParseDocument(p->context);
    bool good = status == 0 && p->context->wellFormed && p->root;
    if (p->context->myDoc)
        xmlFreeDoc(p->context->myDoc);
    p->context->myDoc = NULL;
    xmlFreeParserCtxt(p->context);
    return good;
}

struct xml_node *
xml_parse(struct arena *arena, struct str bytes, struct str file, struct diagnostics *diagnostics)
{
    struct parsing p = {
        .arena = arena,
        .bytes = bytes,
        .file = file,
        .diagnostics = diagnostics,
        .line = 1,
    };
    uint32_t errors = diagnostics->errors;
    if (run(&p))
        return p.root;
    if (diagnostics->errors == errors)
        diagnostic_add(diagnostics, DIAGNOSTIC_ERROR, file, 0, 0, "not well-formed XML");
    return NULL;
}

struct str
xml_attribute(const struct xml_node *node, const char *name)
{
    struct str wanted = str_of(name);
    for (uint32_t i = 0; i < node->attribute_count; i++) {
        if (str_equal(node->attributes[i].name, wanted))
            return node->attributes[i].value;
    }
    return (struct str){NULL, 0};
}

bool
xml_is(const struct xml_node *node, const char *name)
{
    return str_equal(node->name, str_of(name));
}

const struct xml_node *
xml_element(const struct xml_node *node)
{
    while (node && node->name.len == 0)
        node = node->next;
    return node;
}

uint32_t
xml_html_entity(struct str name)
{
    char copy[33];
    if (name.len == 0 || name.len >= sizeof copy)
        return 0;
    memcpy(copy, name.data, name.len);
    copy[name.len] = '\0';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)copy);
    return entity ? entity->value : 0;
}

struct text_buffer {
    struct arena *arena;
    ARRAY(char) bytes;
};

/* Recursion is bounded by the 256 levels libxml2 reads. */
static void
collect_text(struct text_buffer *buffer, const struct xml_node *node)
{
    array_append(buffer->arena, &buffer->bytes, node->text.data, node->text.len);
    for (const struct xml_node *child = node->children; child; child = child->next)
        collect_text(buffer, child);
}

struct str
xml_text(struct arena *arena, const struct xml_node *node)
{
    struct text_buffer buffer = {.arena = arena};
    collect_text(&buffer, node);
    array_push(arena, &buffer.bytes, '\0');
    return (struct str){buffer.bytes.items, buffer.bytes.count - 1};
}

struct str
xml_words(struct arena *arena, const struct xml_node *node)
{
    struct text_buffer buffer = {.arena = arena};
    struct str rest = xml_text(arena, node);
    struct str word;
    while (str_cut(&rest, ' ', &word)) {
        if (buffer.bytes.count > 0)
            array_push(arena, &buffer.bytes, ' ');
        array_append(arena, &buffer.bytes, word.data, word.len);
    }
    array_push(arena, &buffer.bytes, '\0');
    return (struct str){buffer.bytes.items, buffer.bytes.count - 1};
}

struct xml_schema {
    xmlRelaxNGPtr grammar;
};

static void
on_schema_error(void *user, xmlErrorPtr error)
{
    struct error *first = user;
    struct str text = str_trim(str_of(error->message ? error->message : "unknown error"));
    if (first->text[0] == '\0')
        error_set(first, "line %d: %.*s", error->line, STR_ARG(text));
}

struct xml_schema *
xml_schema_load(struct str bytes, const char *path, struct error *error)
{
    struct error first = {.text = ""};
    xmlRelaxNGParserCtxtPtr context = xmlRelaxNGNewMemParserCtxt(bytes.data, (int)bytes.len);
    xmlRelaxNGPtr grammar = NULL;
    if (context) {
        xmlRelaxNGSetParserStructuredErrors(context, on_schema_error, &first);
        grammar = xmlRelaxNGParse(context);
        xmlRelaxNGFreeParserCtxt(context);
    }
    struct xml_schema *schema = grammar ? malloc(sizeof *schema) : NULL;
    if (!schema) {
        xmlRelaxNGFree(grammar);
        error_set(error, "%s: not a usable schema: %s", path, first.text);
        return NULL;
    }
    schema->grammar = grammar;
    return schema;
}

void
xml_schema_free(struct xml_schema *schema)
{
    if (schema) {
        xmlRelaxNGFree(schema->grammar);
        free(schema);
    }
}

struct checking {
    struct str file;
    struct diagnostics *diagnostics;
};

static void
on_invalid(void *user, xmlErrorPtr error)
{
    struct checking *c = user;
    add_library_error(c->diagnostics, c->file, error, false);
}

bool
xml_schema_check(struct xml_schema *schema, struct str bytes, struct str file,
                 struct diagnostics *diagnostics)
{
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDocPtr document = xmlReadMemory(bytes.data, (int)bytes.len, NULL, NULL, options);
    if (!document || document->intSubset) { /* xml_parse says what is wrong */
        xmlFreeDoc(document);
        return false;
    }
    struct checking checking = {file, diagnostics};
    xmlRelaxNGValidCtxtPtr context = xmlRelaxNGNewValidCtxt(schema->grammar);
    int status = -1;
    if (context) {
        xmlRelaxNGSetValidStructuredErrors(context, on_invalid, &checking);
        status = xmlRelaxNGValidateDoc(context, document);
        xmlRelaxNGFreeValidCtxt(context);
    }
    xmlFreeDoc(document);
    return status == 0;
}
