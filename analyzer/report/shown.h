#ifndef REPORT_SHOWN_H
#define REPORT_SHOWN_H

#include "report/writer.h"
#include "text/repair.h"

/*
 * The contract's own words as a report shows them.  "Readable" text has its edits applied, runs of
 * blanks as one blank and control characters replaced: safe for a terminal and for HTML.
 */

/* Code points of a span for display.  `blank`: one is owed before the next letter. */
struct shown_walk {
    struct repaired walk;
    bool blank;
};
struct shown_walk shown_begin(const struct document *document, struct span span, bool blank);
/* False at the end; a blank at the end stays owed in walk->blank. */
bool shown_next(struct shown_walk *walk, uint32_t *code_point);

/* In-band signs in the results of shown_excerpt; no other control characters are in there. */
enum {
    SHOWN_MARK = '\1',
    SHOWN_PLAIN = '\2',
};
/*
 * The readable text of a unit with its lead-ins, at most about `max` bytes around the mark, cut at
 * words with an ellipsis; the mark between SHOWN_MARK and SHOWN_PLAIN.
 */
struct str shown_excerpt(struct arena *arena, const struct document *document, uint32_t unit,
                         struct span mark, size_t max);
/* Readable text of a span, at most `max` bytes, cut at a word with an ellipsis. */
struct str shown_short(struct arena *arena, const struct document *document, struct span span,
                       size_t max);
/* `s` cut at a word to `max` bytes and an ellipsis; itself when short enough. */
struct str shown_cut(struct arena *arena, struct str s, size_t max);
/* The first sentence of an explanation, without its full stop, cut to `max` bytes. */
struct str shown_sentence(struct arena *arena, struct str s, size_t max);
/* Any bytes (a file name) as valid UTF-8 without control characters. */
struct str shown_clean(struct arena *arena, struct str s);

/* The exact quote: slices of text, joined by a blank where a page foot cuts the span. */
struct str shown_quote(struct arena *arena, const struct document *document, struct span span);
/* A span without blanks at its ends; {begin, begin} when there is nothing else. */
struct span shown_trim(const struct document *document, struct span span);

/* First and last position of a trimmed span, the end behind its last character. */
struct region {
    struct position begin;
    struct position end;
};
struct region shown_region(struct writer *w, struct span span);
struct position shown_position(struct writer *w, uint32_t offset);

/* A string built piece by piece. */
struct buffer {
    struct arena *arena;
    ARRAY(char) bytes;
};
void buffer_str(struct buffer *buffer, struct str s);
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct str buffer_get(const struct buffer *buffer);

#endif
