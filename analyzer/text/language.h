#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include "base/arena.h"
#include "base/error.h"
#include "text/document.h"
#include "text/lexicon.h"
#include "text/pattern.h"

/*
 * What the program knows of one language, read from rules/<id>/language.xml; nothing of it is in C.
 * Word lists hold folded words without blanks, sorted.
 */
struct word_list {
    struct str *words;
    uint32_t count;
};
bool word_list_has(const struct word_list *list, struct str word);
/* Index of a word in a sorted list; -1 = not there. */
int64_t word_list_find(const struct word_list *list, struct str word);

struct party_noun {
    struct str folded; /* one or more words */
    enum role role;
};

/* Letters that scanners take for others. */
struct confusion {
    struct str read; /* "rn" */
    struct str as;   /* "m" */
};

struct language {
    struct str id;         /* "it" */
    struct str name;       /* "italiano" */
    struct str dictionary; /* "it_IT" */
    bool open_lead_ins;    /* a gap may run from a lead-in over its colon into the item */
    const char *dir;       /* rules/it */
    struct word_list stopwords;
    struct word_list rivals;              /* frequent in neighbour languages, foreign to this one */
    struct word_list abbreviations;       /* no sentence ends behind them: "art", "lett" */
    struct word_list final_abbreviations; /* a sentence may end behind these: "ecc", "etc" */
    struct word_list article_words;       /* "art", "articolo", "clausola", "section" */
    struct word_list letter_words;        /* "lett", "lettera" */
    struct str letter_label;       /* "lett. %s" how a path names a lettered item; "(%s)" in en */
    struct word_list part_words;   /* above the articles: "parte", "allegato", "annex" */
    struct word_list open_words;   /* a lead-in without colon ends with one: "di", "che", "or" */
    struct word_list conjunctions; /* between items: "e", "oppure", "and" */
    struct word_list range_words;  /* between the ends of a range of articles: "a", "to" */
    struct word_list finite_verbs; /* headings have none of these: "è", "può", "shall" */
    struct word_list numerals;     /* number words, parallel to numeral_values */
    int64_t *numeral_values;
    struct word_list negation;
    struct word_list prepositions;
    struct word_list genitives;
    struct word_list conditions;   /* "se", "qualora", "if": open a clause with its own subject */
    struct word_list first_plural; /* words: "noi", "we"; endings with a leading '*': "*iamo" */
    struct word_list legal_forms;  /* "spa", "srl", "ltd": a company's name ends here */
    struct word_list joiners;      /* phrases a unit opens with: "in tal caso" (blanks inside) */
    struct word_list
        references; /* of these, those that speak of what stands before: "quanto sopra" */
    struct word_list determiners;   /* brands have none before them: "il", "the", "any" */
    struct word_list ordinary;      /* capitalised in contracts, and no brand: "servizio" */
    struct word_list people;        /* a definition with one of these is a user: "persona" */
    struct word_list defining;      /* phrases between a name and its meaning: "si intende" */
    struct word_list definitions;   /* phrases that define a name: "di seguito", "hereinafter" */
    struct word_list quotations;    /* clause openers that quote law or a licence */
    struct word_list approvals;     /* openers of the 1341-1342 block */
    struct word_list business_only; /* phrases that limit a clause to business customers */
    struct word_list consumer_only;
    struct word_list elsewhere;  /* phrases that limit a clause to residents of elsewhere */
    struct word_list contents;   /* headings of a table of contents: "indice", "contents" */
    struct word_list forbidden;  /* words that titles and explanations may not use (lint) */
    struct word_list hedges;     /* ... unless after one of these */
    struct word_list units_days; /* units of duration: "giorno", "giorni", "mese" */
    int64_t *duration_days;      /* parallel to units_days */
    struct word_list currencies; /* "euro", "eur", "usd" */
    struct word_list months;     /* twelve names in calendar order (not sorted) */
    struct party_noun *nouns;    /* generic party nouns and pronouns, longest first */
    uint32_t noun_count;
    struct party_noun *weak_nouns; /* parties only if the contract says so: "banca", "seller" */
    uint32_t weak_noun_count;
    struct word_list affixes;     /* stop words that also begin or end other words: "con", "ti" */
    struct confusion *confusions; /* sorted by `read` */
    uint32_t confusion_count;
};

struct languages {
    struct language *items;
    uint32_t count;
};

/* Reads every rules/<id>/language.xml.  Mistakes go to diagnostics. */
bool languages_load(struct arena *arena, const char *rules_dir, struct languages *languages,
                    struct diagnostics *diagnostics, struct error *error);
const struct language *languages_find(const struct languages *languages, struct str id);
/* All words of the lists become words that lexicon_knows. */
void language_teach(const struct language *language, struct lexicon *lexicon);
/*
 * Vote by stop words over the document: NULL when no language of the list wins clearly
 * (needs at least 20 words and a share of stop words that running text has).
 */
const struct language *language_vote(const struct languages *languages,
                                     const struct document *document);

#endif
