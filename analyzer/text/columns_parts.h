#ifndef TEXT_COLUMNS_PARTS_H
#define TEXT_COLUMNS_PARTS_H

#include "base/arena.h"
#include "base/str.h"

/* Between columns.c, which finds the gutter of a page, and columns_write.c, which cuts along it. */

enum {
    COLUMNS_LINES = 512, /* of one page; longer ones are cut into pages */
    COLUMNS_WIDTH = 250, /* columns; a longer line is no line of a page with columns */
};

enum columns_side {
    COLUMNS_BLANK,
    COLUMNS_LEFT,
    COLUMNS_RIGHT,
    COLUMNS_BOTH,
    COLUMNS_FULL, /* text across the gutter */
};

/* A line of a page; `text` up to its last character that is no blank. */
struct columns_line {
    struct str text;
    size_t first;       /* byte of its first character that is no blank */
    size_t left_end;    /* of both: bytes of the left part, where the right part begins */
    size_t right_begin; /* of both and right */
    uint16_t from;      /* columns, as the next three */
    uint16_t to;        /* COLUMNS_WIDTH + 1: that many or more */
    uint16_t left_to;
    uint16_t right_from;
    uint8_t side; /* enum columns_side */
};

struct columns_page {
    struct columns_line *lines;
    uint32_t count;
    bool paged;      /* the text has form feeds */
    struct str text; /* all of it, the form feed that ends it included */
};

/* The part of a line in its left or right column; empty: there is none. */
struct str columns_part(const struct columns_line *line, enum columns_side side);
/* Whether the words of a column go on from one part to the next, as far as letters tell. */
bool columns_goes_on(struct str part, struct str next);
/* Writes the page with its columns one behind the other; returns how many bytes. */
size_t columns_write(const struct columns_page *page, char *out);

#endif
