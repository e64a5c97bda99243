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
/* One folded word (no blank) is put in the class. */
void lexicon_add_word(struct lexicon *lexicon, class_id class, struct str folded);

/* The classes of a folded word; *count may be 0.  Constant time, no allocation. */
const class_id *lexicon_find(const struct lexicon *lexicon, struct str folded, uint32_t *count);
/* Up to `max` forms of a class, for tests and `explain`; sorted. */
uint32_t lexicon_forms(const struct lexicon *lexicon, class_id class, struct str *forms,
                       uint32_t max);
uint32_t lexicon_class_count(const struct lexicon *lexicon);
/* True, with the first such word, if a word would have needed more than BOUND_WORD_CLASSES. */
bool lexicon_overflow(const struct lexicon *lexicon, struct str *word);

/* Expands a lemma with forms.xml and hunspell: what `make` and the run-time fallback share. */
struct expander; /* opaque: hunspell handle and paradigms */
struct expander *expander_open(const char *language_dir, struct str dictionary,
                               struct error *error);
void expander_close(struct expander *expander);
/* Folded forms, the lemma's own first; 0 = unknown lemma. */
uint32_t expander_forms(struct expander *expander, struct arena *arena, struct str lemma,
                        struct str **forms);

#endif
