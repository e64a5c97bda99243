#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "base/str.h"

/*
 * Buffered output with sticky failure: write as much as you like, ask once at the end.
 * To memory, to stdout, or to a file that is written beside its name (mode 0600) and renamed
 * by out_close, so that nothing half-written is ever seen.
 */
struct out;

struct out *out_memory(void);
struct out *out_stdout(void);
/* NULL with *error filled when the temporary file cannot be created. */
struct out *out_file(const char *path, struct error *error);

void out_str(struct out *out, struct str s);
void out_char(struct out *out, char c);
void out_format(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Memory only: what was written so far; valid until the next write or close. */
struct str out_written(const struct out *out);
/* True when an earlier write failed because the reader went away (EPIPE). */
bool out_broken_pipe(const struct out *out);
/* Flushes, renames, frees.  False with *error filled if anything was lost. */
bool out_close(struct out *out, struct error *error);
/* Frees and removes the temporary file. */
void out_abandon(struct out *out);

#endif
