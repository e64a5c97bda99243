#ifndef TEXT_SPELLER_H
#define TEXT_SPELLER_H

#include "base/error.h"

/*
 * A dictionary that says whether a word is one.  Loading it takes longer than reading a contract:
 * it is opened only when there is something to ask.
 */
struct speller; /* opaque: hunspell handle */
/* `dictionary`: a hunspell name, "it_IT".  NULL: it is not installed, or cannot be read. */
struct speller *speller_open(struct str dictionary, struct error *error);
void speller_close(struct speller *speller);
/* A word as texts write it, in UTF-8. */
bool speller_knows(struct speller *speller, struct str word);

#endif
