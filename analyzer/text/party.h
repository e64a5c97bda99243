#ifndef TEXT_PARTY_H
#define TEXT_PARTY_H

#include "text/document.h"
#include "text/language.h"

/*
 * Who is who: fills document.names from the contract's own definitions ("di seguito", "we, us"),
 * company names with their legal form, and the brand, found by frequency.  Longest name first.
 * The generic nouns of the language are not among them: what the contract says goes before.
 * A name defined twice with different roles is a note.
 */
void party_document(struct document *document, const struct language *language);

#endif
