#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/words.h"

/* The parts of the HTML report; private to report_html.c and its neighbours. */

/* The style sheet: the only thing the page's content policy lets through, by its hash. */
struct str html_style(struct arena *arena);

/* One document on its page. */
struct html {
    struct writer *w;
    uint32_t number;              /* of the document, 1 = first: prefix of its anchors */
    uint32_t *numbers;            /* per finding of the verdict: 1 = first in the contract */
    const struct finding **order; /* findings as they are numbered */
};

/* Everything up to the body's first element; lets nothing in but the style sheet. */
void html_head(struct out *out, struct arena *arena, enum ui ui, struct str title);
/* Escaped text. */
void html_text(struct out *out, struct str s);
/* Text as part of an id: no blanks. */
void html_id(struct out *out, struct str s);
void html_message(const struct html *html, const char *id);
/* "d2-" in the second document, nothing in the first. */
void html_prefix(const struct html *html);
uint32_t html_number(const struct html *html, const struct finding *finding);
/* The letter of a grade with its word for those who do not see it. */
void html_badge(const struct html *html, enum grade grade);

/* "#m3": where a place is marked. */
void html_place_id(const struct html *html, const struct finding *finding, uint32_t place);

/* The contract in rows, with marks and with the notes beside them. */
void html_contract(struct html *html);
void html_note(const struct html *html, const struct finding *finding);

#endif
