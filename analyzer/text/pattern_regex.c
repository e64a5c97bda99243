#include "base/bounds.h"
#include "base/out.h"
#include "text/pattern_tree.h"

/*
 * Tree -> PCRE2 text, keys, samples.  A word of a view is blank, class codes (two bytes each,
 * 80-BF then C0-FF), letters, punctuation: see text/view.h.
 */

#define CODES "(?:[\\x80-\\xBF][\\xC0-\\xFF])"

static void
out_code(struct out *out, class_id class)
{
    out_format(out, "\\x%02X\\x%02X", 0x80u + class / 64u, 0xC0u + class % 64u);
}

static void
out_gap(struct out *out, const struct pattern *gap)
{
    out_str(out, STR("(?:(?<![;:]) "));
    if (gap->class != CLASS_NONE) {
        out_str(out, STR("(?!" CODES "*?"));
        out_code(out, gap->class);
        out_char(out, ')');
    }
    out_format(out, "[^ ]*+){0,%u}?(?<![;:])", gap->most);
}

static void
out_span(struct out *out, const struct pattern *span)
{
    if (span->value.len > 0)
        out_char(out, '(');
    out_str(out, STR(" " CODES "*?"));
    out_code(out, (class_id)(2 * span->span));
    out_str(out, STR("[^ ]*+(?: " CODES "*?"));
    out_code(out, (class_id)(2 * span->span + 1));
    out_str(out, STR("[^ ]*+)*+"));
    if (span->value.len > 0)
        out_char(out, ')');
}

/* The word that a branch is, if it is a single one. */
static const struct pattern *
single_word(const struct pattern *branch)
{
    while (branch->kind == NODE_SEQ && branch->children && !branch->children->next)
        branch = branch->children;
    return branch->kind == NODE_WORD ? branch : NULL;
}

/* Words of one kind, separated by '|'; returns how many. */
static uint32_t
out_words(struct out *out, const struct pattern *from, const struct pattern *end, bool stem,
          const char *open)
{
    uint32_t count = 0;
    for (const struct pattern *branch = from; branch != end; branch = branch->next) {
        const struct pattern *word = single_word(branch);
        if (word->stem != stem)
            continue;
        out_str(out, count++ == 0 ? str_of(open) : STR("|"));
        out_str(out, word->regex);
    }
    return count;
}

#define PLAIN_END "[^ a-z0-9_]*+(?![^ ])"
#define STEM_END "[^ ]*+"

/* A run of single words: blank and codes once for all of them. */
static void
out_word_run(struct out *out, const struct pattern *from, const struct pattern *end)
{
    out_str(out, STR(" " CODES "*+(?:"));
    uint32_t plain = out_words(out, from, end, false, "(?:");
    if (plain > 0)
        out_str(out, STR(")" PLAIN_END));
    if (out_words(out, from, end, true, plain > 0 ? "|(?:" : "(?:") > 0)
        out_str(out, STR(")" STEM_END));
    out_char(out, ')');
}

static void out_node(struct out *out, const struct pattern *node);

static void
out_alternatives(struct out *out, const struct pattern *branch)
{
    out_str(out, STR("(?:"));
    while (branch) {
        const struct pattern *end = branch;
        while (end && single_word(end))
            end = end->next;
        if (end != branch) {
            out_word_run(out, branch, end);
        } else {
            out_node(out, branch);
            end = branch->next;
        }
        if (end)
            out_char(out, '|');
        branch = end;
    }
    out_char(out, ')');
}

static void
out_node(struct out *out, const struct pattern *node)
{
    const struct pattern *child = node->children;
    switch (node->kind) {
    case NODE_WORD:
        out_str(out, STR(" " CODES "*+"));
        out_str(out, node->regex);
        out_str(out, node->stem ? STR(STEM_END) : STR(PLAIN_END));
        return;
    case NODE_CLASS:
        out_str(out, STR(" " CODES "*?"));
        out_code(out, node->class);
        out_str(out, STR("[^ ]*+"));
        return;
    case NODE_SPAN:
        out_span(out, node);
        return;
    case NODE_GAP:
        out_gap(out, node);
        return;
    case NODE_SEQ:
        for (; child; child = child->next)
            out_node(out, child);
        return;
    case NODE_ALT:
        out_alternatives(out, child);
        return;
    case NODE_OPT:
        out_str(out, STR("(?:"));
        out_node(out, child);
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

struct str
pattern_regex(struct arena *arena, const struct pattern *pattern)
{
    struct out *out = out_memory();
    out_node(out, pattern);
    struct str regex = arena_str(arena, out_written(out));
    out_abandon(out);
    return regex;
}

/* Keys */

enum { GROUPS_KEPT = 3, KEYS_IN_GROUP = 64, TEXT_KEY_LETTERS = 2 };

/* How much a key narrows, roughly: rare is high. */
static uint32_t
key_worth(const struct pattern_key *key)
{
    if (key->text.len > 0)
        return (uint32_t)key->text.len;
    return key->class < SPAN_CLASSES ? 1 : 5;
}

/* A group is as good as its most common alternative. */
static uint32_t
group_worth(const struct pattern_group *group)
{
    uint32_t worth = UINT32_MAX;
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t w = key_worth(&group->keys[i]);
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
            keys = key_of(arena, (struct pattern_key){pattern->literal, CLASS_NONE});
        return keys;
    case NODE_CLASS:
        return key_of(arena, (struct pattern_key){STR(""), pattern->class});
    case NODE_SPAN:
        return key_of(arena, (struct pattern_key){STR(""), (class_id)(2 * pattern->span)});
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
sample_class(struct out *out, class_id class)
{
    out_format(out, " %c%cword", (char)(0x80 + class / 64), (char)(0xC0 + class % 64));
}

static void
sample_node(struct out *out, const struct pattern *node, uint64_t *random)
{
    const struct pattern *child = node->children;
    uint32_t count = 0;
    switch (node->kind) {
    case NODE_WORD:
        sample_word(out, node, random);
        return;
    case NODE_CLASS:
        sample_class(out, node->class);
        return;
    case NODE_SPAN:
        sample_class(out, (class_id)(2 * node->span));
        if (draw(random, 2))
            sample_class(out, (class_id)(2 * node->span + 1));
        return;
    case NODE_GAP:
        for (uint32_t n = draw(random, node->most + 1u); n > 0; n--)
            out_str(out, STR(" qqq,"));
        return;
    case NODE_SEQ:
        for (; child; child = child->next)
            sample_node(out, child, random);
        return;
    case NODE_ALT:
        for (const struct pattern *c = child; c; c = c->next)
            count++;
        for (uint32_t n = draw(random, count); n > 0; n--)
            child = child->next;
        sample_node(out, child, random);
        return;
    case NODE_OPT:
        if (draw(random, 2))
            sample_node(out, child, random);
        return;
    case NODE_BEGIN:
    case NODE_END:
        return;
    }
}

struct str
pattern_sample(struct arena *arena, const struct pattern *pattern, uint64_t *random)
{
    struct out *out = out_memory();
    sample_node(out, pattern, random);
    struct str sample = arena_str(arena, out_written(out));
    out_abandon(out);
    return sample;
}
