#ifndef TEXT_PARTY_PARTS_H
#define TEXT_PARTY_PARTS_H

#include "base/array.h"
#include "text/party.h"
#include "text/phrase.h"

/* What party.c (definitions, companies) and party_brand.c (names by frequency) share. */

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

struct parties {
    struct document *document;
    const struct language *language;
    struct arena scratch;
    ARRAY(struct found_name) names;
    ARRAY(struct known_company) companies;
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

/* party_brand.c: counts capitalised words of the whole document. */
struct brands; /* opaque, in scratch */
struct brands *brands_count(struct parties *parties);
/* Does a unit hold a legal form or quotation mark, so that it is worth a closer look? */
bool brands_interesting(const struct brands *brands, uint32_t unit);
/* No: nothing was found in it. */
void brands_dismiss(struct brands *brands, uint32_t unit);
/* The brand, from what is known of terms and companies; empty = none stands out. */
struct str brands_choose(struct brands *brands);
/* "la Banca": the provider's noun in a contract that names no provider. */
void brands_add_noun(struct brands *brands);
/* Have two names a word in common that is no ordinary one? */
bool parties_share(const struct parties *parties, struct str a, struct str b);

/* Is a name a part of a company's, or its initials? */
bool parties_belong(const struct parties *parties, struct str name, struct str company);

#endif
