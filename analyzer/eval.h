#ifndef EVAL_H
#define EVAL_H

#include "command.h"
#include "rule/labels.h"

/*
 * What `cavillo eval` counts: claims (lines that places lie on) against labels (lines that careful
 * readers marked).  Private to eval*.c.
 */

struct label {
    uint32_t document; /* index into eval.documents */
    uint32_t line;     /* 1-based */
    uint32_t kind;     /* index into labels.kinds */
    bool sure;         /* "yes"; else "maybe": counts neither way */
};

/* A rule's place covers a line. */
struct claim {
    uint32_t document;
    uint32_t line;
    struct str category;
    struct str rule;    /* of the place */
    struct str heading; /* of the finding it belongs to: the rule a SARIF result names */
    bool counts;        /* the finding's level is warning or error */
};

struct eval_document {
    struct str name;  /* as labels and results name it: "NAME.txt", or "it/NAME.txt" of several */
    const char *path; /* of the text */
    struct str stem;  /* DIR/NAME */
    struct str *lines;
    uint32_t line_count;
};

struct eval_fit; /* eval_fit.c */

struct eval {
    struct pipeline *pipeline;
    const struct options *options;
    struct arena arena;
    struct labels labels;
    ARRAY(struct eval_document) documents;
    ARRAY(struct label) list;   /* sorted; one a (document, line, kind) */
    ARRAY(struct claim) claims; /* sorted by document, line, category, rule */
    bool labelled;              /* there are labels at all */
    struct eval_fit *fit;       /* scores whose weights are to be fitted; NULL = none */
    uint32_t failures;
};

/* --gold, CAVILLO_TERMS: the documents, of those asked for.  False with *error filled. */
bool eval_find(struct eval *eval, struct error *error);
/* Labels of one document whose lines are known. */
bool eval_read_labels(struct eval *eval, uint32_t document, struct error *error);
/* After everything is read. */
void eval_sort(struct eval *eval);
const struct label *eval_label(const struct eval *eval, uint32_t document, uint32_t line,
                               uint32_t kind);
/* Whether labels of this kind (UINT32_MAX = none) are what claims are counted against. */
bool eval_scored(const struct eval *eval, uint32_t kind);
/* Index of the first claim at or behind a line. */
uint32_t eval_first_claim(const struct eval *eval, uint32_t document, uint32_t line);
/* Whether a claim before this one counts for the same line and category. */
bool eval_repeated(const struct eval *eval, uint32_t claim);
struct str eval_line(const struct eval *eval, uint32_t document, uint32_t line);

enum verdict_on { ON_WRONG, ON_MAYBE, ON_RIGHT, ON_NOTHING };
/* What the labels say of a claim; of a category without a label of its own: all labels there. */
enum verdict_on eval_verdict(const struct eval *eval, const struct claim *claim);
const char *eval_verdict_name(enum verdict_on verdict);

struct score {
    struct str name;
    uint32_t gold, right, wrong, missed, maybe;
};
double score_precision(const struct score *score);
double score_recall(const struct score *score);
double score_f1(const struct score *score);

/* How a rule fared: lines it covers at whatever level, so that a demoted rule is measured too. */
struct rule_score {
    struct str id;
    struct str category;
    bool labelled;        /* labels name its category */
    bool upheld_by_other; /* they do not, but one of them stands for all such categories */
    uint32_t lines, upheld, shown;
};

struct scores {
    ARRAY(struct score) categories; /* scored ones, in the order of labels.xml */
    struct score micro;             /* pooled */
    struct score any;               /* lines with any finding against lines with any label */
    double macro;
    ARRAY(struct rule_score) rules; /* by id */
};
void eval_score(struct eval *eval, struct scores *scores);

void eval_print(const struct eval *eval, const struct scores *scores, struct out *out);
void eval_print_json(const struct eval *eval, const struct scores *scores, struct out *out);
/* <family id upheld of/>, for a rules tree. */
void eval_print_confidence(const struct eval *eval, const struct scores *scores, struct out *out);
/* KIND, category, FILE:LINE, rules, tags, text; one a line. */
void eval_print_errors(const struct eval *eval, struct out *out);

/*
 * --fit.  Opens every score of the rules, so that all that is asked of it is seen; then every
 * document; then the weights, as attributes.  False with *error filled: nothing to fit.
 */
bool eval_fit_open(struct eval *eval, struct error *error);
void eval_fit_document(struct eval *eval, uint32_t index, const struct analysis *analysis);
bool eval_fit_print(struct eval *eval, struct out *out, struct error *error);

/* Gained and lost against earlier results; false with *error filled when they cannot be read. */
bool eval_against(struct eval *eval, const char *path, struct out *out, struct error *error);

#endif
