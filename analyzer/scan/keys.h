#ifndef SCAN_KEYS_H
#define SCAN_KEYS_H

#include "rule/ruleset.h"
#include "text/view.h"

/*
 * Which atoms can match a unit at all.  Text keys are beginnings of words, so a trie walked from
 * the first letter of every word finds them; class keys are bits of the view.
 */
struct keys;
struct keys *keys_new(struct arena *arena, const struct ruleset *ruleset);
/* Atoms worth a run on this view, each once, ascending; *count of them.  Valid until the next call.
 */
const uint32_t *keys_candidates(struct keys *keys, const struct view *view, uint32_t *count);

#endif
