#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include "text/document.h"

/*
 * The words of a whole document, each spelling once with how often it occurs.  Folded as views fold
 * them, but for accents and punctuation; seen through the edits there are.
 */

enum token_flag {
    TOKEN_BOUND = 1,  /* part of an address or a code: a sign stands right before or behind it */
    TOKEN_EDITED = 2, /* an edit lies inside */
    TOKEN_UPPER = 4,  /* begins with a capital letter */
};

/* One word of the text. */
struct token {
    uint32_t word; /* index into words.items */
    struct span span;
    uint32_t flags; /* enum token_flag */
};

/* One spelling. */
struct word {
    struct str folded;
    uint32_t count;
    uint32_t first; /* token where it stands first that is not bound or edited; or NO_TOKEN */
    uint16_t digits;
    bool foreign; /* holds letters of another script */
};
#define NO_TOKEN UINT32_MAX

struct words {
    ARRAY(struct word) items;
    ARRAY(struct token) tokens;
    uint32_t *slots; /* index + 1; 0 = free */
    uint32_t slot_count;
};

/* False: more words than BOUND_MEND_WORDS; what was read until then is there. */
bool words_read(struct arena *arena, const struct document *document, struct words *words);
/* NULL: not in the document. */
const struct word *words_find(const struct words *words, struct str folded);
/* Text offsets of the folded letters of a token, and its end behind them; at most `max` letters. */
uint32_t words_offsets(const struct document *document, struct span span, uint32_t *offsets,
                       uint32_t max);

#endif
