#ifndef COMMAND_H
#define COMMAND_H

#include "options.h"
#include "pipeline.h"

/* The commands.  Each returns the exit status: 0, 1 or 2 (options.h, README). */

enum { STATUS_CLEAN = 0, STATUS_FOUND = 1, STATUS_WRONG = 2 };

#define CAVILLO_VERSION "0.1.0"

int command_check(struct pipeline *pipeline, const struct options *options);
int command_rules(struct pipeline *pipeline, const struct options *options);
int command_explain(struct pipeline *pipeline, const struct options *options);
int command_eval(struct pipeline *pipeline, const struct options *options);
int command_text(struct pipeline *pipeline, const struct options *options);

/* `cavillo rules doc`: all rules on one page. */
int rules_doc(struct pipeline *pipeline, const struct options *options);
/* `cavillo explain --rule ID FILE:LINE`. */
int explain_place(struct pipeline *pipeline, const struct options *options);

/* Runs the examples of every enabled rule of a language; failures are printed to stderr. */
struct selftest {
    uint32_t rules, examples, failed, expected_failures;
    /* The pattern that cost most on one sentence. */
    uint32_t steps;
    struct str pattern, file;
    uint32_t line;
};
bool selftest_run(struct pipeline *pipeline, const struct language *language,
                  const struct options *options, struct selftest *result, struct error *error);

/* "cavillo: TEXT" on stderr; returns STATUS_WRONG. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Prints what is wrong with rules or inputs, then complains. */
int complain_all(struct pipeline *pipeline, const struct error *error);
/* The status of a command that has written all its results; a reader who went away is no mistake.
 */
int close_out(struct out *out);
/* The file of the first output, or stdout. */
struct out *open_out(const struct options *options, struct error *error);
/* The user's language, for commands that read no contract: --ui-lang, else the locale. */
enum ui command_ui(const struct options *options);
/* Loads the wording of every language; false when one has mistakes, all of them printed. */
bool load_wordings(struct pipeline *pipeline, struct error *error);

/* An id, glob, norm or category that names nothing is a mistake, not an empty selection. */
bool selections_exist(const struct pipeline *pipeline, const struct options *options,
                      struct error *error);
/* True when the list is empty or one of its globs fits. */
bool is_chosen(const struct str *globs, uint32_t count, struct str id);
/* Whether --rule, --category and --norm let a family through. */
bool family_chosen(const struct options *options, const struct family *family);

#endif
