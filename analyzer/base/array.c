/* Growth of arrays in arenas: in place when nothing was allocated since, else by copy. */

#include "base/array.h"

enum {
    CAPACITY_FIRST = 16,
};

void *
array_grow(struct arena *arena, void *items, uint32_t *capacity, uint32_t count, size_t wanted,
           size_t item_size)
{
    size_t grown = (size_t)*capacity * 2;
    void *copy;

    if (wanted <= *capacity)
        return items;
    if (wanted > UINT32_MAX)
        arena_exhausted();
    if (grown < wanted)
        grown = wanted;
    if (grown < CAPACITY_FIRST)
        grown = CAPACITY_FIRST;
    if (grown > UINT32_MAX)
        grown = UINT32_MAX;
    if (!items || !arena_extend(arena, items, *capacity * item_size, grown * item_size)) {
        copy = arena_alloc(arena, item_size, _Alignof(max_align_t), grown);
        if (count)
            memcpy(copy, items, count * item_size);
        items = copy;
    }
    *capacity = (uint32_t)grown;
    return items;
}
