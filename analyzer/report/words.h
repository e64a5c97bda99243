#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "report/writer.h"

/*
 * The phrases of reports, from rules/messages.xml, families and norms.  A message has %1 %2 ...
 * for its parts (%u = %1); "<id>.one" is used for a count of one, "<id>.business" for readers who
 * are no consumers, where there is such a message.
 */

/* Grade, level ... as machine formats name them; static. */
const char *words_grade_id(enum grade grade);
const char *words_level_id(enum level level);
const char *words_party_id(enum party party);
const char *words_approval_id(enum approval approval);
const char *words_scope_id(enum scope scope);

struct str words_get(const struct writer *w, const char *id);
bool words_has(const struct writer *w, const char *id);
/* With its parts put in. */
struct str words_fill(const struct writer *w, const char *id, const struct str *parts,
                      uint32_t count);
#define WORDS(...)                                                                                 \
    (const struct str[]){__VA_ARGS__},                                                             \
        (uint32_t)(sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
/* With a number as %1. */
struct str words_count(const struct writer *w, const char *id, uint32_t number);
struct str words_number(struct arena *arena, uint64_t number);

/* The word, the head in capitals, the letter, the sentence of a grade. */
struct str words_grade(const struct writer *w, const char *what, enum grade grade);
struct str words_grade_sentence(const struct writer *w, const struct finding *finding);

/* "art. 6.1", "pag. 3" or empty. */
struct str words_article(const struct writer *w, uint32_t clause);
struct str words_page(const struct writer *w, uint32_t offset);
/* "pag. 3" or, in a text without pages, "riga 41". */
struct str words_where(struct writer *w, uint32_t offset);
/* One reference of a list: "6.1 (3)", page or line in the brackets. */
struct str words_reference(struct writer *w, const struct finding *finding);
/* What the document's input was like: "10 pagine, 61 clausole, italiano, testo letto bene". */
struct str words_about(const struct writer *w);
struct str words_note(const struct writer *w, const struct note *note);

/* "potrebbe rientrare in cod. cons. 36 c. 2 b: ..."; `says`: bytes of its sentence, 0 = none. */
struct str words_norm(const struct writer *w, const struct finding_norm *norm, size_t says);
/* Shown first: what holds without an unknown fact.  Indices into finding->norms. */
uint32_t *words_norm_order(const struct writer *w, const struct finding *finding);

/* Mitigators over all places of a finding: titles, grouped by where they were looked for. */
struct str words_missing(const struct writer *w, const struct finding *finding);
struct str words_found(const struct writer *w, const struct finding *finding);
/* Where a rule looks for a mitigator. */
enum scope words_scope(const struct place *place, uint32_t mitigator);
/* That the clause is for residents of another country; empty when it is not. */
struct str words_elsewhere(const struct writer *w, const struct finding *finding);
/* Line about the approval list; empty when the document has none. */
struct str words_approval(struct writer *w, const struct finding *finding);
/* Page or line of the approval list; empty when there is none. */
/* Page or line, behind the name of another paper of the contract; NULL: of this one. */
struct str words_where_in(struct writer *w, const struct document *paper, uint32_t offset);
struct str words_approval_where(struct writer *w);
/* Ids of other rules that saw the same words. */
struct str words_others(const struct writer *w, const struct finding *finding);
/* How often careful readers' labels upheld the rule, or that it is unmeasured. */
struct str words_measured(const struct writer *w, const struct family *family);

/* "consumatore, a pagamento" */
struct str words_read_as(const struct writer *w);
/* Facts that nobody told, of those that matter: of a finding, or (NULL) all.  `what`: "unknown" =
 * a clause of a sentence, "name" = for a list headed "not told". */
struct str words_unknown(const struct writer *w, const struct finding *finding, const char *what);
/* "gratuito? a distanza? (--paid --concluded)", empty when all is known. */
struct str words_ask(const struct writer *w);
/* The full disclaimer with its blanks filled in. */
struct str words_disclaimer(const struct writer *w);
struct str words_rules(const struct writer *w);
/* "Cercate 80 famiglie su 86; ..." */
struct str words_scope_line(const struct writer *w);
/* "Responsabilità 12, Garanzie 5": families looked for, by category. */
struct str words_scope_families(const struct writer *w);
/* Norms that the families looked for cite, in force on the day asked for. */
const struct norm **words_scope_norms(const struct writer *w, uint32_t *count);
/* "73 norme in vigore al 2026-11-01" */
struct str words_scope_law(const struct writer *w);
/* "0 of N families found ...": when nothing was found at all. */
struct str words_nothing(const struct writer *w);

#endif
