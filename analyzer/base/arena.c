/*
 * Region allocation: blocks from calloc, the newest in front.  A block remembers how far it was
 * ever used, so that fresh pages are never cleared twice and reused ones always are.
 */

#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define poison(begin, size) __asan_poison_memory_region((begin), (size))
#define unpoison(begin, size) __asan_unpoison_memory_region((begin), (size))
enum {
    REDZONE = 16, /* poisoned bytes between allocations */
};
#else
#define poison(begin, size) ((void)(begin), (void)(size))
#define unpoison(begin, size) ((void)(begin), (void)(size))
enum {
    REDZONE = 0,
};
#endif

enum {
    BLOCK_FIRST = 64 << 10,
    BLOCK_LAST = 4 << 20, /* doubling stops here */
};

struct arena_block {
    struct arena_block *older;
    struct arena_block *spare; /* given back by a reset; next to be used */
    size_t size;               /* of bytes */
    size_t used;
    size_t dirty; /* bytes from here on are still zero from calloc */
    size_t step;  /* size the next block has, unless a request needs more */
    max_align_t bytes[];
};

void
arena_exhausted(void)
{
    fputs("cavillo: out of memory\n", stderr);
    exit(2);
}

static char *
block_bytes(struct arena_block *block)
{
    return (char *)block->bytes;
}

static struct arena_block *
block_new(size_t size, size_t step)
{
    struct arena_block *block = NULL;

    if (size < SIZE_MAX - sizeof *block)
        block = calloc(1, sizeof *block + size);
    if (!block)
        arena_exhausted();
    block->size = size;
    block->step = step;
    poison(block->bytes, size);
    return block;
}

static void
block_free(struct arena_block *block)
{
    if (!block)
        return;
    unpoison(block->bytes, block->size);
    free(block);
}

/* A block with room for `bytes` becomes the current one. */
static void
add_block(struct arena *arena, size_t bytes)
{
    struct arena_block *current = arena->block;
    struct arena_block *block = current ? current->spare : NULL;
    size_t step = current ? current->step : BLOCK_FIRST;

    if (block && block->size < bytes) {
        block_free(block);
        block = NULL;
    }
    if (!block) {
        /* A big request gets a block of its own; the doubling goes on behind it. */
        bool own = bytes > step;
        size_t next = own || step >= BLOCK_LAST ? step : step * 2;

        block = block_new(own ? bytes : step, next);
    }
    if (current)
        current->spare = NULL;
    block->older = current;
    arena->block = block;
}

/* Padding before an allocation of that alignment, which is a power of two. */
static size_t
padding(struct arena_block *block, size_t align)
{
    uintptr_t top = (uintptr_t)(block_bytes(block) + block->used);

    return (size_t)(-top & (align - 1));
}

void *
arena_alloc(struct arena *arena, size_t size, size_t align, size_t count)
{
    struct arena_block *block = arena->block;
    size_t bytes;
    size_t begin;
    char *result;

    if (size && count > (SIZE_MAX / 4) / size)
        arena_exhausted();
    bytes = size * count;
    if (!block || block->size - block->used < padding(block, align) + bytes + REDZONE) {
        add_block(arena, bytes + align + REDZONE);
        block = arena->block;
    }
    begin = block->used + padding(block, align);
    result = block_bytes(block) + begin;
    unpoison(result, bytes);
    if (begin < block->dirty)
        memset(result, 0, block->dirty - begin < bytes ? block->dirty - begin : bytes);
    block->used = begin + bytes + REDZONE;
    if (block->used > block->dirty)
        block->dirty = block->used;
    return result;
}

bool
arena_extend(struct arena *arena, void *data, size_t old_size, size_t new_size)
{
    struct arena_block *block = arena->block;
    char *end = (char *)data + old_size;
    size_t more = new_size - old_size;
    size_t begin;

    /* With red zones nothing ever ends at the top: growing arrays move, which finds more bugs. */
    if (!block || !data || end != block_bytes(block) + block->used ||
        block->size - block->used < more)
        return false;
    begin = block->used;
    if (begin < block->dirty)
        memset(end, 0, block->dirty - begin < more ? block->dirty - begin : more);
    block->used += more;
    if (block->used > block->dirty)
        block->dirty = block->used;
    return true;
}

struct arena_mark
arena_mark(struct arena *arena)
{
    return (struct arena_mark){arena->block, arena->block ? arena->block->used : 0};
}

/*
 * Of the blocks given back the newest, which is usually the largest, is kept as a spare: a scratch
 * arena that is reset again and again then never calls malloc.
 */
void
arena_reset(struct arena *arena, struct arena_mark mark)
{
    struct arena_block *keep = NULL;

    while (arena->block != mark.block) {
        struct arena_block *block = arena->block;

        arena->block = block->older;
        block_free(block->spare);
        block->spare = NULL;
        if (keep && keep->size >= block->size) {
            block_free(block);
        } else {
            block_free(keep);
            keep = block;
        }
    }
    if (keep) {
        keep->used = 0;
        keep->older = NULL;
        poison(keep->bytes, keep->size);
    }
    if (!arena->block) {
        arena->block = keep;
        return;
    }
    if (keep) {
        block_free(arena->block->spare);
        arena->block->spare = keep;
    }
    arena->block->used = mark.used;
    poison(block_bytes(arena->block) + mark.used, arena->block->size - mark.used);
}

void
arena_free(struct arena *arena)
{
    while (arena->block) {
        struct arena_block *block = arena->block;

        arena->block = block->older;
        block_free(block->spare);
        block_free(block);
    }
}

struct str
arena_str(struct arena *arena, struct str s)
{
    char *copy = arena_new(arena, char, s.len + 1);

    if (s.len)
        memcpy(copy, s.data, s.len);
    return (struct str){copy, s.len};
}

struct str
arena_format(struct arena *arena, const char *format, ...)
{
    struct str result;
    va_list args;

    va_start(args, format);
    result = arena_vformat(arena, format, args);
    va_end(args);
    return result;
}

struct str
arena_vformat(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    int length;
    char *data;

    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    if (length < 0)
        arena_exhausted(); /* the only other cause, a bad wide character, is never printed */
    data = arena_new(arena, char, (size_t)length + 1);
    vsnprintf(data, (size_t)length + 1, format, again);
    va_end(again);
    return (struct str){data, (size_t)length};
}
