#ifndef TEXT_XML_STREAM_H
#define TEXT_XML_STREAM_H

#include "base/error.h"

/*
 * XML of office files, element by element: nothing is kept, so size costs no memory.  No network,
 * no external files; a document type declaration (the way to entities) is refused, and so are
 * elements nested too deep or with too many attributes.
 */
struct xml_attributes; /* of the element being opened */

struct xml_events {
    /* Names without their namespace prefix. */
    void (*open)(void *user, struct str name, const struct xml_attributes *attributes);
    void (*close)(void *user, struct str name);
    void (*text)(void *user, struct str text);
};

/* The value of an attribute, without regard to its prefix; .data is NULL: it is not there. */
struct str xml_value(const struct xml_attributes *attributes, const char *name);
/* A whole number; false: it is not there, or is none that fits. */
bool xml_number(const struct xml_attributes *attributes, const char *name, uint32_t *number);

/* False: not well-formed, or refused.  `name` is the file's. */
bool xml_stream(struct str bytes, struct str name, const struct xml_events *events, void *user,
                struct error *error);

#endif
