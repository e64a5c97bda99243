#ifndef TEXT_SEGMENT_PARTS_H
#define TEXT_SEGMENT_PARTS_H

#include "base/array.h"
#include "text/segment_label.h"
#include "text/segment_sentence.h"
#include "text/segment_shape.h"

/*
 * What the segment_*.c files share; nobody else includes this.
 *   segment_block.c     paragraphs, their labels, tables of contents
 *   segment_sentence.c  sentences and lists inside a paragraph
 *   segment_list.c      which paragraphs are items, and of which lead-in
 *   segment_heading.c   which paragraphs are headings, and their levels
 *   segment_clause.c    flags of clauses, the list of approved articles
 *   segment.c           the driver, which writes clauses, units and pieces
 */

/* A paragraph: the text between line breaks that carry no edit. */
struct block {
    struct span span;   /* first to last visible byte, a label before it included */
    struct label label; /* LABEL_NONE: .text is the first byte */
    struct shape shape; /* of what stands behind the label */
    uint16_t indent;    /* columns before it */
    bool blank_before;  /* a blank line stands before it */
    bool contents;      /* belongs to a table of contents */
    bool alone;         /* nothing but a label */
};

enum {
    LIST_LEVELS = 6,     /* of lists within lists; deeper ones count as the last */
    HEADING_LEVELS = 32, /* ranks of headings; see segment_heading.c */
};

/* One level of the lists that are open. */
struct list_level {
    struct span leadin; /* empty: the list has none of its own */
    struct label last;  /* of the last item; LABEL_NONE for lists without labels */
    struct str path;    /* of the last item, for those below it */
    uint16_t indent;    /* of its items */
    uint16_t leadin_indent;
    bool open;       /* the last item ended as if more were to come */
    bool bare;       /* its items have no final punctuation */
    bool fragment;   /* its first item has no verb */
    bool capitals;   /* its items are written in capitals */
    bool semicolons; /* parted by ; inside one block */
    uint32_t first;  /* hash of the first item's first word */
    uint16_t ending; /* see struct shape */
    uint32_t idle;   /* blocks since the last item */
};

/* The end of the block before, if it reads as if a list came now. */
struct pending {
    bool open;
    bool capitals;
    struct span leadin;
    uint32_t unit;
    uint16_t indent;
    uint32_t depth; /* lists it stands in */
};

struct open_heading {
    uint32_t heading;
    uint32_t rank;
    bool leaf; /* text stands right below it: it is no container of articles */
};

struct segmenter {
    struct document *document;
    const struct language *language;
    struct arena scratch;
    struct splitter *splitter;
    ARRAY(struct block) blocks;
    bool titles_numbered; /* "6.1 Recesso. Il Cliente ..." is the habit of this document */
    bool titles_plain;    /* "Recesso. Il Cliente ..." */
    bool lines;           /* one sentence a line: blank lines and paragraphs are not to be had */

    struct list_level levels[LIST_LEVELS];
    uint32_t depth;      /* levels in use */
    uint32_t item_depth; /* of the item being written; 0 = none */
    struct pending pending;

    struct open_heading headings[HEADING_LEVELS];
    uint32_t heading_count;

    /* the last number or article */
    uint16_t numbers[BOUND_NUMBER_DEPTH];
    uint8_t number_depth;
    char number_style;
    bool number_article; /* "Art. 5" */
    bool number_deep;    /* numbers of two components came since the last of one */
    struct str article;  /* path of the last "Art. 5" or "5."; numbers below it may join it */
    struct str path;     /* that blocks without a label inherit */

    bool clause_open;     /* more units may join the last clause */
    bool clause_numbered; /* it is a numbered paragraph */
    bool clause_indented; /* its first block is */

    struct flagging *flagging; /* see segment_clause.c */
    bool composed_full;        /* items are read without their lead-ins from here on */
    uint64_t composed;         /* bytes of all items with their lead-ins */
    uint32_t cut_units;        /* sentences longer than a unit */
};

/* segment_block.c */
void blocks_find(struct segmenter *s);

/* segment_list.c */
enum list_place {
    PLACE_NONE,
    PLACE_ITEM,
    PLACE_TAIL, /* goes on with the sentence that the lead-in began */
};
/* Is block i an item?  Opens, continues and closes levels. */
enum list_place list_place_block(struct segmenter *s, uint32_t i);
/* An item inside a block, whose lead-in is `before` if it opens a list. */
void list_place_part(struct segmenter *s, const struct part *part, struct span before);
/* How the block of the last item ended. */
void list_item_ends(struct segmenter *s, const struct block *block);
void list_close(struct segmenter *s);
/* Lead-ins of the current level, outermost first; at most BOUND_LEADIN_LEVELS. */
uint32_t list_leadins(const struct segmenter *s, uint32_t depth,
                      struct span leadins[BOUND_LEADIN_LEVELS]);

/* segment_heading.c */
bool heading_like(const struct segmenter *s, uint32_t i);
/* Do headings run in front of their text here?  Once, before the first block is taken. */
void headings_learn(struct segmenter *s);
/* A cheap look: may the block begin with a heading in front of its text? */
bool heading_may_run_in(const struct segmenter *s, const struct block *block);
/* "6.1 Recesso. Il Cliente ...": is the first sentence of a block a heading? */
bool heading_runs_in(const struct segmenter *s, const struct block *block, struct span sentence);
/* A label that numbers an article or paragraph, where it stands. */
bool label_is_main(const struct segmenter *s, const struct block *block);
/* Opens a heading whose unit and clause are the next ones made. */
void heading_open(struct segmenter *s, const struct block *block, bool runs_in);
/* A numbered paragraph ends the headings of its siblings. */
void headings_pass(struct segmenter *s, const struct block *block);
void headings_close(struct segmenter *s);
/* Moves the numbering on to a main label and sets the path. */
void number_advance(struct segmenter *s, const struct label *label);
/* "12" + b: "12 lett. b", as the language names it. */
struct str path_with_letter(struct segmenter *s, struct str path, struct str letter);

/* segment_clause.c */
struct flagging *flagging_new(struct segmenter *s);
/* Does a sentence open with a joiner ("in tal caso")? */
bool clause_joins(struct flagging *flagging, struct span sentence);
/* Flags all clauses and units, reads the approved articles. */
void clauses_flag(struct flagging *flagging);

#endif
