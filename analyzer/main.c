#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"

/* Picks the command, finds the rules, and turns the outcome into an exit status. */

/* The folder of the running program; "." when the system does not tell. */
static const char *
program_dir(struct arena *arena)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    while (length > 0 && path[length - 1] != '/')
        length--;
    return length > 1 ? arena_str(arena, (struct str){path, (size_t)length - 1}).data : ".";
}

/* --rules, else CAVILLO_RULES, else beside the program, else installed. */
static bool
find_rules(struct arena *arena, struct options *options, const char *beside, struct error *error)
{
    if (options->rules.count > 0)
        return true;
    const char *environment = getenv("CAVILLO_RULES");
    if (environment && *environment) {
        array_push(arena, &options->rules, environment);
        return true;
    }
    const char *tried[] = {
        arena_format(arena, "%s/../rules", beside).data,
        arena_format(arena, "%s/../../rules", beside).data, /* build/VARIANT */
        arena_format(arena, "%s/../share/cavillo", beside).data,
        CAVILLO_DATADIR,
    };
    for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++) {
        if (access(arena_format(arena, "%s/categories.xml", tried[i]).data, R_OK) == 0) {
            array_push(arena, &options->rules, tried[i]);
            return true;
        }
    }
    return error_set(error, "no rules found in %s, %s, %s; give them with --rules DIR", tried[0],
                     tried[2], tried[3]);
}

static int
command_help(const struct options *options)
{
    enum command command = COMMAND_COUNT;
    struct error error;
    if (options->operands.count > 0 &&
        !options_command(options->operands.items[0], &command, &error))
        return complain("%s", error.text);
    struct out *out = out_stdout();
    options_help(out, command);
    return close_out(out);
}

static int
command_version(const struct pipeline *pipeline)
{
    struct out *out = out_stdout();
    out_format(out, "cavillo %s\nrules %.*s (%.12s), norm texts checked %.*s\n", CAVILLO_VERSION,
               STR_ARG(pipeline->law.version), pipeline->law.hash, STR_ARG(pipeline->law.checked));
    return close_out(out);
}

static int
run(struct options *options, struct arena *arena)
{
    struct error error = {""};
    const char *dir = program_dir(arena);
    if (!find_rules(arena, options, dir, &error))
        return complain("%s", error.text);
    struct pipeline_settings settings = {
        .rules = options->rules.items,
        .rules_count = options->rules.count,
        .program_dir = dir,
        .input = options->input,
        .input_lang = options->input_lang,
        .facts = options->facts,
        .enable = options->enable.items,
        .enable_count = options->enable.count,
        .disable = options->disable.items,
        .disable_count = options->disable.count,
        .categories = options->categories.items,
        .category_count = options->categories.count,
        .tailoring = options->tailoring,
        .trace = options->trace,
        .reads_only = options->command == COMMAND_TEXT,
        .scan = {.jit = -1},
    };
    struct pipeline pipeline;
    int status = STATUS_WRONG;
    if (!pipeline_open(&pipeline, &settings, &error)) {
        complain_all(&pipeline, &error);
    } else if (options->command == COMMAND_CHECK) {
        status = command_check(&pipeline, options);
    } else if (options->command == COMMAND_RULES) {
        status = command_rules(&pipeline, options);
    } else if (options->command == COMMAND_EXPLAIN) {
        status = command_explain(&pipeline, options);
    } else if (options->command == COMMAND_EVAL) {
        status = command_eval(&pipeline, options);
    } else if (options->command == COMMAND_TEXT) {
        status = command_text(&pipeline, options);
    } else {
        status = command_version(&pipeline);
    }
    pipeline_close(&pipeline);
    return status;
}

int
main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write: a quiet end */
    struct arena arena = {0};
    struct options options;
    struct error error;
    int status;
    if (!options_parse(&options, &arena, argc, argv, &error))
        status = complain("%s", error.text);
    else if (options.command == COMMAND_HELP)
        status = command_help(&options);
    else
        status = run(&options, &arena);
    arena_free(&arena);
    return status;
}
