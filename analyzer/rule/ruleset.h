#ifndef RULE_RULESET_H
#define RULE_RULESET_H

#include "base/arena.h"
#include "base/error.h"
#include "text/language.h"
#include "text/pattern.h"

/*
 * Rules as immutable data: families (law, once), wording (per language), norms, mitigators.
 * Plain structs; loaded by ruleset_load, constant afterwards.
 */

enum grade { GRADE_NONE, GRADE_CHECK, GRADE_POTENTIAL, GRADE_GREY, GRADE_BLACK };
enum level { LEVEL_NONE, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };
enum ui { UI_IT, UI_EN, UI_COUNT };
enum party { PARTY_CONSUMER, PARTY_FREE, PARTY_BUSINESS, PARTY_COUNT };

/* Both languages of a text shown to people. */
struct bilingual {
    struct str in[UI_COUNT];
};

struct norm {
    struct str id;         /* "cod-cons.33.2.b" */
    struct bilingual name; /* "cod. cons. 33 c. 2 b" */
    struct bilingual says; /* one sentence */
    struct str from, to;   /* first and last day in force, ISO dates; empty = open */
};

struct action {
    struct str id; /* "A1" */
    struct bilingual text;
};

/* Facts the text does not tell; FACT_UNKNOWN makes a norm conditional. */
enum fact_value { FACT_UNKNOWN, FACT_YES, FACT_NO };

struct norm_use {
    const struct norm *norm;
    bool candidate;       /* "may fall under" */
    struct str evidence;  /* name of a condition that must have held; empty = always */
    struct str paid;      /* "yes", "no" or empty */
    struct str sector;    /* blank-separated sectors, or empty */
    struct str concluded; /* "distance", "premises" or empty */
    struct str party;     /* blank-separated parties, or empty = all */
};

struct family {
    struct str id; /* "liability.exclude-all" */
    uint32_t rev;
    struct str category; /* id up to the first dot */
    enum grade grade[PARTY_COUNT];
    bool candidate; /* certainty of the black grade: "may" */
    bool check;     /* status="check": unmeasured, shown as check */
    bool off;       /* status="off": its rules are not enabled */
    struct bilingual title;
    struct bilingual explain;
    struct bilingual fix;
    const struct action **actions;
    uint32_t action_count;
    struct norm_use *norms;
    uint32_t norm_count;
    uint32_t upheld, of; /* measured confidence; of = 0: unmeasured */
    struct str file;
    uint32_t line;
};

struct category {
    struct str id;
    struct bilingual title;
    uint32_t order; /* of appearance in reports: liability first */
};

enum condition_kind {
    CONDITION_ALL,
    CONDITION_ANY,
    CONDITION_NOT,
    CONDITION_SCORE,
    CONDITION_MATCH,  /* an atom */
    CONDITION_VALUE,  /* a named value of the anchor hit within bounds */
    CONDITION_ABSENT, /* none of its children (matches) has a hit in the document */
    CONDITION_REFERS, /* an accepted finding of a category is referred to */
};

enum scope { SCOPE_UNIT, SCOPE_NEXT, SCOPE_CLAUSE, SCOPE_SECTION, SCOPE_HEADING, SCOPE_DOCUMENT };
enum order { ORDER_ANY, ORDER_BEFORE, ORDER_AFTER };
enum tri { TRI_ANY, TRI_YES, TRI_NO };

struct condition {
    enum condition_kind kind;
    struct condition *children; /* all any not score: linked by next */
    struct condition *next;
    struct str name; /* evidence name, may be empty */
    uint32_t atom;   /* match; value: index among the captures of the anchor atom */
    bool anchor;     /* its hits are judged and marked */
    enum scope scope;
    uint32_t near; /* words; 0 = anywhere in the scope */
    enum order order;
    enum role subject; /* ROLE_NONE = any; */
    bool subject_not;  /* subject="!user": any but */
    enum role bearer;
    enum tri negated;
    int32_t weight;    /* under score */
    int32_t threshold; /* of score */
    struct str value;  /* VALUE: capture name; MATCH of a mitigator: its value is asked, or empty */
    uint32_t slot;     /* MATCH with a value: index among the captures of its atom */
    int64_t min, max;  /* bounds of the value: INT64_MIN/MAX = open */
    struct str category; /* REFERS */
    struct str source;   /* pattern text as written, for explain and trace */
    uint32_t line;
};

enum effect {
    EFFECT_LOWER,  /* the grade, by one step */
    EFFECT_CANCEL, /* no finding */
};

