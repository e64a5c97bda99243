#ifndef TEXT_SEGMENT_LABEL_H
#define TEXT_SEGMENT_LABEL_H

#include "base/bounds.h"
#include "text/language.h"

/*
 * What paragraphs and list items begin with: "6.1", "Art. 5 -", "Allegato A", "(b)", "iv.", a
 * bullet.  Only the shape is judged here; whether a label counts where it stands is up to
 * segment.c and segment_list.c.
 */
enum label_kind {
    LABEL_NONE,
    LABEL_NUMBER,  /* "1.", "6.1.2", "3)", "A.1" */
    LABEL_ARTICLE, /* "Art. 5", "Section 3.2", "§ 5" */
    LABEL_PART,    /* "Parte II", "Annex A" */
    LABEL_LETTER,  /* "a)", "(ii)", "B.": letters that may be Roman numbers carry both values */
    LABEL_BULLET,
};

struct label {
    uint32_t begin; /* its first byte */
    uint32_t end;   /* behind its last byte, separators included */
    uint32_t text;  /* the first visible byte of what it labels; the block's end if nothing */
    enum label_kind kind;
    uint32_t sign; /* of a bullet: its code point */
    uint16_t numbers[BOUND_NUMBER_DEPTH];
    uint8_t depth;  /* components; more than BOUND_NUMBER_DEPTH are not kept */
    uint8_t letter; /* 1..26, 0 = none */
    uint8_t roman;  /* 1..49, 0 = none */
    char prefix;    /* the letter of "A.1" */
    char style;     /* what closes it: '.', ')', ':', '-', '(' = in brackets, 0 = nothing */
    bool upper;     /* of letters */
    bool weak;      /* a bare number: a label only if it continues the numbering */
};

/* At `begin`, the first visible byte of a block that ends at `end`.  False: no label. */
bool label_parse(struct str text, uint32_t begin, uint32_t end, const struct language *language,
                 struct label *label);
/*
 * Inside a block, at the begin of a word: "(a)", "b)", bullets; behind `:` or `;` (`opened`) also
 * "a.", "1." and dashes.
 */
bool label_parse_inline(struct str text, uint32_t begin, uint32_t end, bool opened,
                        struct label *label);
bool label_is_first(const struct label *label);
/* Does `next` follow `last` in one list?  Narrows *next to its letter or its Roman value. */
bool label_follows(const struct label *last, struct label *next);
/* "6.1", "5", "IV", "A.1"; for letters the letters as written. */
struct str label_path(struct arena *arena, struct str text, const struct label *label);

#endif
