#include "base/bounds.h"
#include "base/out.h"
#include "text/pattern_tree.h"

/*
 * Tree -> PCRE2 text, keys, samples.  A word of a view is blank, at most one signature, codes of
 * the spans it is in, letters, punctuation: see text/view.h.  A code is two bytes, 80-BF and C0-FF,
 * so none is ever read out of step.
 */

#define CODES "[\\x80-\\xFF]"      /* to step over all of them */
#define CODE "(?:" CODES CODES ")" /* one of them: two bytes */

/* Where the text goes; without a lexicon classes are written by their ids. */
struct writing {
    struct out *out;
    const struct lexicon *lexicon;
};

static void
out_byte(struct out *out, uint32_t byte)
{
    static const char digits[] = "0123456789ABCDEF";
    char escape[] = {'\\', 'x', digits[byte >> 4 & 15u], digits[byte & 15u]};
    out_str(out, (struct str){escape, sizeof escape});
}

static void
out_code(struct out *out, uint32_t code)
{
    out_byte(out, 0x80u + code / 128u);
    out_byte(out, 0x80u + code % 128u);
}

/* Second bytes of the signatures that share a first byte, as ranges. */
static uint32_t
out_second_bytes(struct out *out, const signature *ids, uint32_t count)
{
    uint32_t n = 0, first = ids[0] / 128u;
    out_byte(out, 0x80u + first);
    out_char(out, '[');
    while (n < count && ids[n] / 128u == first) {
        uint32_t last = n;
        while (last + 1 < count && ids[last + 1] == ids[last] + 1 && ids[last + 1] / 128u == first)
            last++;
        out_byte(out, 0x80u + ids[n] % 128u);
        if (last > n) {
            out_char(out, '-');
            out_byte(out, 0x80u + ids[last] % 128u);
        }
        n = last + 1;
    }
    out_char(out, ']');
    return n;
}

/* A signature of the class; `(*FAIL)` when no word is in it. */
static void
out_class(const struct writing *w, class_id class)
{
    if (!w->lexicon) {
        out_format(w->out, "<%u>", class);
        return;
    }
    uint32_t count;
    const signature *ids = lexicon_signatures(w->lexicon, class, &count);
    if (count == 0) {
        out_str(w->out, STR("(*FAIL)"));
        return;
    }
    out_str(w->out, STR("(?:"));
    for (uint32_t n = 0; n < count;) {
        if (n > 0)
            out_char(w->out, '|');
        n += out_second_bytes(w->out, ids + n, count - n);
    }
    out_char(w->out, ')');
}

static void
out_gap(const struct writing *w, const struct pattern *gap)
{
    struct out *out = w->out;
    out_str(out, STR("(?:(?<![;:]) "));
    if (gap->class != CLASS_NONE) {
        out_str(out, STR("(?!"));
        if (gap->class < SPAN_CLASSES) {
            out_str(out, STR(CODE "*?"));
            out_code(out, gap->class);
        } else {
            out_class(w, gap->class);
        }
        out_char(out, ')');
    }
    out_format(out, "[^ ]*+){0,%u}?(?<![;:])", gap->most);
}

static void
out_span(struct out *out, const struct pattern *span)
{
    if (span->value.len > 0)
        out_char(out, '(');
    out_str(out, STR(" " CODE "*?"));
    out_code(out, 2u * span->span);
    out_str(out, STR("[^ ]*+(?: " CODE "*?"));
    out_code(out, 2u * span->span + 1u);
    out_str(out, STR("[^ ]*+)*+"));
    if (span->value.len > 0)
        out_char(out, ')');
}

/* Does a match of the tree begin with a spelled-out word, whichever way it goes? */
static bool
begins_with_word(const struct pattern *node)
{
    while (node->kind == NODE_SEQ && node->children)
        node = node->children;
    return node->kind == NODE_WORD;
}

/* `begun`: blank and codes of the first word are written already. */
static void out_node(const struct writing *w, const struct pattern *node, bool begun);

