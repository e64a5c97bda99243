#ifndef TEXT_DOCX_NUMBERING_H
#define TEXT_DOCX_NUMBERING_H

#include "base/arena.h"
#include "base/error.h"

/*
 * Automatic numbers of DOCX: word/numbering.xml and the styles that use it.  "6.1" stands in no
 * text node; it is counted from the paragraphs in their order.
 */
struct docx_numbering; /* opaque; lives in the arena */

struct docx_numbering *docx_numbering_new(struct arena *arena);
/* False: the part is damaged; `name` is the document's. */
bool docx_numbering_read(struct docx_numbering *numbering, struct str part, struct str name,
                         struct error *error);
bool docx_styles_read(struct docx_numbering *numbering, struct str part, struct str name,
                      struct error *error);

/* What a paragraph says of itself. */
struct docx_paragraph {
    struct str style; /* .data is NULL: the default one */
    bool has_list;
    bool has_level;
    uint32_t list; /* 0: no number, whatever the style says */
    uint32_t level;
};

/* Is it an entry of a table of contents? */
bool docx_is_contents(const struct docx_numbering *numbering, struct str style);
/* Counts the paragraph; its label, empty if it has none.  Valid until the next call. */
struct str docx_label(struct docx_numbering *numbering, const struct docx_paragraph *paragraph);

#endif
