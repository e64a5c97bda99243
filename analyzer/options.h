#ifndef OPTIONS_H
#define OPTIONS_H

#include "base/out.h"
#include "report/report.h"

/* The command line.  One table (options.c) feeds parser, help and the checks of the manual. */

enum command {
    COMMAND_CHECK,
    COMMAND_RULES,
    COMMAND_EXPLAIN,
    COMMAND_EVAL,
    COMMAND_TEXT,
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_COUNT,
};

struct output_choice {
    struct str format;
    const char *path; /* NULL = stdout */
};

struct options {
    enum command command;
    ARRAY(const char *) operands;
    ARRAY(struct output_choice) outputs;
    ARRAY(const char *) rules;
    ARRAY(struct str) enable; /* globs */
    ARRAY(struct str) disable;
    ARRAY(struct str) categories;
    ARRAY(struct str) chosen; /* --rule: globs */
    ARRAY(struct str) norms;  /* globs */
    const char *tailoring;
    bool as_one;       /* all inputs are papers of one contract */
    bool strict_input; /* what was not read reliably is an error */
    bool trace;
    enum format input;
    struct str input_lang; /* "auto", "it", "en" */
    enum ui ui;
    bool ui_fixed;
    struct facts facts;
    enum grade min_grade;
    enum grade fail_grade; /* the run fails at this grade ... */
    enum level fail_level; /* ... or at this level; both NONE = never */
    bool exit_zero;
    struct str stdin_name;
    const char *files_from;
    size_t max_bytes;
    int color;   /* -1 auto, 0 never, 1 always */
    int verbose; /* -1 quiet, 0, 1 */
    /* eval */
    ARRAY(const char *) gold;  /* folders */
    const char *only, *except; /* files of names */
    const char *errors;        /* where the wrong lines go */
    const char *against;       /* earlier results */
    bool by_tags;              /* score against NAME.tags instead of NAME.gold */
    bool confidence;
    bool fit;         /* weights of scores */
    double precision; /* that they shall reach */
};

/* False with *error filled on any mistake; the message names the nearest option or value. */
bool options_parse(struct options *options, struct arena *arena, int argc, char **argv,
                   struct error *error);
/* The command of a name, for `cavillo help NAME`. */
bool options_command(const char *word, enum command *command, struct error *error);
/* One screen for a command (COMMAND_COUNT: the program), in the order of the table. */
void options_help(struct out *out, enum command command);

#endif
