/* libxml2's simple events, with the prefixes off. */

#include "text/xml_stream.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>

#include "base/bounds.h"

struct streaming {
    const struct xml_events *events;
    void *user;
    xmlParserCtxtPtr context;
    char why[160]; /* it stopped */
    uint32_t depth;
    bool refused;
};

struct xml_attributes {
    const xmlChar **pairs; /* name, value ... NULL; may be NULL itself */
};

static struct str
local_name(const xmlChar *name)
{
    const char *local = strrchr((const char *)name, ':');

    return str_of(local ? local + 1 : (const char *)name);
}

struct str
xml_value(const struct xml_attributes *attributes, const char *name)
{
    struct str wanted = str_of(name);

    for (const xmlChar **p = attributes->pairs; p && *p; p += 2)
        if (str_equal(local_name(p[0]), wanted))
            return str_of(p[1] ? (const char *)p[1] : "");
    return (struct str){NULL, 0};
}

bool
xml_number(const struct xml_attributes *attributes, const char *name, uint32_t *number)
{
    struct str value = xml_value(attributes, name);
    int64_t found;

    if (!value.data || !str_number(value, &found) || found < 0 || found > INT_MAX)
        return false;
    *number = (uint32_t)found;
    return true;
}

/* Reading stops; no event comes any more. */
static void
refuse(struct streaming *s, const char *why)
{
    if (!s->refused)
        snprintf(s->why, sizeof s->why, "%s", why);
    s->refused = true;
    xmlStopParser(s->context);
}

static void
on_open(void *user, const xmlChar *name, const xmlChar **pairs)
{
    struct streaming *s = user;
    struct xml_attributes attributes = {pairs};

    if (++s->depth > BOUND_XML_DEPTH) {
        refuse(s, "elements nested too deep");
        return;
    }
    s->events->open(s->user, local_name(name), &attributes);
}

static void
on_close(void *user, const xmlChar *name)
{
    struct streaming *s = user;

    s->depth--;
    s->events->close(s->user, local_name(name));
}

static void
on_text(void *user, const xmlChar *text, int length)
{
    struct streaming *s = user;

    s->events->text(s->user, (struct str){(const char *)text, (size_t)length});
}

static void
on_doctype(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    struct streaming *s = user;

    (void)name;
    (void)external;
    (void)system;
    refuse(s, "it declares a document type, which is not allowed");
}

static void
take_error(struct streaming *s)
{
    const xmlError *error = xmlCtxtGetLastError(s->context);
    struct str text = str_trim(str_of(error && error->message ? error->message : "not XML"));

    snprintf(s->why, sizeof s->why, "line %d: %.*s", error ? error->line : 0,
             (int)(text.len < 100 ? text.len : 100), text.data);
}

/* libxml2 compares every attribute of an element with all others: too many would take hours. */
static bool
has_many_attributes(struct str bytes)
{
    uint32_t count = 0;

    for (size_t i = 0; i + 1 < bytes.len && count <= BOUND_XML_ATTRIBUTES; i++) {
        char c = bytes.data[i];

        if (c == '<')
            count = 0;
        else if (c == '=')
            count += strchr("\"' \t\r\n", bytes.data[i + 1]) != NULL;
    }
    return count > BOUND_XML_ATTRIBUTES;
}

static bool
parse(struct streaming *s, struct str bytes)
{
    xmlSAXHandler handler = {
        .internalSubset = on_doctype,
        .startElement = on_open,
        .endElement = on_close,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .initialized = 1, /* the first kind of events: no namespaces to look up */
    };
    bool good;

    s->context = xmlCreateMemoryParserCtxt(bytes.data, (int)bytes.len);
    if (!s->context)
        return false;
    xmlCtxtUseOptions(s->context, XML_PARSE_NONET | XML_PARSE_SAX1);
    *s->context->sax = handler;
    s->context->userData = s;
    good = xmlParseDocument(s->context) == 0 && s->context->wellFormed && !s->refused;
    if (!good && !s->refused)
        take_error(s);
    if (s->context->myDoc)
        xmlFreeDoc(s->context->myDoc);
    s->context->myDoc = NULL;
    xmlFreeParserCtxt(s->context);
    return good;
}

bool
xml_stream(struct str bytes, struct str name, const struct xml_events *events, void *user,
           struct error *error)
{
    struct streaming s = {.events = events, .user = user};

    if (bytes.len == 0 || bytes.len > INT_MAX)
        snprintf(s.why, sizeof s.why, "a part is empty");
    else if (has_many_attributes(bytes))
        snprintf(s.why, sizeof s.why, "an element with more than %d attributes",
                 BOUND_XML_ATTRIBUTES);
    else if (parse(&s, bytes))
        return true;
    return error_set(error, "%.*s: cannot be read (%s); open and save it again, or convert it",
                     STR_ARG(name), s.why);
}
