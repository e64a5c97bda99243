#ifndef SCAN_TRACE_H
#define SCAN_TRACE_H

#include "scan/finding.h"
#include "scan/scan.h"

/* What judging asked and what it saw.  Kept only when somebody wants to know. */

/* Why a hit that has the words of a condition does not meet it. */
enum misfit {
    MISFIT_NONE,
    MISFIT_SUBJECT,
    MISFIT_BEARER,
    MISFIT_NEGATED,
    MISFIT_VALUE,
    MISFIT_NEAR,
    MISFIT_ORDER,
};

/* One condition that was asked; those below it follow, one deeper. */
struct tried {
    const struct condition *condition;
    uint32_t depth;
    bool holds;
    const struct hit *hit; /* what it saw; NULL: its words are not there */
    enum misfit misfit;    /* of that hit */
    struct span referred;  /* of a refers that holds */
};

/* The conditions of one rule at one place, in the order they were asked. */
struct trial {
    ARRAY(struct tried) list;
    uint32_t depth;
};

enum mitigated { MITIGATED_UNASKED, MITIGATED_NO, MITIGATED_YES, MITIGATED_NEGATED };

struct asked {
    const struct mitigation *mitigation;
    enum mitigated answer;
    struct span seen; /* {0, 0}: nothing */
};

enum fate {
    FATE_CONDITION, /* a condition does not hold */
    FATE_LEADIN,    /* the words stand in the lead-in, which is judged by itself */
    FATE_CONTEXT,   /* a heading, or a clause that is silent for this reader */
    FATE_UNLESS,
    FATE_UNGRADED, /* grade none for this reader */
    FATE_CANCELLED,
    FATE_ACCEPTED, /* may yet lose to another rule in the unit */
};

/* A rule tried at a hit of an anchor; an absent rule has no hit. */
struct attempt {
    const struct rule *rule;
    const struct condition *anchor;
    const struct hit *hit;
    uint32_t unit;
    enum fate fate;
    enum grade grade; /* if accepted */
    struct trial trial;
    ARRAY(struct asked) asked;
};

struct trace {
    ARRAY(struct attempt *) attempts;
};

/* As rules write them. */
const char *trace_kind(enum condition_kind kind);
const char *trace_misfit(enum misfit misfit);
const char *trace_role(enum role role);
const char *trace_answer(enum mitigated answer);
/* Whether a condition of the first level is one of the rule's `unless`. */
bool trace_is_unless(const struct attempt *attempt, const struct tried *tried);
/* What the children of the score at this index of the trial add up to. */
int32_t trace_sum(const struct trial *trial, uint32_t score);

#endif