/* Branches that begin with spelled-out words share their blank and codes. */
static void
out_alternatives(const struct writing *w, const struct pattern *branch)
{
    struct out *out = w->out;
    out_str(out, STR("(?:"));
    while (branch) {
        bool shared = begins_with_word(branch);
        if (shared)
            out_str(out, STR(" " CODES "*+(?:"));
        out_node(w, branch, shared);
        branch = branch->next;
        for (; shared && branch && begins_with_word(branch); branch = branch->next) {
            out_char(out, '|');
            out_node(w, branch, true);
        }
        if (shared)
            out_char(out, ')');
        if (branch)
            out_char(out, '|');
    }
    out_char(out, ')');
}

static void
out_word(struct out *out, const struct pattern *word, bool begun)
{
    if (!begun)
        out_str(out, STR(" " CODES "*+"));
    out_str(out, word->regex);
    out_str(out, word->stem ? STR("[^ ]*+") : STR("[^ a-z0-9_]*+(?![^ ])"));
}

static void
out_node(const struct writing *w, const struct pattern *node, bool begun)
{
    struct out *out = w->out;
    const struct pattern *child = node->children;
    switch (node->kind) {
    case NODE_WORD:
        out_word(out, node, begun);
        return;
    case NODE_CLASS:
        out_char(out, ' ');
        out_class(w, node->class);
        out_str(out, STR("[^ ]*+"));
        return;
    case NODE_SPAN:
        out_span(out, node);
        return;
    case NODE_GAP:
        out_gap(w, node);
        return;
    case NODE_SEQ:
        for (; child; child = child->next, begun = false)
            out_node(w, child, begun);
        return;
    case NODE_ALT:
        out_alternatives(w, child);
        return;
    case NODE_OPT:
        out_str(out, STR("(?:"));
        out_node(w, child, false);
        out_str(out, STR(")?"));
        return;
    case NODE_BEGIN:
        out_char(out, '^');
        return;
    case NODE_END:
        out_char(out, '$');
        return;
    }
}

static struct str
written(struct arena *arena, const struct pattern *pattern, const struct lexicon *lexicon)
{
    struct writing w = {out_memory(), lexicon};
    out_node(&w, pattern, false);
    struct str text = arena_str(arena, out_written(w.out));
    out_abandon(w.out);
    return text;
}

struct str
pattern_identity(struct arena *arena, const struct pattern *pattern)
{
    return written(arena, pattern, NULL);
}

struct str
pattern_regex(struct arena *arena, const struct pattern *pattern, const struct lexicon *lexicon)
{
    return written(arena, pattern, lexicon);
}

/* Keys */

enum { GROUPS_KEPT = 3, KEYS_IN_GROUP = 64, TEXT_KEY_LETTERS = 2 };

/* A group is as good as its most common alternative. */
static uint32_t
group_worth(const struct pattern_group *group)
{
    uint32_t worth = UINT32_MAX;
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t w = group->keys[i].worth;
        worth = w < worth ? w : worth;
    }
    return worth * 8 / (7 + group->count);
}

/* Keeps the best GROUPS_KEPT groups, best first. */
static void
keys_add(struct arena *arena, struct pattern_keys *keys, struct pattern_group group)
{
    if (!keys->groups)
        keys->groups = arena_new(arena, struct pattern_group, GROUPS_KEPT + 1);
    uint32_t at = keys->count;
    while (at > 0 && group_worth(&keys->groups[at - 1]) < group_worth(&group)) {
        keys->groups[at] = keys->groups[at - 1];
        at--;
    }
    keys->groups[at] = group;
    if (keys->count < GROUPS_KEPT)
        keys->count++;
}

static struct pattern_keys
key_of(struct arena *arena, struct pattern_key key)
{
    struct pattern_keys keys = {0};
    struct pattern_group group = {arena_new(arena, struct pattern_key, 1), 1};
    group.keys[0] = key;
    keys_add(arena, &keys, group);
    return keys;
}

/* One alternative of each branch's best group; no key if a branch has none. */
static struct pattern_keys
keys_of_alternatives(struct arena *arena, const struct pattern *branch)
{
    struct pattern_keys none = {0}, keys = {0};
    struct pattern_group all = {arena_new(arena, struct pattern_key, KEYS_IN_GROUP), 0};
    for (; branch; branch = branch->next) {
        struct pattern_keys own = pattern_keys(arena, branch);
        if (own.count == 0 || all.count + own.groups[0].count > KEYS_IN_GROUP)
            return none;
        for (uint32_t i = 0; i < own.groups[0].count; i++)
            all.keys[all.count++] = own.groups[0].keys[i];
    }
    keys_add(arena, &keys, all);
    return keys;
}

