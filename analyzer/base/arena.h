#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/str.h"

/*
 * Region allocation.  Three lifetimes are in use: rules (process), document (one input), scratch
 * (one call, by mark and reset).  Allocation never returns NULL: out of memory prints one line
 * and exits with status 2.  Memory is zeroed.  Free space is poisoned under AddressSanitizer.
 */
struct arena_block;
struct arena {
    struct arena_block *block; /* current block; older ones are linked behind it */
};
struct arena_mark {
    struct arena_block *block;
    size_t used;
};

void *arena_alloc(struct arena *arena, size_t size, size_t align, size_t count);
#define arena_new(arena, type, count)                                                              \
    ((type *)arena_alloc((arena), sizeof(type), _Alignof(type), (count)))

/*
 * Grows the newest allocation in place; false when it is not the newest or the room is not there.
 * What is added is zeroed.
 */
bool arena_extend(struct arena *arena, void *data, size_t old_size, size_t new_size);
/* Says so on stderr and exits with status 2; for other owners of memory too. */
_Noreturn void arena_exhausted(void);

struct arena_mark arena_mark(struct arena *arena);
/* Gives back everything allocated since the mark. */
void arena_reset(struct arena *arena, struct arena_mark mark);
void arena_free(struct arena *arena);

/* Copies; the copy has a NUL after its last byte, so .data may be handed to C libraries. */
struct str arena_str(struct arena *arena, struct str s);
struct str arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct str arena_vformat(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#endif
