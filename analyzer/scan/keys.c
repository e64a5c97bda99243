#include "scan/keys.h"

#include <stdlib.h>

#include "base/bounds.h"

enum { LETTERS = 38 }; /* a-z 0-9 _ and one for every other sign */

struct trie_node {
    uint32_t child[LETTERS]; /* 0 = none */
    uint32_t key;            /* 0 = none, else key number + 1 */
};

/* Key numbers: classes first (their id), then text keys. */
struct keys {
    ARRAY(struct trie_node) trie;
    uint32_t key_count;
    uint32_t *stamps; /* per key: epoch in which it was met */
    uint32_t *met;    /* keys met in this unit */
    uint32_t met_count;
    uint32_t *atom_stamps; /* per atom: epoch in which it became a candidate */
    uint32_t *list_first;  /* per key: atoms whose first group it belongs to */
    uint32_t *list;
    uint32_t *always; /* atoms without a key */
    uint32_t always_count;
    uint32_t *candidates;
    uint32_t **groups; /* per atom: flattened groups: n, key, key, ..., n, ..., 0 */
    uint32_t atom_count;
    uint32_t epoch;
};

static uint32_t
letter_of(char c)
{
    if (c >= 'a' && c <= 'z')
        return (uint32_t)(c - 'a');
    if (c >= '0' && c <= '9')
        return 26 + (uint32_t)(c - '0');
    return c == '_' ? 36 : 37;
}

static uint32_t
text_key(struct arena *arena, struct keys *keys, struct str text)
{
    uint32_t at = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint32_t letter = letter_of(text.data[i]);
        uint32_t next = keys->trie.items[at].child[letter];
        if (next == 0) {
            next = keys->trie.count;
            array_push(arena, &keys->trie, (struct trie_node){0});
            keys->trie.items[at].child[letter] = next;
        }
        at = next;
    }
    if (keys->trie.items[at].key == 0)
        keys->trie.items[at].key = ++keys->key_count;
    return keys->trie.items[at].key - 1;
}

static uint32_t *
flatten(struct arena *arena, struct keys *keys, const struct pattern_keys *from)
{
    uint32_t size = 1;
    for (uint32_t g = 0; g < from->count; g++)
        size += from->groups[g].count + 1;
    uint32_t *flat = arena_new(arena, uint32_t, size), *at = flat;
    for (uint32_t g = 0; g < from->count; g++) {
        *at++ = from->groups[g].count;
        for (uint32_t k = 0; k < from->groups[g].count; k++) {
            const struct pattern_key *key = &from->groups[g].keys[k];
            *at++ = key->text.len > 0 ? text_key(arena, keys, key->text) : key->class;
        }
    }
    return flat;
}

/* Atoms by the keys of their first group, in one array. */
static void
index_atoms(struct arena *arena, struct keys *keys)
{
    uint32_t *counts = arena_new(arena, uint32_t, keys->key_count + 1);
    uint32_t total = 0;
    for (uint32_t a = 0; a < keys->atom_count; a++) {
        const uint32_t *group = keys->groups[a];
        for (uint32_t k = 1; k <= group[0]; k++, total++)
            counts[group[k]]++;
        if (group[0] == 0)
            keys->always[keys->always_count++] = a;
    }
    keys->list_first = arena_new(arena, uint32_t, keys->key_count + 1);
    keys->list = arena_new(arena, uint32_t, total + 1);
    for (uint32_t k = 0, sum = 0; k < keys->key_count; k++) {
        keys->list_first[k] = sum;
        sum += counts[k];
        counts[k] = keys->list_first[k];
        keys->list_first[k + 1] = sum;
    }
    for (uint32_t a = 0; a < keys->atom_count; a++) {
        const uint32_t *group = keys->groups[a];
        for (uint32_t k = 1; k <= group[0]; k++)
            keys->list[counts[group[k]]++] = a;
    }
}

struct keys *
keys_new(struct arena *arena, const struct ruleset *ruleset)
{
    struct keys *keys = arena_new(arena, struct keys, 1);
    keys->atom_count = ruleset->atoms.count;
    keys->key_count = BOUND_CLASSES;
    array_push(arena, &keys->trie, (struct trie_node){0});
    keys->groups = arena_new(arena, uint32_t *, keys->atom_count + 1);
    for (uint32_t a = 0; a < keys->atom_count; a++)
        keys->groups[a] = flatten(arena, keys, &ruleset->atoms.items[a].keys);
    keys->always = arena_new(arena, uint32_t, keys->atom_count + 1);
    keys->candidates = arena_new(arena, uint32_t, keys->atom_count + 1);
    keys->atom_stamps = arena_new(arena, uint32_t, keys->atom_count + 1);
    keys->stamps = arena_new(arena, uint32_t, keys->key_count + 1);
    keys->met = arena_new(arena, uint32_t, keys->key_count + 1);
    index_atoms(arena, keys);
    return keys;
}

static void
meet(struct keys *keys, uint32_t key)
{
    if (keys->stamps[key] == keys->epoch)
        return;
    keys->stamps[key] = keys->epoch;
    keys->met[keys->met_count++] = key;
}

static void
meet_words(struct keys *keys, const struct view *view)
{
    for (uint32_t w = 0; w < view->word_count; w++) {
        uint32_t at = 0;
        for (uint32_t i = view->words[w].letters; i < view->words[w].end; i++) {
            at = keys->trie.items[at].child[letter_of(view->bytes[i])];
            if (at == 0)
                break;
            if (keys->trie.items[at].key)
                meet(keys, keys->trie.items[at].key - 1);
        }
    }
}

static void
meet_classes(struct keys *keys, const struct view *view)
{
    for (uint32_t i = 0; i < BOUND_CLASSES / 64; i++) {
        for (uint64_t bits = view->classes[i]; bits != 0; bits &= bits - 1)
            meet(keys, i * 64 + (uint32_t)__builtin_ctzll(bits));
    }
}

static bool
groups_met(const struct keys *keys, uint32_t atom)
{
    const uint32_t *group = keys->groups[atom];
    while (group[0] > 0) {
        bool any = false;
        for (uint32_t k = 1; k <= group[0] && !any; k++)
            any = keys->stamps[group[k]] == keys->epoch;
        if (!any)
            return false;
        group += group[0] + 1;
    }
    return true;
}

static int
compare_atoms(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

const uint32_t *
keys_candidates(struct keys *keys, const struct view *view, uint32_t *count)
{
    keys->epoch++;
    keys->met_count = 0;
    meet_words(keys, view);
    meet_classes(keys, view);
    uint32_t n = 0;
    for (uint32_t i = 0; i < keys->always_count; i++)
        keys->candidates[n++] = keys->always[i];
    for (uint32_t i = 0; i < keys->met_count; i++) {
        uint32_t key = keys->met[i];
        for (uint32_t a = keys->list_first[key]; a < keys->list_first[key + 1]; a++) {
            uint32_t atom = keys->list[a];
            if (keys->atom_stamps[atom] == keys->epoch)
                continue;
            keys->atom_stamps[atom] = keys->epoch;
            if (groups_met(keys, atom))
                keys->candidates[n++] = atom;
        }
    }
    qsort(keys->candidates, n, sizeof *keys->candidates, compare_atoms);
    *count = n;
    return keys->candidates;
}
