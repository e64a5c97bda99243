#include "scan/trace.h"

/* The words of rule files for what a trace holds. */

const char *
trace_kind(enum condition_kind kind)
{
    static const char *const names[] = {"all",   "any",   "not",    "score",
                                        "match", "value", "absent", "refers"};
    return names[kind];
}

const char *
trace_misfit(enum misfit misfit)
{
    static const char *const names[] = {"",      "subject", "bearer", "negated",
                                        "value", "near",    "order"};
    return names[misfit];
}

const char *
trace_role(enum role role)
{
    static const char *const names[] = {"none", "provider", "user", "third"};
    return names[role];
}

const char *
trace_answer(enum mitigated answer)
{
    static const char *const names[] = {"", "not found", "found", "denied"};
    return names[answer];
}

bool
trace_is_unless(const struct attempt *attempt, const struct tried *tried)
{
    const struct condition *c = attempt->rule->unless;
    while (c && c != tried->condition)
        c = c->next;
    return c != NULL;
}

int32_t
trace_sum(const struct trial *trial, uint32_t score)
{
    int32_t sum = 0;
    const struct tried *list = trial->list.items;
    for (uint32_t i = score + 1; i < trial->list.count && list[i].depth > list[score].depth; i++)
        if (list[i].depth == list[score].depth + 1 && list[i].holds)
            sum += list[i].condition->weight;
    return sum;
}
