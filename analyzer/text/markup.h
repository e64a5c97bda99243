#ifndef TEXT_MARKUP_H
#define TEXT_MARKUP_H

#include "base/str.h"

/*
 * HTML cut into tags and text, as browsers cut it (WHATWG HTML, tokenization): comments,
 * declarations and processing instructions are dropped, contents of script and the like are
 * skipped by the caller.  One pass, any bytes; every token knows its place, which HTML parsers of
 * libraries do not tell, and no input takes more than linear time, which they do not promise.
 */
enum markup_kind {
    MARKUP_TEXT,  /* entities are not decoded */
    MARKUP_OPEN,  /* start tag */
    MARKUP_CLOSE, /* end tag */
};

struct markup {
    struct str bytes;
    size_t at;
};

struct markup_token {
    enum markup_kind kind;
    size_t begin;
    size_t end;
    struct str name;       /* of a tag, as written */
    struct str attributes; /* of a start tag, as written */
};

/* False at the end. */
bool markup_next(struct markup *markup, struct markup_token *token);
/* Moves to the end tag of `name`, whose contents are no markup; to the end if there is none. */
void markup_skip(struct markup *markup, struct str name);

/*
 * The value of an attribute, entities as written; false: it is not there.  Names are compared
 * without regard to ASCII case.
 */
bool markup_attribute(const struct markup_token *token, const char *name, struct str *value);

/*
 * At s.data[*at] == '&': the characters that the reference stands for, *at moved behind it.
 * Empty, *at unmoved: it is none.
 */
struct str markup_entity(struct str s, size_t *at, char buffer[8]);

/* ASCII only. */
bool markup_same(struct str a, struct str b);
bool markup_is_blank(char c);
uint32_t markup_hash(struct str name);

#endif
