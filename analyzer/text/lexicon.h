#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include "base/arena.h"
#include "base/error.h"

/*
 * From word forms to class codes.  A class is a lemma, or a set of words and lemmas, that the
 * loaded rules mention; a folded form may belong to several.  Filled while the rules of one
 * language load, constant afterwards.
 */
typedef uint16_t class_id; /* < BOUND_CLASSES */
#define CLASS_NONE ((class_id)0xFFFF)

struct lexicon; /* opaque; everything in its arena */

/*
 * `forms`: path of the form table that `make` built with build/cavillo-lexicon (a head line, then
 * one line "lemma<TAB>form form ..." a lemma, folded, sorted by lemma); NULL or missing: every
 * lemma asks the dictionary.  `language_dir`: folder with forms.xml;
 * `dictionary`: hunspell name, "it_IT".
 */
#define LEXICON_FORMS_HEAD "#cavillo-forms 1\n"
struct lexicon *lexicon_open(struct arena *arena, const char *forms, const char *language_dir,
                             struct str dictionary, struct error *error);
/* Releases hunspell, if it was loaded. */
void lexicon_close(struct lexicon *lexicon);

/* A new class (or CLASS_NONE: too many).  The first SPAN_CLASSES ids are never given out. */
class_id lexicon_class(struct lexicon *lexicon);
/* All forms of a lemma are put in the class.  False: no form table and no dictionary knows it. */
bool lexicon_add_lemma(struct lexicon *lexicon, class_id class, struct str lemma,
                       struct error *error);
/*
 * One folded word (no blank) is put in the class; "respons*": all words that begin so.  CLASS_NONE:
 * in none, but a word of the language for lexicon_knows.
 */
void lexicon_add_word(struct lexicon *lexicon, class_id class, struct str folded);

/*
 * Words that are in the same classes are one signature: the one code that a view writes before
 * a word.  So a class in a pattern is the set of its signatures, however many classes a word is in.
 * lexicon_seal numbers them (again, if anything was added) and comes before the calls below;
 * false: more than BOUND_CLASSES.  Ids below SPAN_CLASSES are never given out.
 */
typedef uint16_t signature;
#define SIGNATURE_NONE ((signature)0xFFFF)
bool lexicon_seal(struct lexicon *lexicon);
/* Of a folded word, known or beginning as a stem does.  No allocation. */
signature lexicon_signature(const struct lexicon *lexicon, struct str folded);
/* Is the folded word a form that was put in, not only the beginning of one?  No allocation. */
bool lexicon_knows(const struct lexicon *lexicon, struct str folded);
/* The classes of a signature, ascending. */
const class_id *lexicon_classes(const struct lexicon *lexicon, signature id, uint32_t *count);
/* The signatures of a class, ascending. */
const signature *lexicon_signatures(const struct lexicon *lexicon, class_id class, uint32_t *count);

/* Expands a lemma with forms.xml and hunspell: what `make` and the run-time fallback share. */
struct expander; /* opaque: hunspell handle and paradigms */
struct expander *expander_open(const char *language_dir, struct str dictionary,
                               struct error *error);
void expander_close(struct expander *expander);
/* Folded forms, the lemma's own first; 0 = unknown lemma. */
uint32_t expander_forms(struct expander *expander, struct arena *arena, struct str lemma,
                        struct str **forms);

#endif
