#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include "base/arena.h"

/* Growing array whose items live in an arena.  Zero-initialise before use. */
#define ARRAY(type)                                                                                \
    struct {                                                                                       \
        type *items;                                                                               \
        uint32_t count;                                                                            \
        uint32_t capacity;                                                                         \
    }

/* Appends by value; evaluates `array` more than once. */
#define array_push(arena, array, value)                                                            \
    do {                                                                                           \
        array_reserve((arena), (array), (size_t)(array)->count + 1);                               \
        (array)->items[(array)->count++] = (value);                                                \
    } while (0)

#define array_reserve(arena, array, wanted)                                                        \
    ((array)->items = array_grow((arena), (array)->items, &(array)->capacity, (array)->count,      \
                                 (wanted), sizeof *(array)->items))

/* Doubling growth; at most UINT32_MAX items (more exits as out of memory does). */
void *array_grow(struct arena *arena, void *items, uint32_t *capacity, uint32_t count,
                 size_t wanted, size_t item_size);

#endif
