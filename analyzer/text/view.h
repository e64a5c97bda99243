#ifndef TEXT_VIEW_H
#define TEXT_VIEW_H

#include "text/fold.h"
#include "text/language.h"
#include "text/lexicon.h"
#include "text/pattern.h"

/* One word of a view. */
struct view_word {
    uint32_t begin;   /* offset of its blank in bytes */
    uint32_t letters; /* offset of its first letter, behind the codes */
    uint32_t end;     /* behind its punctuation */
    struct span text; /* first to last letter, in text */
    uint8_t role;     /* enum role of the mention it is in */
    uint8_t inside;   /* 1 = not the first word of the mention */
    uint16_t flags;   /* enum word_flag */
};

enum word_flag {
    WORD_NEGATION = 1,
    WORD_PREPOSITION = 2,  /* "di", "by": what follows is not the subject */
    WORD_GENITIVE = 4,     /* "del", "of": what follows bears */
    WORD_FIRST_PLURAL = 8, /* "possiamo": the provider speaks */
    WORD_STOP = 16,        /* ends with ; or : */
    WORD_KNOWN = 32,       /* some list or class of the language holds it */
    WORD_CONDITION = 64,   /* "se", "qualora", "if": opens a clause that has a subject of its own */
    WORD_COMMA = 128,      /* ends with a comma or a closing bracket */
    WORD_ASIDE = 256,      /* between round brackets */
};

struct view_value {
    enum span_class kind;
    uint32_t first_word;
    uint32_t last_word;
    int64_t amount; /* duration: days; money: cents; date: yyyymmdd; article: article_key() */
};

/*
 * A unit as patterns see it: blank, class codes, folded letters, punctuation, word after word.
 * Written into scratch for one unit, matched, thrown away.
 */
struct view {
    char *bytes; /* not NUL-terminated */
    uint32_t length;
    struct view_word *words;
    uint32_t word_count;
    uint32_t own_word; /* first word of the unit's own piece (0 unless an item) */
    uint64_t *classes; /* bit per class met; BOUND_CLASSES bits */
    struct view_value *values;
    uint32_t value_count;
    bool cut; /* longer than BOUND_UNIT_VIEW: the rest was not read */
};

/* Everything a view needs that does not change from unit to unit; all memory in `arena`. */
struct view_maker; /* opaque */
struct view_maker *view_maker_new(struct arena *arena, const struct document *document,
                                  const struct language *language, const struct lexicon *lexicon);
/* The view stays valid until the next call. */
const struct view *view_unit(struct view_maker *maker, uint32_t unit);
/* Index of the word whose blank stands at `offset` or, for an end, of the last that ends by it. */
uint32_t view_word_at(const struct view *view, uint32_t offset);
/* How an article path is compared: a number from the letters and digits of "6.1" or "12". */
int64_t article_key(struct str path);

#endif
