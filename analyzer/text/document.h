#ifndef TEXT_DOCUMENT_H
#define TEXT_DOCUMENT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/span.h"
#include "text/read.h"

/*
 * One input, from bytes to units.  All arrays are flat, sorted by begin, and live in the
 * document's arena; each stage fills its own and touches nothing earlier:
 *   document_build: text, encoding, origin, lines, pages   (text/document.c)
 *   repair_document: edits                                 (text/repair.c)
 *   language_vote: language                                (text/language.c)
 *   segment_document: headings, clauses, units, pieces     (text/segment.c)
 *   party_document: names                                  (text/party.c)
 * Every span is in bytes of `text`, which is what `cavillo text` prints and is never altered.
 */

enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_WINDOWS1252, /* Latin-1 is its subset for texts */
};

/* What an input is; --input says it instead of its contents. */
enum format {
    FORMAT_AUTO,
    FORMAT_TEXT,
    FORMAT_HTML,
    FORMAT_DOCX,
    FORMAT_ODT,
    FORMAT_MARKDOWN,
    FORMAT_PDF,
};

/* How a place in the text is led back to the input. */
enum origin_kind {
    ORIGIN_BYTES, /* to raw bytes */
    ORIGIN_BOXES, /* to rectangles on pages: PDF */
    ORIGIN_NONE,  /* not at all */
};

/*
 * A point where text and raw bytes stand side by side.  From there to the next point the decoder
 * walks both, code point by code point; points are at most a KiB of raw bytes apart.
 */
struct origin_point {
    uint32_t text;
    uint32_t raw; /* ORIGIN_NOWHERE: up to the next point the text stands nowhere in the input */
};
#define ORIGIN_NOWHERE UINT32_MAX

/* Left, top, right, bottom, in 1/65535 of the page's width or height, from the upper left. */
struct box {
    uint16_t x0, y0, x1, y1;
};

enum laid_flag {
    LAID_JOINS = 1,   /* goes on with the paragraph of the line before that is not running */
    LAID_RUNNING = 2, /* running header or footer */
};

/* A line of a PDF; its code points up to the line break have one box each. */
struct laid_line {
    uint32_t begin; /* of its first character that is no blank */
    uint32_t box;   /* index of that character's box */
    uint32_t page;  /* 1-based */
    uint32_t flags; /* enum laid_flag */
};

/* In points. */
struct page_size {
    float width, height;
};

struct rectangle {
    uint32_t page;
    float x0, y0, x1, y1; /* points from the page's upper left corner */
};

enum edit_kind {
    EDIT_CUT,   /* not there: line-end hyphen with its break, running header, soft hyphen */
    EDIT_BLANK, /* a line break read as a blank */
    EDIT_SPLIT, /* zero-width: a blank is missing here */
    EDIT_SWAP,  /* one letter misread; `letter` is what the view sees */
};

struct edit {
    struct span span;
    enum edit_kind kind;
    char letter;
};

enum unit_kind {
    UNIT_SENTENCE,
    UNIT_ITEM, /* pieces: its lead-ins, outermost first, then itself */
    UNIT_CELL,
    UNIT_HEADING,
};

/*
 * What a pattern sees at one go; no match crosses a unit.  `span` is the unit's own text with its
 * label ("6.1", "a)"); the last piece is the same without the label, the earlier pieces of an item
 * are its lead-ins.
 */
struct unit {
    struct span span;
    struct str path; /* of an item with a label of its own: "12 lett. b"; else empty */
    uint32_t first_piece;
    uint32_t piece_count; /* at least 1 */
    uint32_t clause;
    enum unit_kind kind;
    uint8_t joined; /* opens with a joiner ("in tal caso"): belongs to the unit before */
    uint8_t refers; /* opens with words that speak of what stands before ("quanto sopra") */
    uint8_t leadin; /* 1 when items hang from it */
};

enum clause_flag {
    CLAUSE_DEFINITION = 1,
    CLAUSE_QUOTATION = 2,  /* words of a law or of a third party's licence */
    CLAUSE_CONTENTS = 4,   /* table of contents */
    CLAUSE_APPROVAL = 8,   /* the block under artt. 1341-1342 c.c. */
    CLAUSE_CONSUMER = 16,  /* for consumers only */
    CLAUSE_BUSINESS = 32,  /* for business customers only */
    CLAUSE_ELSEWHERE = 64, /* for residents of a country outside the reader's law */
};

/* A numbered paragraph or an unnumbered block. */
struct clause {
    struct span span;
    struct str path; /* "6.1", "12 lett. b"; empty when the text numbers nothing */
    int32_t heading; /* index into headings, -1 = none */
    uint32_t first_unit;
    uint32_t unit_count;
    uint32_t flags; /* enum clause_flag */
};

struct heading {
    uint32_t unit;
    int32_t parent;        /* -1 = top */
    uint32_t first_clause; /* the section: clauses from here ... */
    uint32_t end_clause;   /* ... to before this one, those under sub-headings included */
    uint16_t level;        /* 1 = top */
};

