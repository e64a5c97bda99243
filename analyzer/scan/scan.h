#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include "rule/ruleset.h"
#include "text/view.h"

#define VALUE_NONE INT64_MIN

/* One match of an atom in a unit. */
struct hit {
    uint32_t atom;
    uint32_t unit;
    struct span mark; /* text; for items the part in the unit's own piece */
    uint16_t first_word;
    uint16_t last_word;
    uint8_t subject; /* enum role */
    uint8_t bearer;  /* enum role */
    bool negated;
    bool outside;      /* wholly in a lead-in: evidence for the item, never an anchor */
    int64_t values[4]; /* of the atom's named captures; VALUE_NONE = not captured */
};

/* "art. 6.1" in a unit, as a number to compare with article_key() of a clause's path. */
struct cited {
    uint32_t unit;
    int64_t key;
};

/* All hits of a document, sorted by (atom, unit, first word). */
struct hits {
    struct hit *list;
    uint32_t count;
    uint32_t *first;     /* per atom: index of its first hit; first[atom count] = count */
    struct cited *cited; /* articles of this contract, not of a law; sorted by unit */
    uint32_t cited_count;
};

/* Compiled atoms of a ruleset: a trie of text keys, PCRE2 code on first run. */
struct scanner; /* opaque */
struct scan_options {
    bool ignore_keys; /* run every atom on every unit (tests) */
    int jit;          /* -1 = after some runs, 0 = never, 1 = at once */
    bool measure;     /* count the steps of every match: slow */
};
/* Borrows the ruleset.  NULL with *error filled when PCRE2 refuses to start. */
struct scanner *scanner_new(const struct ruleset *ruleset, struct scan_options options,
                            struct error *error);
void scanner_free(struct scanner *scanner);
/* Steps of PCRE2's matcher on the unit that took most of this atom, if they are measured. */
uint32_t scanner_steps(const struct scanner *scanner, uint32_t atom);

/*
 * Hits live in `arena`.  A limit hit is said in diagnostics (rule, file, unit) and counted; all
 * other hits stand.
 */
void scan_document(struct scanner *scanner, struct arena *arena, const struct document *document,
                   struct hits *hits, struct diagnostics *diagnostics, uint32_t *limit_hits);

#endif
