#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/array.h"
#include "base/str.h"

/* What the user is told when an operation stops: one line, "what, where, what to do". */
struct error {
    char text[512];
};

/* Fills *error (which may be NULL) and returns false, so that callers can `return error_set(...)`.
 */
bool error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A mistake in a rule file, or a limit hit: collected, sorted and shown together. */
enum diagnostic_level {
    DIAGNOSTIC_NOTE,
    DIAGNOSTIC_WARNING,
    DIAGNOSTIC_ERROR,
};

struct diagnostic {
    enum diagnostic_level level;
    struct str file;
    uint32_t line;   /* 1-based; 0 = unknown */
    uint32_t column; /* 1-based, bytes; 0 = unknown */
    struct str text; /* what, and how to mend it */
};

/* Texts are kept in `arena`, which the creator sets. */
struct diagnostics {
    struct arena *arena;
    ARRAY(struct diagnostic) list;
    uint32_t errors;
};

void diagnostic_add(struct diagnostics *diagnostics, enum diagnostic_level level, struct str file,
                    uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* file:line:column: level: text, in file and line order, duplicates dropped. */
void diagnostics_print(struct diagnostics *diagnostics, FILE *stream);

#endif