/* Who a mention stands for. */
enum role {
    ROLE_NONE,
    ROLE_PROVIDER,
    ROLE_USER,
    ROLE_THIRD,
};

/* A name the contract defines, or a brand. */
struct party_name {
    struct str folded; /* words joined by single blanks, as the view writes them, no codes */
    uint32_t words;
    enum role role;
    struct span defined; /* where; {0, 0} = nowhere, generic */
};

/* Something the reader of a report has to know about how the text was read. */
struct note {
    const char *message; /* id in rules/messages.xml, e.g. "note.bad-bytes" */
    uint32_t number;     /* for its %u, e.g. a count */
};

/* One of several papers that are read as one contract (text/join.c). */
struct paper {
    struct document *document;
    uint32_t base, first_unit, first_clause; /* of its text, units, clauses in the whole */
};

struct document {
    struct arena *arena;
    struct str name;
    struct str raw;
    struct str text;
    char sha256[65]; /* of the raw bytes */
    enum encoding encoding;
    enum origin_kind origin_kind;
    ARRAY(struct origin_point) origin; /* of bytes; empty: text and raw are the same bytes */
    ARRAY(struct laid_line) laid;      /* of boxes, as the next two */
    ARRAY(struct box) boxes;           /* of every code point of the laid lines */
    ARRAY(struct page_size) sizes;     /* of every page */
    bool paragraphs;                   /* every line is one, but for what `given` says */
    ARRAY(struct edit) given;          /* edits that the reader of the format knows, in order */
    ARRAY(uint32_t) lines;             /* first byte of every line */
    ARRAY(uint32_t) pages;             /* first byte of every page; empty = the text has none */
    ARRAY(uint32_t) columns;           /* code points before every 4096th byte, for positions */
    ARRAY(struct edit) edits;
    struct str language; /* "it"; empty = none that is supported */
    ARRAY(struct heading) headings;
    ARRAY(struct clause) clauses;
    ARRAY(struct unit) units;
    ARRAY(struct span) pieces;
    ARRAY(struct party_name) names;
    ARRAY(struct str) approved; /* article paths in the 1341 block; valid if has_approval */
    bool has_approval;
    ARRAY(struct note) notes;
    uint32_t words;                  /* rough count, for the summary */
    ARRAY(struct paper) papers;      /* of a whole contract; empty: the document stands alone */
    const struct document *contract; /* the whole that it is a paper of; NULL: it stands alone */
};

/*
 * Decodes, maps, finds lines and pages.  False: binary, undecodable, a format that is not read (the
 * message says what to do), or nothing but blanks.  The document borrows source.
 */
bool document_build(struct document *document, struct arena *arena, const struct source *source,
                    struct error *error);
/* The same for an input that is known to be of a format; FORMAT_AUTO: find out. */
bool document_build_as(struct document *document, struct arena *arena, const struct source *source,
                       enum format format, struct error *error);

/* Raw range of a text span, for ORIGIN_BYTES only; the bytes are equal for clean UTF-8 inputs. */
struct span document_raw(const struct document *document, struct span span);

/*
 * Where a span stands on its pages, for ORIGIN_BOXES only: one rectangle for every line, running
 * headers and footers inside it left out.  Returns how many were written, at most `max`.
 */
size_t document_rectangles(const struct document *document, struct span span,
                           struct rectangle *rectangles, size_t max);

/* 1-based line, and 1-based column in code points, of a text offset. */
struct position {
    uint32_t line;
    uint32_t column;
};
struct position document_position(const struct document *document, uint32_t offset);
/* 1-based page, 0 when the text has no pages. */
uint32_t document_page(const struct document *document, uint32_t offset);
/* Index of the clause, unit at a text offset (the last that begins at or before it). */
uint32_t document_clause_at(const struct document *document, uint32_t offset);
uint32_t document_unit_at(const struct document *document, uint32_t offset);

/*
 * The visible parts of a span: what is left between CUT edits longer than a hyphen (a footer in
 * mid-sentence gives two parts).  Returns how many were written, at most `max`.
 */
size_t document_parts(const struct document *document, struct span span, struct span *parts,
                      size_t max);
/*
 * A span as a reader should see it: edits applied, runs of blanks as one blank.  For display
 * only; the quote of a finding stays slice(text).
 */
struct str document_readable(struct arena *arena, const struct document *document,
                             struct span span);
/* "6 > 6.1 heading texts", outermost first, joined by " > "; empty when under no heading. */
struct str document_heading_path(struct arena *arena, const struct document *document,
                                 uint32_t clause);
/* A note given again adds its number to the first. */
void document_note(struct document *document, const char *message, uint32_t number);
/* False: parts of the input were not read, or not as they are; *error says what and what to do. */
bool document_reliable(const struct document *document, struct error *error);

#endif
