#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/span.h"

/*
 * The only string view: bytes, not NUL-terminated.  A struct str borrows: it points to an
 * arena that lives at least as long, or to static data.
 */
struct str {
    const char *data;
    size_t len;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) ((int)(s).len), (s).data

static inline struct str
str_of(const char *c_string)
{
    return (struct str){c_string, c_string ? strlen(c_string) : 0};
}

static inline bool
str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline struct str
str_slice(struct str s, size_t begin, size_t end)
{
    return (struct str){s.data + begin, end - begin};
}

static inline struct str
str_span(struct str s, struct span span)
{
    return str_slice(s, span.begin, span.end);
}

/* Byte order; a prefix sorts first.  Usable in qsort comparisons. */
int str_compare(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Offset of needle in s, or s.len when absent. */
size_t str_find(struct str s, struct str needle);
/* Without ASCII blanks (space, tab, CR, LF, FF) at both ends. */
struct str str_trim(struct str s);
/*
 * Cuts the next field off *rest at `separator`, trimmed; false when *rest is used up.  With
 * separator ' ' any run of ASCII blanks separates and empty fields are skipped.
 */
bool str_cut(struct str *rest, char separator, struct str *field);
/* Glob with * and ? over the whole string. */
bool str_glob(struct str pattern, struct str s);
/* Whole string as decimal number; false on anything else or overflow. */
bool str_number(struct str s, int64_t *value);
/* A day of the calendar, like 2005-10-23. */
bool str_is_date(struct str s);
/* Optimal string alignment distance, for "did you mean"; at most 64 bytes are compared. */
size_t str_distance(struct str a, struct str b);

#endif
