#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include "base/arena.h"
#include "base/error.h"
#include "text/document.h"
#include "text/lexicon.h"

/*
 * The pattern language: a line of words, compiled to PCRE2 (DESIGN 8; rules/README.md shows every
 * construct).  Parsed into a tree, from which come the PCRE2 text and the keys.
 */

/* Codes that are not words of the lexicon but spans found in a document. */
enum span_class {
    SPAN_PROVIDER,
    SPAN_USER,
    SPAN_THIRD,
    SPAN_MONEY,
    SPAN_DURATION,
    SPAN_DATE,
    SPAN_ARTICLE,
    SPAN_KINDS,
};
/* Span kind k owns classes 2k (first word) and 2k+1 (words inside). */
#define SPAN_CLASSES (2 * SPAN_KINDS)
/* "provider" ... "article"; SPAN_KINDS when unknown. */
enum span_class span_class_of(struct str name);

struct pattern; /* opaque tree */

/* The sets known while patterns of one language are read. */
struct pattern_sets; /* opaque */
struct pattern_sets *pattern_sets_new(struct arena *arena, struct lexicon *lexicon);
/* One set; `items` are separated by commas or line breaks.  Order does not matter: sets may name
 * each other; cycles are found by pattern_sets_check.  False: already defined. */
bool pattern_sets_add(struct pattern_sets *sets, struct str name, struct str items, struct str file,
                      uint32_t line);
/* Parses all sets and reports their mistakes: unknown names, cycles, unknown lemmas. */
void pattern_sets_check(struct pattern_sets *sets, struct diagnostics *diagnostics);
/* The class of a set's single words; CLASS_NONE when it has none or is unknown. */
class_id pattern_sets_class(struct pattern_sets *sets, struct str name);

/* NULL and a diagnostic at file:line when the source is not a pattern. */
struct pattern *pattern_parse(struct pattern_sets *sets, struct str source, struct str file,
                              uint32_t line, struct diagnostics *diagnostics);
/* Two patterns with equal text are one atom.  Not PCRE2: classes are written by their ids. */
struct str pattern_identity(struct arena *arena, const struct pattern *pattern);
/* PCRE2 text over views; the lexicon is sealed. */
struct str pattern_regex(struct arena *arena, const struct pattern *pattern,
                         const struct lexicon *lexicon);

/*
 * Keys: a unit that lacks them cannot match.  A list of groups, all needed; a group is a list of
 * alternatives, one of which is needed.
 */
struct pattern_key {
    struct str text; /* folded letters that must occur; empty: `class` must occur */
    class_id class;
    uint8_t worth; /* how much it narrows, roughly: letters of its most common word */
};
struct pattern_group {
    struct pattern_key *keys;
    uint32_t count;
};
struct pattern_keys {
    struct pattern_group *groups;
    uint32_t count; /* 0 = no key: runs on every unit */
};
struct pattern_keys pattern_keys(struct arena *arena, const struct pattern *pattern);
/* Names of {money:cap}-like captures in order of their groups. */
uint32_t pattern_values(const struct pattern *pattern, struct str *names, uint32_t max);
/*
 * A view (with codes) that the pattern matches, walking the tree at random; for tests.
 */
struct str pattern_sample(struct arena *arena, const struct pattern *pattern,
                          const struct lexicon *lexicon, uint64_t *random);

#endif
