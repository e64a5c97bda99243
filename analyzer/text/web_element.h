#ifndef TEXT_WEB_ELEMENT_H
#define TEXT_WEB_ELEMENT_H

#include "text/markup.h"
#include "text/numbering.h"

/* What HTML elements mean for the text of a page.  Used by web.c only. */
enum web_kind {
    WEB_INLINE,
    WEB_VOID,  /* no end tag: input, img */
    WEB_BREAK, /* br */
    WEB_RULE,  /* hr */
    WEB_RAW,   /* contents are neither markup nor text of the page: script */
    WEB_GONE,  /* markup, but no text of the page: template, select */
    WEB_BLOCK,
    WEB_HEADING,
    WEB_PAGE, /* blocks that are the page's own, not the contract's, outside of main: header */
    WEB_MAIN, /* main, article */
    WEB_LINE, /* a line of its own: dd, caption */
    WEB_LIST,
    WEB_ITEM,
    WEB_TABLE,
    WEB_SECTION, /* of a table: tbody */
    WEB_ROW,
    WEB_CELL,
};

enum web_flag {
    WEB_SCOPE = 1,     /* end tags inside do not reach out of it */
    WEB_PARAGRAPH = 2, /* ended by any block */
    WEB_ORDERED = 4,   /* a list of numbers */
    WEB_PRE = 8,       /* line breaks count */
    WEB_CONTROL = 16,  /* buttons and the like */
    WEB_LINK = 32,
    WEB_SUP = 64,
    WEB_TERM = 128,   /* dt, dd: end each other */
    WEB_CLOSED = 256, /* shown only if it is open: dialog */
    WEB_TITLE = 512,  /* heads its row: th */
};

struct web_element {
    const char *name;
    enum web_kind kind;
    unsigned flags; /* enum web_flag */
};

/* Never NULL: an unknown element is inline. */
const struct web_element *web_element(struct str name);

/* Why an element may be no text of the contract. */
enum web_doubt {
    WEB_SHOWN,
    WEB_HIDDEN, /* not displayed, or a menu by its role: dropped with all it holds */
    WEB_MENU,   /* dropped if it is short or made of links */
    WEB_POPUP,  /* dropped if it is short: a cookie banner */
    WEB_ICON,   /* dropped if it is tiny: what screen readers skip */
    WEB_NOTE,   /* dropped if it is a number: it refers to a note */
};
/* By attributes; `outside`: of main and article. */
enum web_doubt web_doubt(const struct markup_token *token, const struct web_element *element,
                         bool outside);

/* What became of an element that is in doubt. */
struct web_look {
    struct str text;
    char before;       /* the last byte before it */
    uint32_t links;    /* bytes of text that lead to other pages */
    uint32_t controls; /* buttons and the like */
};
/* WEB_SHOWN: a list near the top, which may be a menu too. */
bool web_is_dropped(enum web_doubt doubt, const struct web_look *look);

/* The value of a property in an inline style; empty: not set. */
struct str web_style(const struct markup_token *token, const char *property);
/* How a list or item is numbered, if its attributes say so. */
enum number_style web_list_style(const struct markup_token *token, enum number_style otherwise);
/* An attribute that is a number of a list; false: it is not there, or out of bounds. */
bool web_number(const struct markup_token *token, const char *name, uint32_t *number);

#endif
