#ifndef TEXT_MEND_H
#define TEXT_MEND_H

#include "text/language.h"

/*
 * Mends damaged words, by edits only: "respon sabile" (cut), "dellasocietà" (split), "c1iente",
 * "rnodifica" (swap).  A word is damaged when neither the rules, the lists of the language nor the
 * document itself know it, and it is mended only to words that they know.  Where that leaves a
 * doubt the dictionary is asked, which a clean text has no need of; without a dictionary doubtful
 * words stay as they are.
 */
struct mender; /* opaque: the dictionaries, once they were needed */
struct mender *mender_new(struct arena *arena, const struct languages *languages,
                          const struct language *language, const struct lexicon *lexicon);
void mender_close(struct mender *mender);
/* Between repair_document and segment_document.  Notes how many words
 * were mended, and a share of unknown words that no good text has. */
void mend_document(struct mender *mender, struct document *document);

#endif
