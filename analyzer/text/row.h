#ifndef TEXT_ROW_H
#define TEXT_ROW_H

#include "text/document.h"

/*
 * The lines of a text that are not blank, with what repair.c and its helpers ask about them again
 * and again.  Form feeds end rows too.
 */
enum row_ending {
    ROW_OPEN, /* in mid-sentence, as far as punctuation tells */
    ROW_COMMA,
    ROW_STOP, /* . ! ? ... */
    ROW_SEMICOLON,
    ROW_COLON,
    ROW_LEADER, /* dots and a page number: never goes on */
};

enum row_hyphen {
    ROW_UNBROKEN,
    ROW_HYPHEN,        /* letter, hyphen, end */
    ROW_HYPHEN_SPACED, /* letter, blank, hyphen, end: pdftotext -layout writes some so */
    ROW_HYPHEN_SOFT,   /* U+00AD */
};

/* What a row begins with. */
enum row_label {
    ROW_PLAIN,
    ROW_LABEL_WEAK,   /* "a)", "Art. 5", a dash: may also stand in mid-sentence */
    ROW_LABEL_STRONG, /* "6.1 Il", a bullet: always begins something */
};

enum row_flag {
    ROW_PAGE = 1,          /* a form feed stands before it */
    ROW_BLANK_BEFORE = 2,  /* a blank line stands before it */
    ROW_LOWER = 4,         /* begins lower-case, quotation marks and brackets aside */
    ROW_LETTER = 8,        /* begins with a lower-case letter itself */
    ROW_CAPITALS = 16,     /* letters, none of them lower-case */
    ROW_LABEL_ALONE = 32,  /* nothing but a bullet or a number: "6.1", "a)" */
    ROW_ABBREVIATION = 64, /* ends with a full stop behind at most four letters */
    ROW_CUT = 128,         /* running header or footer */
};

struct row {
    uint32_t begin; /* first and behind the last character that is no blank */
    uint32_t end;
    uint16_t indent;     /* columns; UINT16_MAX = that many or more */
    uint16_t edge;       /* column behind its last character */
    uint16_t first_word; /* columns of its first word */
    uint8_t flags;       /* enum row_flag */
    uint8_t ending : 3;  /* enum row_ending */
    uint8_t hyphen : 2;  /* enum row_hyphen */
    uint8_t label : 2;   /* enum row_label */
};

struct rows {
    struct row *items;
    uint32_t count;
};

struct rows row_list(struct arena *arena, const struct document *document);

#endif
