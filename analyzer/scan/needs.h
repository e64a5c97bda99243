#ifndef SCAN_NEEDS_H
#define SCAN_NEEDS_H

#include "rule/ruleset.h"

/*
 * Which atoms are worth running on a unit.  What a rule starts from (its anchors) and what is
 * looked for beyond the unit runs everywhere; what a rule asks of the unit itself runs only where
 * one of its anchors stands.
 */
struct needs {
    bool *always; /* per atom */
    uint32_t
        *first; /* per atom: where its list begins in `asked`; first[atom count] ends the last */
    uint32_t *asked; /* atoms that rules with this anchor ask of the unit */
};

struct needs needs_of(struct arena *arena, const struct ruleset *ruleset);

#endif
