#ifndef PDF_PAGE_H
#define PDF_PAGE_H

#include "base/array.h"

/*
 * A document on its way from characters with boxes to lines in reading order.  Coordinates are
 * points from the upper left corner, x to the right, y down.  The stages:
 *   extract.c    glyphs, words, segments            (poppler-glib, nowhere else)
 *   stack.c      words written letter below letter
 *   running.c    which segments are running headers and footers
 *   region.c     columns, tables: segments to lines, in reading order (and layout.h)
 *   paragraph.c  which lines go on with the one before; footnotes
 *   emit.c       all of it to standard output
 */

/* A character and where it stands, as it is written to the output. */
struct glyph {
    uint32_t code;
    uint16_t box[4]; /* left, top, right, bottom; see text/pdf_protocol.h */
};

struct word {
    uint32_t first; /* glyph */
    uint32_t count;
    float x0, y0, x1, y1;
    float size; /* of its font, in points */
    bool bold;
};

enum segment_flag {
    SEGMENT_BOLD = 1,
    SEGMENT_RUNNING = 2,
    SEGMENT_ASIDE = 4,   /* written upwards or downwards beside the text */
    SEGMENT_DOUBTED = 8, /* would run, but stands beside text that does not */
};

/* Words of one line that stand so near that they belong together. */
struct segment {
    uint32_t first; /* word */
    uint32_t count;
    uint32_t glyphs;
    uint32_t flags;
    float x0, y0, x1, y1;
    float size;
};

enum line_flag {
    LINE_BOLD = 1,
    LINE_RUNNING = 2,
    LINE_ASIDE = 4,
    LINE_FOOTNOTE = 8,
    LINE_JOINS = 16,    /* goes on with the paragraph of the body line before */
    LINE_APART = 32,    /* more room than usual stands before it */
    LINE_LOWER = 64,    /* begins lower-case, quotation marks and brackets aside */
    LINE_OPEN = 128,    /* ends in mid-sentence */
    LINE_HYPHEN = 256,  /* ends with letter and hyphen */
    LINE_LABEL = 512,   /* begins with what may be a label: "a)", "6.", "Art. 5" */
    LINE_BULLET = 1024, /* begins with what must be one: a bullet, "6.1 Il" */
};

struct line {
    uint32_t first; /* in the page's order of segments */
    uint32_t count;
    uint32_t flags;
    float x0, y0, x1, y1;
    float base; /* lower edge of its letters */
    float size;
    float text_x0;    /* behind its label */
    float first_word; /* width */
};

/* Lines one below the other that share their margins. */
struct leaf {
    uint32_t first; /* line */
    uint32_t count;
    float x0, x1;
    float pitch; /* from line to line inside a paragraph, in font sizes */
    bool cell;   /* of a table */
};

/* Which way lines are written on a page as it is displayed. */
enum turn { TURN_NONE, TURN_DOWN, TURN_OVER, TURN_UP };

struct page {
    float width, height; /* upright */
    bool picture;        /* no text, but pictures */
    enum turn turn;      /* of its text; all of this stands as if it were upright */
    ARRAY(struct glyph) glyphs;
    ARRAY(struct word) words;
    ARRAY(struct segment) segments;
    ARRAY(uint32_t) order; /* segments, line by line */
    ARRAY(struct line) lines;
    ARRAY(struct leaf) leaves;
};

enum {
    PAPER_GUTTERS = 16,
};

struct paper {
    struct arena arena;
    ARRAY(struct page) pages;
    uint64_t glyphs;
    float body_size;              /* of the font that most of the text has */
    float gutters[PAPER_GUTTERS]; /* middles of those found so far: pages are laid out alike */
    uint32_t gutter_count;
};

/* extract.c; codes are of enum pdf_failure, 0 = read. */
int paper_read(struct paper *paper, struct str bytes, uint32_t *number);

/* stack.c */
void paper_find_stacks(struct paper *paper);

/* running.c */
void paper_find_running(struct paper *paper);

/* region.c */
void page_find_lines(struct paper *paper, struct page *page);

/* paragraph.c */
void paper_find_paragraphs(struct paper *paper);

/* emit.c; false: the reader went away. */
bool paper_emit(struct paper *paper);
bool failure_emit(int code, uint32_t number);

#endif
