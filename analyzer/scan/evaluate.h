#ifndef SCAN_EVALUATE_H
#define SCAN_EVALUATE_H

#include "scan/finding.h"
#include "scan/scan.h"
#include "scan/trace.h"

/* Do the conditions of a rule hold around a hit?  Nothing here changes anything. */

/* What an accepted finding of the first round tells `refers`. */
struct accepted {
    struct str category;
    uint32_t unit;
    enum grade grade;
};

/* The numbered clauses of a document, by what article_key() makes of their paths. */
struct articles {
    struct article {
        int64_t key;
        uint32_t clause;
    } * items; /* sorted */
    uint32_t count;
};
void articles_of(const struct document *document, struct arena *arena, struct articles *articles);

struct evaluation {
    const struct document *document;
    const struct hits *hits;
    const struct articles *articles;
    const struct accepted *accepted; /* sorted by unit */
    uint32_t accepted_count;
    struct arena *arena;
    struct trial *trial; /* notes what is asked; NULL = nobody wants to know */
    /* The question */
    const struct condition *anchor; /* NULL: a mitigator, asked over first..last */
    const struct hit *hit;          /* of the anchor */
    uint32_t first_unit;            /* default scope of a mitigator's conditions */
    uint32_t last_unit;
    /* What was seen on the way */
    ARRAY(struct evidence) evidence;
    struct span related; /* of a condition that held in a neighbour unit */
    enum grade referred; /* of the finding a `refers` found */
    struct span best; /* words of the weightiest child of a score that holds; {0, 0} = no score */
};

bool evaluate(struct evaluation *e, const struct condition *condition);
/*
 * What the anchor's unit speaks of, if no condition saw it elsewhere: what a `refers` finds
 * (NULL: none is asked), the clause whose article the unit names, the sentence before one that
 * opens with "in tal caso".  {0, 0}: nothing.
 */
struct span evaluate_reference(struct evaluation *e, const struct condition *refers);
/* Units of a scope around a unit; headings are not a range: SCOPE_HEADING gives an empty one. */
void scope_units(const struct document *document, enum scope scope, uint32_t unit, uint32_t *first,
                 uint32_t *last);

#endif
