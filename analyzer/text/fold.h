#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "text/repair.h"

/*
 * Folding: text -> 7-bit words with offsets (DESIGN: "the view of a unit").  One blank before
 * every word, none elsewhere; a word is letters, digits, '_' with outer punctuation kept.
 * Hyphens and slashes part words; an apostrophe stays at the end of its word, with a word break
 * behind it (" dell' utente", " doesn' t").  A full stop between a letter and a digit parts words
 * ("art.5").  Words of one or two letters keep a final accent as '_'.
 * The same function folds texts, patterns, lexicon forms and party names.
 */
struct fold {
    char *bytes;
    uint32_t *offsets; /* text offset of each byte; the blank has that of its word */
    uint32_t length;
    uint32_t capacity; /* bytes beyond it are dropped and `cut` is set */
    bool cut;
};

/* Room for any text of `bytes` bytes; both arrays in the arena. */
struct fold fold_new(struct arena *arena, size_t bytes);
/* Appends one piece of a document. */
void fold_span(struct fold *fold, const struct document *document, struct span span);
/* Appends a free-standing UTF-8 string; offsets are into it. */
void fold_str(struct fold *fold, struct str s);

/* The letters, digits and '_' of a folded word, its outer punctuation off. */
struct str fold_core(struct str word);

#endif
