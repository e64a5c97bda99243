#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stdint.h>

/* Half-open range [begin, end) of bytes in a document's text (see text/document.h). */
struct span {
    uint32_t begin;
    uint32_t end;
};

static inline uint32_t
span_len(struct span s)
{
    return s.end - s.begin;
}

static inline bool
span_contains(struct span outer, struct span inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

static inline bool
span_overlaps(struct span a, struct span b)
{
    return a.begin < b.end && b.begin < a.end;
}

/* The smallest span that holds both. */
static inline struct span
span_join(struct span a, struct span b)
{
    return (struct span){a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

#endif
