#ifndef PIPELINE_H
#define PIPELINE_H

#include "scan/judge.h"
#include "text/read.h"

/*
 * One document through eight calls: read -> document -> repair -> mend -> segment -> parties ->
 * scan -> judge; papers of one contract meet behind segment.  Commands, the rules' own examples,
 * fuzz targets and the bench all run this.
 */

/* Rules and engine of one language, made at its first document. */
struct wording {
    const struct language *language;
    struct ruleset ruleset;
    struct mender *mender;
    struct scanner *scanner;
};

struct pipeline_settings {
    const char *const *rules; /* trees of rules */
    uint32_t rules_count;
    const char *program_dir; /* folder of the running program: form tables may lie beside it */
    enum format input;       /* what documents are; FORMAT_AUTO: found out */
    struct str input_lang;   /* "auto" or a language's id */
    struct facts facts;
    const struct str *enable, *disable, *categories; /* globs; none = all */
    uint32_t enable_count, disable_count, category_count;
    const char *tailoring; /* file that switches and re-grades rules; NULL = none */
    bool trace;            /* keep what was asked, in analysis.trace */
    bool reads_only;       /* pipeline_read is all that will be asked: no law, no rules */
    struct scan_options scan;
};

struct pipeline {
    struct arena arena; /* rules: as long as the process */
    struct pipeline_settings settings;
    struct languages languages;
    struct ruleset law;
    struct wording *wordings;       /* parallel to languages */
    struct diagnostics diagnostics; /* about rules, and limits hit on documents */
};

/* What became of one document; everything in its own arena. */
struct analysis {
    struct arena arena;
    struct document document;
    const struct ruleset *ruleset;
    struct verdict verdict;
    struct trace trace; /* empty unless asked for */
};

/* Loads languages and the law.  False: *error and pipeline->diagnostics say why. */
bool pipeline_open(struct pipeline *pipeline, const struct pipeline_settings *settings,
                   struct error *error);
/* Rules of a language with its engine; NULL when the rules have mistakes (diagnostics). */
struct wording *pipeline_wording(struct pipeline *pipeline, const struct language *language,
                                 struct error *error);
/* False: the document cannot be analysed; *error says why and what to do. */
bool pipeline_run(struct pipeline *pipeline, const struct source *source, struct analysis *analysis,
                  struct error *error);
/*
 * The first stages only: text, edits, language, words mended (unless settings.reads_only), clauses.
 * `*language` on entry: that of a document too short to tell its own; NULL = such a document cannot
 * be read.
 */
bool pipeline_read(struct pipeline *pipeline, const struct source *source,
                   struct analysis *analysis, const struct language **language,
                   struct error *error);
/*
 * Papers of one contract, read by pipeline_read and of one language, judged as one: each gets its
 * own findings, with names, exceptions, lists and articles looked for in all.  What they share
 * lives in `arena`, which has to last as long as they do.
 */
bool pipeline_judge_as_one(struct pipeline *pipeline, struct analysis *const *papers,
                           uint32_t count, struct arena *arena, struct error *error);
void analysis_close(struct analysis *analysis);
void pipeline_close(struct pipeline *pipeline);

#endif
