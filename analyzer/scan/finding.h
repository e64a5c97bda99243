#ifndef SCAN_FINDING_H
#define SCAN_FINDING_H

#include "rule/ruleset.h"
#include "text/document.h"

/* Plain structs: what judging yields and every report renders. */

/* What the user told us about the contract (check --party --paid --sector --concluded). */
struct facts {
    enum party party;
    struct str paid;      /* "yes" "no" "unknown" */
    struct str sector;    /* "digital" ... "unknown" */
    struct str concluded; /* "distance" "premises" "unknown" */
    struct str as_of;     /* ISO date: norms not in force then are not shown; empty = all are */
};

struct evidence {
    struct str name;   /* of the condition, may be empty */
    struct str source; /* pattern as written */
    struct span span;
    const struct document *paper; /* another of the contract, where it stands; NULL = this one */
};

/* One unit where the clause says it. */
struct place {
    uint32_t unit;
    struct span mark;   /* the operative words, within the unit's own span */
    struct span anchor; /* what the rule marks: the same, unless that is too short to be read */
    const struct rule *rule;
    enum grade grade; /* after mitigators and facts */
    struct evidence *evidence;
    uint32_t evidence_count;
    struct span related; /* the other half, when the rule spans two units; {0,0} = none */
    const struct document *related_paper; /* as evidence.paper */
    const struct rule **others;           /* losers of the overlap in this unit */
    uint32_t other_count;
    uint32_t *found; /* mitigator indices found */
    uint32_t found_count;
    uint32_t *missing; /* mitigator indices looked for in vain */
    uint32_t missing_count;
    uint32_t *denied; /* mitigator indices that the clause rules out */
    uint32_t denied_count;
    bool aggravated;               /* by them */
    const struct attempt *attempt; /* how it was judged (scan/trace.h); NULL unless traced */
};

enum approval { APPROVAL_NO_LIST, APPROVAL_LISTED, APPROVAL_NOT_LISTED };

struct finding_norm {
    const struct norm_use *use;
    bool conditional; /* depends on a fact that is unknown */
};

/* One clause's findings of one category: 1..n places, headed by the gravest. */
struct finding {
    struct str category;
    const struct rule *rule; /* of the gravest place */
    enum grade grade;
    enum level level;
    bool candidate; /* "may" */
    uint32_t clause;
    struct place *places; /* gravest first, then document order */
    uint32_t place_count;
    struct finding_norm *norms;
    uint32_t norm_count;
    enum approval approval;
    uint64_t fingerprint;
};

/* The judged document. */
struct verdict {
    ARRAY(struct finding) findings; /* document order */
    uint32_t families_searched;
    uint32_t limit_hits; /* patterns stopped by a limit: exit 2 */
};

#endif
