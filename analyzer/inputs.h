#ifndef INPUTS_H
#define INPUTS_H

#include "base/arena.h"
#include "base/error.h"

/* Which files a command line means: operands, folders (walked, sorted), --files-from. */
struct inputs {
    ARRAY(const char *) paths; /* "-" = standard input, at most once */
    uint32_t skipped;          /* files in folders that are of no known kind, or hidden */
};

/* False with *error filled when a folder or the list cannot be read. */
bool inputs_collect(struct inputs *inputs, struct arena *arena, const char *const *operands,
                    uint32_t count, const char *files_from, struct error *error);

#endif
