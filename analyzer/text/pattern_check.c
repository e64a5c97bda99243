#include "text/pattern_tree.h"

/* What a tree says of itself before any text is seen: that it matches everywhere, or nowhere. */

/* Fewest words a tree can match; a pattern of none would match everywhere. */
static uint32_t
fewest(const struct pattern *pattern)
{
    uint32_t sum = 0;
    switch (pattern->kind) {
    case NODE_WORD:
    case NODE_CLASS:
    case NODE_SPAN:
        return 1;
    case NODE_GAP:
    case NODE_OPT:
    case NODE_BEGIN:
    case NODE_END:
        return 0;
    case NODE_SEQ:
        for (const struct pattern *c = pattern->children; c; c = c->next)
            sum += fewest(c);
        return sum;
    case NODE_ALT:
        sum = UINT32_MAX;
        for (const struct pattern *c = pattern->children; c; c = c->next) {
            uint32_t branch = fewest(c);
            sum = branch < sum ? branch : sum;
        }
        return sum;
    }
    return sum;
}

static bool
edge_is_gap(const struct pattern *pattern, bool last)
{
    while (pattern && pattern->kind == NODE_SEQ) {
        const struct pattern *child = pattern->children;
        while (last && child && child->next)
            child = child->next;
        pattern = child;
    }
    return pattern && pattern->kind == NODE_GAP;
}

/*
 * A ^ behind a word or a $ before one, with at least so many words of the pattern around the tree:
 * it never matches.
 */
static bool
misplaced_edge(const struct pattern *pattern, uint32_t before, uint32_t behind)
{
    switch (pattern->kind) {
    case NODE_BEGIN:
        return before > 0;
    case NODE_END:
        return behind > 0;
    case NODE_SEQ:
        for (const struct pattern *c = pattern->children; c; c = c->next) {
            uint32_t rest = behind;
            for (const struct pattern *later = c->next; later; later = later->next)
                rest += fewest(later);
            if (misplaced_edge(c, before, rest))
                return true;
            before += fewest(c);
        }
        return false;
    case NODE_ALT: /* a set may hold "^ nor" for those of its uses that open a pattern */
        for (const struct pattern *c = pattern->children; c; c = c->next)
            if (!misplaced_edge(c, before, behind))
                return false;
        return true;
    case NODE_OPT:
    case NODE_WORD:
    case NODE_CLASS:
    case NODE_SPAN:
    case NODE_GAP:
        return false;
    }
    return false;
}

const char *
pattern_mistake(const struct pattern *pattern)
{
    if (fewest(pattern) == 0)
        return "it can match without any word";
    if (edge_is_gap(pattern, false) || edge_is_gap(pattern, true))
        return "a gap at the begin or end says nothing; leave it out";
    if (misplaced_edge(pattern, 0, 0))
        return "^ is the begin of the sentence and $ its end: with a word before ^ or behind $ "
               "this "
               "never matches";
    return NULL;
}
