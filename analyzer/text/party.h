#ifndef TEXT_PARTY_H
#define TEXT_PARTY_H

#include "text/document.h"
#include "text/language.h"

/*
 * Who is who: fills document.names from the contract's own definitions ("di seguito", "we, us"),
 * company names with their legal form, and brands by frequency; then the generic nouns of the
 * language.  Longest name first.  A name defined twice with different roles is a note.
 */
void party_document(struct document *document, const struct language *language);

#endif
