#ifndef TEXT_SEGMENT_SENTENCE_H
#define TEXT_SEGMENT_SENTENCE_H

#include "text/segment_label.h"
#include "text/segment_shape.h"

/*
 * Cuts a block into sentences and the items of lists inside it: "... per: (a) danni; (b) perdite."
 * The parts cover every visible byte of the block, in order.
 */
struct part {
    struct span span;   /* with its mark */
    uint32_t text;      /* behind its mark */
    struct label label; /* LABEL_NONE without one */
    bool item;          /* an item of a list inside the block; the part before it is its lead-in */
    bool title;         /* "Indirizzo valido:" before a sentence */
    bool goes_on;       /* the part before was cut off in mid-sentence */
};

struct splitter; /* opaque: buffers that live for a document */
struct splitter *splitter_new(struct arena *arena, const struct document *document,
                              const struct language *language);

struct split_input {
    struct span span;   /* the block with its label */
    struct label label; /* the block's own, LABEL_NONE without */
    struct label next;  /* the label of the block behind, LABEL_NONE without */
    bool titled;        /* a title may open the block: "6.1 Recesso: Il Cliente ..." */
};

struct parts {
    struct part *items;
    uint32_t count;
};
/*
 * Valid until the next call.  A block too long for the buffers comes in several rounds: call again
 * with the same input while *rest is not empty (it begins as the block's span).
 */
struct parts splitter_cut(struct splitter *splitter, const struct split_input *input,
                          struct span *rest);

#endif