struct pattern_keys
pattern_keys(struct arena *arena, const struct pattern *pattern)
{
    struct pattern_keys keys = {0};
    switch (pattern->kind) {
    case NODE_WORD:
        if (pattern->literal.len >= TEXT_KEY_LETTERS)
            keys = key_of(arena, (struct pattern_key){pattern->literal, CLASS_NONE,
                                                      (uint8_t)pattern->literal.len});
        return keys;
    case NODE_CLASS:
        return key_of(arena, (struct pattern_key){STR(""), pattern->class, pattern->worth});
    case NODE_SPAN:
        return key_of(arena, (struct pattern_key){STR(""), (class_id)(2 * pattern->span), 1});
    case NODE_SEQ:
        for (const struct pattern *c = pattern->children; c; c = c->next) {
            struct pattern_keys own = pattern_keys(arena, c);
            for (uint32_t i = 0; i < own.count; i++)
                keys_add(arena, &keys, own.groups[i]);
        }
        return keys;
    case NODE_ALT:
        return keys_of_alternatives(arena, pattern->children);
    case NODE_GAP:
    case NODE_OPT:
    case NODE_BEGIN:
    case NODE_END:
        return keys;
    }
    return keys;
}

uint32_t
pattern_values(const struct pattern *pattern, struct str *names, uint32_t max)
{
    uint32_t count = 0;
    if (pattern->kind == NODE_SPAN && pattern->value.len > 0 && max > 0)
        names[count++] = pattern->value;
    for (const struct pattern *c = pattern->children; c && count < max; c = c->next)
        count += pattern_values(c, names + count, max - count);
    return count;
}

/* Samples */

static uint32_t
draw(uint64_t *random, uint32_t below)
{
    *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*random >> 33) % below;
}

static void
sample_word(struct out *out, const struct pattern *word, uint64_t *random)
{
    out_char(out, ' ');
    for (size_t i = 0; i < word->regex.len; i++) {
        char c = word->regex.data[i];
        if (c == '[') {
            size_t end = i + 1;
            while (word->regex.data[end] != ']')
                end++;
            out_char(out, word->regex.data[i + 1 + draw(random, (uint32_t)(end - i - 1))]);
            i = end;
        } else {
            out_char(out, c);
        }
    }
    if (word->stem && draw(random, 2))
        out_str(out, STR("xyz"));
}

static void
sample_code(struct out *out, uint32_t code)
{
    out_format(out, " %c%cword", (char)(0x80 + code / 128), (char)(0x80 + code % 128));
}

static void
sample_node(const struct writing *w, const struct pattern *node, uint64_t *random)
{
    struct out *out = w->out;
    const signature *ids;
    const struct pattern *child = node->children;
    uint32_t count = 0;
    switch (node->kind) {
    case NODE_WORD:
        sample_word(out, node, random);
        return;
    case NODE_CLASS:
        ids = lexicon_signatures(w->lexicon, node->class, &count);
        sample_code(out, ids[draw(random, count)]);
        return;
    case NODE_SPAN:
        sample_code(out, 2u * node->span);
        if (draw(random, 2))
            sample_code(out, 2u * node->span + 1u);
        return;
    case NODE_GAP:
        for (uint32_t n = draw(random, node->most + 1u); n > 0; n--)
            out_str(out, STR(" qqq,"));
        return;
    case NODE_SEQ:
        for (; child; child = child->next)
            sample_node(w, child, random);
        return;
    case NODE_ALT:
        for (const struct pattern *c = child; c; c = c->next)
            count++;
        for (uint32_t n = draw(random, count); n > 0; n--)
            child = child->next;
        sample_node(w, child, random);
        return;
    case NODE_OPT:
        if (draw(random, 2))
            sample_node(w, child, random);
        return;
    case NODE_BEGIN:
    case NODE_END:
        return;
    }
}

struct str
pattern_sample(struct arena *arena, const struct pattern *pattern, const struct lexicon *lexicon,
               uint64_t *random)
{
    struct writing w = {out_memory(), lexicon};
    sample_node(&w, pattern, random);
    struct str sample = arena_str(arena, out_written(w.out));
    out_abandon(w.out);
    return sample;
}
