#ifndef TEXT_PARTY_PARTS_H
#define TEXT_PARTY_PARTS_H

#include "base/array.h"
#include "text/party.h"
#include "text/phrase.h"

/* What party.c (definitions), party_read.c (companies) and party_brand.c (brands) share. */

/* A name found; role ROLE_NONE: the contract gives it a meaning that is no party. */
struct found_name {
    struct str folded;
    enum role role;
    struct span span;
};

/* A company named with its legal form. */
struct known_company {
    struct str folded;
    uint32_t unit; /* where first */
};

struct brands;
struct parties {
    struct document *document;
    const struct language *language;
    struct arena scratch;
    ARRAY(struct found_name) names;
    ARRAY(struct known_company) companies;
    struct brands *brands;
    struct str brand;   /* empty = none */
    struct str company; /* the provider's; empty = none */
    bool settled;       /* brand and company are known: roles can be given */
    bool conflict;      /* one name, two roles */
};

/* A definition; the first one of a name counts. */
void parties_add(struct parties *parties, struct str folded, enum role role, struct span span);
const struct found_name *parties_find(const struct parties *parties, struct str folded);
/* Role of a generic noun; weak ones only if asked for. */
enum role parties_noun(const struct parties *parties, struct str folded, bool weak);

/* --- party_read.c: the words of a unit, and the companies among them --- */

enum {
    TOKENS_MOST = 1024, /* words of one unit that are looked at */
};

enum token_flag {
    TOKEN_CAPITAL = 1,
    TOKEN_SHOUT = 2,       /* all its letters are capitals */
    TOKEN_QUOTE_OPEN = 4,  /* a quotation mark opens before it */
    TOKEN_QUOTE_CLOSE = 8, /* one closes behind it */
    TOKEN_BRACKET_OPEN = 16,
    TOKEN_COMMA = 32,  /* a comma or the like behind it */
    TOKEN_STOP = 64,   /* a full stop, colon or semicolon behind it */
    TOKEN_COLON = 128, /* a colon behind it */
    TOKEN_BRACKET_CLOSE = 256,
};

struct token {
    struct str core;
    struct span span;
    uint16_t flags; /* enum token_flag */
};

struct company {
    uint32_t begin; /* tokens of its name */
    uint32_t end;   /* behind its legal form */
    enum role role;
    struct str folded;
};

struct reading {
    struct parties *parties;
    struct phrases *phrases;
    struct fold fold;
    struct str cores[TOKENS_MOST];
    struct token tokens[TOKENS_MOST];
    uint32_t count;
    ARRAY(struct company) companies; /* of this unit */
    uint32_t unit;
};

struct reading *reading_new(struct parties *parties);
void reading_unit(struct reading *reading, uint32_t unit);
/* Stop words, articles, conjunctions: what stands between a phrase and a name. */
bool reading_is_filler(const struct reading *reading, uint32_t token);
/* Folded name of tokens [begin, end), articles before it left out; empty when it is too long. */
struct str reading_join(struct reading *reading, uint32_t begin, uint32_t end);
struct span reading_span(const struct reading *reading, uint32_t begin, uint32_t end);
/* Fills reading.companies; gives roles and adds the names once the parties are settled. */
void companies_find(struct reading *reading);
/* Have two names a word in common that is no ordinary one? */
bool parties_share(const struct parties *parties, struct str a, struct str b);
/* Is a name a part of a company's, or its initials? */
bool parties_belong(const struct parties *parties, struct str name, struct str company);
/* The company that bears the brand, else the first of the contract's first half. */
void companies_choose(struct parties *parties);

/* --- party_brand.c: counts capitalised words of the whole document --- */

/* Lives in scratch. */
struct brands *brands_count(struct parties *parties);
/* Does a unit hold a legal form or quotation mark, so that it is worth a closer look? */
bool brands_interesting(const struct brands *brands, uint32_t unit);
/* No: nothing was found in it. */
void brands_dismiss(struct brands *brands, uint32_t unit);
/* The brand, from what is known of terms and companies; empty = none stands out. */
struct str brands_choose(struct brands *brands);
/* How often a name comes capitalised in mid-sentence. */
uint32_t brands_frequency(const struct brands *brands, struct str folded);
/* "la Banca": the provider's noun in a contract that names no provider. */
void brands_add_noun(struct brands *brands);
#endif
