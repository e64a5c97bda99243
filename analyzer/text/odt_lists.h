#ifndef TEXT_ODT_LISTS_H
#define TEXT_ODT_LISTS_H

#include "base/arena.h"
#include "text/xml_stream.h"

/*
 * Automatic numbers of OpenDocument text: list styles, outline numbering, and where the lists of
 * the text stand.  Counted from items and headings in their order.  And which styles hide text.
 */
struct odt_lists; /* opaque; lives in the arena */

struct odt_lists *odt_lists_new(struct arena *arena);

/* Elements of styles. */
void odt_style_open(struct odt_lists *lists, struct str name,
                    const struct xml_attributes *attributes);

/* Is that style, of words or of a paragraph, one of hidden text? */
bool odt_is_hidden(struct odt_lists *lists, bool words, struct str name);

/* Elements of the text.  `name` is that of the list's style; empty: that of the list around it. */
void odt_list_open(struct odt_lists *lists, const struct xml_attributes *attributes);
void odt_list_close(struct odt_lists *lists);
void odt_item_open(struct odt_lists *lists, const struct xml_attributes *attributes, bool header);

/* Counts a paragraph or heading that begins; its label, empty without.  Valid until the next. */
struct str odt_label(struct odt_lists *lists, bool heading,
                     const struct xml_attributes *attributes);

#endif
