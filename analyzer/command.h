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
int command_text(struct pipeline *pipeline, const struct options *options);

/* Runs the examples of every enabled rule of a language; failures are printed to stderr. */
struct selftest {
    uint32_t rules, examples, failed, expected_failures;
};
bool selftest_run(struct pipeline *pipeline, const struct language *language,
                  struct selftest *result, struct error *error);

/* "cavillo: TEXT" on stderr; returns STATUS_WRONG. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
