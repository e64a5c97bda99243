#ifndef TEXT_READ_H
#define TEXT_READ_H

#include "base/arena.h"
#include "base/error.h"

/* The raw bytes of one input, as they lie on disk. */
struct source {
    struct str name;  /* as the user gave it, or --stdin-name */
    struct str bytes; /* in the arena given */
};

/* Refuses directories, devices, files over max_bytes, unreadable and empty ones. */
bool read_path(struct arena *arena, const char *path, size_t max_bytes, struct source *source,
               struct error *error);
bool read_stdin(struct arena *arena, struct str name, size_t max_bytes, struct source *source,
                struct error *error);

#endif
