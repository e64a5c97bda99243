#ifndef TEXT_PROSE_H
#define TEXT_PROSE_H

#include "text/document.h"

/*
 * Text as the readers of HTML, DOCX, ODT and Markdown write it: one paragraph a line, blank lines
 * between blocks, generated labels in front of items, the cells of a table row parted by " | ".
 * Runs of blanks become one.  Breaks and labels are wishes until visible text follows, so that
 * empty elements leave no trace.  Where text comes from is kept for those who can tell.
 */
enum prose_break {
    PROSE_NONE,
    PROSE_LINE,
    PROSE_BLOCK, /* a blank line */
    PROSE_CELL,
};

enum {
    PROSE_LABEL = 96, /* bytes of a label; what is longer is cut */
    PROSE_CELLS = 64, /* separators of one table row that are remembered */
};

struct prose {
    struct arena arena; /* of text; another one of points, so that both grow in place */
    struct arena trace;
    ARRAY(char) text;
    ARRAY(struct origin_point) points;
    ARRAY(struct edit) edits; /* line breaks inside paragraphs, titles of rows */
    bool traced;
    bool full;       /* larger than any text may be: the rest is dropped */
    uint32_t raw_at; /* where the raw bytes of the text go on; ORIGIN_NOWHERE: they do not */

    enum prose_break pending;
    bool blank;         /* a blank is due before the next word */
    struct span blanks; /* its raw bytes */
    char label[PROSE_LABEL];
    uint32_t label_len;

    bool in_row;
    uint32_t row; /* begin of the table row; ORIGIN_NOWHERE: it has taken several lines */
    uint32_t cell;
    uint32_t cell_longest;
    bool titled;                 /* the first cell is a title */
    struct span title;           /* of the last row, with its separator; empty: it had none */
    uint32_t cells[PROSE_CELLS]; /* where the separators stand */
    uint32_t cell_count;
};

void prose_begin(struct prose *prose, bool traced);
/* Bytes that stand in the input one by one from `raw` on.  UTF-8. */
void prose_text(struct prose *prose, struct str bytes, uint32_t raw);
/* Text written otherwise in the input, such as an entity: all of `raw` stands for it. */
void prose_spelled(struct prose *prose, struct str bytes, struct span raw);
/* What the input does not write, or where nobody can tell. */
void prose_generated(struct prose *prose, struct str bytes);
/* A break before what follows; of several, the strongest. */
void prose_break(struct prose *prose, enum prose_break wish);
/*
 * A label before the text that follows.  Dropped when that text begins with one of its own;
 * several are written one after the other.
 */
void prose_label(struct prose *prose, struct str label);
/* The item ends: a label that no text followed is dropped. */
void prose_unlabel(struct prose *prose);
/* A line break right here; `join`: inside a paragraph. */
void prose_newline(struct prose *prose, bool join);

/* Rows of short cells become one line; a row of paragraphs becomes paragraphs. */
void prose_row(struct prose *prose);
/* `title`: the cell heads its row. */
void prose_cell(struct prose *prose, bool title);
void prose_row_end(struct prose *prose);
/* The last row was all its table: if it is a title and a text, only the text is read. */
void prose_cut_title(struct prose *prose);

/* Takes back all that was written since `mark`, a copy of the prose, was made. */
void prose_reset(struct prose *prose, const struct prose *mark);
/* Writes all blocks of `other` as blocks of their own. */
void prose_append(struct prose *prose, const struct prose *other);
/*
 * Hands text, origin and edits to the document; raw offsets count its text as it was until now.
 * Frees the prose.  False: too large.
 */
bool prose_end(struct prose *prose, struct document *document, struct error *error);
void prose_free(struct prose *prose);

#endif
