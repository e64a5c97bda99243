#ifndef TEXT_PROSE_H
#define TEXT_PROSE_H

#include "text/document.h"

/*
 * Text as the readers of HTML, DOCX, ODT and Markdown write it: one paragraph a line, blank lines
 * between blocks, generated labels in front of list items, the cells of a table row parted by
 * " | ".  Runs of blanks become one.  Breaks are wishes until visible text follows, so that empty
 * elements leave no trace.  Where text comes from is kept for those who can tell (`traced`).
 */
enum prose_break {
    PROSE_NONE,
    PROSE_CELL,
    PROSE_LINE,
    PROSE_BLOCK, /* a blank line */
};

/* The raw bytes of text that stands nowhere in the input. */
#define PROSE_NOWHERE UINT32_MAX

enum {
    PROSE_LABEL = 96, /* bytes of a label in front of an item; longer ones are cut */
    PROSE_CELLS = 64, /* separators of one table row that are remembered */
};

struct prose {
    struct arena arena; /* text; given back by prose_end */
    struct arena trace; /* points */
    ARRAY(char) text;
    ARRAY(struct origin_point) points;
    ARRAY(uint32_t) joins; /* line breaks inside paragraphs */
    bool traced;
    uint32_t raw_at; /* where the next raw byte of an unbroken run stands */

    enum prose_break pending;
    bool blank;         /* a blank is due before the next word */
    struct span blanks; /* its raw bytes; begin = PROSE_NOWHERE: none */
    char label[PROSE_LABEL];
    uint32_t label_len;
    uint32_t line; /* begin of the line that is being written */

    uint32_t row; /* begin of the table row; UINT32_MAX = none, or it has taken several lines */
    uint32_t cells[PROSE_CELLS];
    uint32_t cell_count;
    uint32_t cell_longest;
};

void prose_begin(struct prose *prose, bool traced);
/* Bytes that stand in the input one by one from `raw` on.  UTF-8. */
void prose_text(struct prose *prose, struct str bytes, uint32_t raw);
/* A character written otherwise in the input, such as an entity: all of `raw` stands for it. */
void prose_spelled(struct prose *prose, struct str bytes, struct span raw);
/* What the input implies but does not write. */
void prose_generated(struct prose *prose, struct str bytes);
/* A break before what follows; the strongest of several wins, two lines make a block. */
void prose_break(struct prose *prose, enum prose_break wish);
/*
 * A label for the text that follows on a line of its own.  Dropped when that text begins with a
 * label itself.  Several join.
 */
void prose_label(struct prose *prose, struct str label);
/* A line break right here; `join`: inside a paragraph. */
void prose_newline(struct prose *prose, bool join);

void prose_row(struct prose *prose);
void prose_cell(struct prose *prose);
void prose_row_end(struct prose *prose);

/* Bytes written so far. */
static inline uint32_t
prose_length(const struct prose *prose)
{
    return prose->text.count;
}
/* To take back what was written since: a copy of the state. */
void prose_reset(struct prose *prose, const struct prose *mark);

/* Ends `prose` with all blocks of another one, which is emptied. */
void prose_append(struct prose *prose, struct prose *other);
/*
 * Hands text, origin and joins over to the document, whose text was what the raw offsets count
 * (already decoded); frees the prose.  False: too large.
 */
bool prose_end(struct prose *prose, struct document *document, struct error *error);
void prose_free(struct prose *prose);

#endif