struct mitigator {
    struct str id;             /* "M1" */
    struct bilingual title;    /* as listed under "looked for": «salvo dolo o colpa grave» */
    bool unlisted;             /* its absence is no loss to a reader: not among "looked for" */
    struct condition *when;    /* NULL: no wording in this language */
    struct condition *negated; /* "anche in caso di dolo": aggravates; may be NULL */
};

struct mitigation {
    uint32_t mitigator; /* index into ruleset.mitigators */
    enum effect effect;
    enum scope scope;
};

struct example {
    bool match;       /* else no-match */
    bool fails;       /* expect="fail": a known failure */
    struct str text;  /* paragraphs separated by line breaks, marks taken out */
    struct span mark; /* in text; {0,0} = none given */
    uint32_t line;
};

#define ATOM_NONE UINT32_MAX

/* The wording of a family in one language. */
struct rule {
    const struct family *family;
    struct condition *when;
    struct condition *unless; /* NULL = none; any child that holds in the unit vetoes */
    struct mitigation *mitigations;
    uint32_t mitigation_count;
    struct example *examples;
    uint32_t example_count;
    bool absent;           /* when has no anchor but an absent condition */
    uint32_t heading_atom; /* absent: matches the heading where it should stand; or ATOM_NONE */
    bool enabled;
    uint32_t where; /* enum clause_flag: clauses otherwise silent that this rule is about */
    struct str file;
    uint32_t line;
};

/* One compiled pattern, shared by all rules of the language that write it out equally. */
struct atom {
    struct pattern *pattern;
    struct str identity; /* see pattern_identity */
    struct str source;
    struct pattern_keys keys;
    struct str values[4]; /* names of captures */
    uint32_t value_count;
    struct str file; /* of its first use */
    uint32_t line;
};

/* A file read, for the hash. */
struct rule_file {
    struct str name; /* "families/liability.xml"; "...@1" from the second tree */
    char sha256[65];
};

struct ruleset {
    struct arena *arena;
    const char *dir;      /* where it was found */
    struct str version;   /* "2026.11" */
    struct str checked;   /* norm texts checked, ISO date */
    struct str as_of;     /* the day whose law is told unless another is asked for; empty = any */
    struct str tailoring; /* file that changed grades or switched rules off; empty = none */
    char hash[65];        /* SHA-256 over names and hashes of all files read, in name order */
    ARRAY(struct rule_file) files;
    ARRAY(struct category) categories;
    ARRAY(struct family) families;
    ARRAY(struct norm) norms;
    ARRAY(struct action) actions;
    ARRAY(struct mitigator) mitigators;
    ARRAY(struct rule) rules; /* of the language loaded */
    ARRAY(struct atom) atoms;
    const struct language *language;
    struct lexicon *lexicon;
    struct pattern_sets *sets;
};

/* The law: families, norms, mitigator titles, actions, categories; no language yet.
 * `dirs`: rules trees, later ones add to or override earlier ones by id.  All mistakes are
 * collected; false only if a needed file is missing or diagnostics->errors > 0. */
bool ruleset_load_law(struct ruleset *ruleset, struct arena *arena, const char *const *dirs,
                      uint32_t dir_count, struct diagnostics *diagnostics, struct error *error);
/* A ruleset that shares the law of another, ready for a wording of its own. */
void ruleset_copy_law(struct ruleset *copy, const struct ruleset *law, struct arena *arena);
/* The wording in one language, with its sets, lexicon and atoms.  `forms`: see lexicon_open. */
bool ruleset_load_wording(struct ruleset *ruleset, const struct language *language,
                          const char *const *dirs, uint32_t dir_count, const char *forms,
                          struct diagnostics *diagnostics, struct error *error);
void ruleset_close(struct ruleset *ruleset);

const struct family *ruleset_family(const struct ruleset *ruleset, struct str id);
const struct rule *ruleset_rule(const struct ruleset *ruleset, struct str id);
/* The existing id with the smallest distance, for "did you mean"; empty when none is near. */
struct str ruleset_nearest(const struct ruleset *ruleset, struct str id);
const struct category *ruleset_category(const struct ruleset *ruleset, struct str id);

/* Mistakes beyond loading: RELAX NG validation, atoms without a key, missing examples, forbidden
 * words, families without wording (a note). */
bool ruleset_lint(const struct ruleset *ruleset, const char *const *dirs, uint32_t dir_count,
                  struct diagnostics *diagnostics, struct error *error);

#endif
