#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* What commands share: complaints, output, the user's language, selections of rules. */

int
complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("cavillo: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return STATUS_WRONG;
}

int
complain_all(struct pipeline *pipeline, const struct error *error)
{
    diagnostics_print(&pipeline->diagnostics, stderr);
    return complain("%s", error->text);
}

int
close_out(struct out *out)
{
    struct error error;
    bool broken = out_broken_pipe(out);
    if (out_close(out, &error) || broken)
        return STATUS_CLEAN;
    return complain("%s", error.text);
}

struct out *
open_out(const struct options *options, struct error *error)
{
    const char *path = options->outputs.count > 0 ? options->outputs.items[0].path : NULL;
    return path ? out_file(path, error) : out_stdout();
}

enum ui
command_ui(const struct options *options)
{
    if (options->ui_fixed)
        return options->ui;
    const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "it", 2) == 0 ? UI_IT : UI_EN;
    }
    return UI_EN;
}

bool
load_wordings(struct pipeline *pipeline, struct error *error)
{
    bool good = true;
    for (uint32_t i = 0; i < pipeline->languages.count; i++)
        good = pipeline_wording(pipeline, &pipeline->languages.items[i], error) && good;
    diagnostics_print(&pipeline->diagnostics, stderr);
    pipeline->diagnostics.list.count = 0; /* said once */
    return good;
}

bool
is_chosen(const struct str *globs, uint32_t count, struct str id)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_glob(globs[i], id))
            return true;
    return count == 0;
}

bool
family_chosen(const struct options *options, const struct family *family)
{
    bool cited = options->norms.count == 0;
    for (uint32_t n = 0; n < family->norm_count && !cited; n++)
        cited = is_chosen(options->norms.items, options->norms.count, family->norms[n].norm->id);
    return cited && is_chosen(options->chosen.items, options->chosen.count, family->id) &&
           is_chosen(options->categories.items, options->categories.count, family->category);
}

static bool
rule_exists(const struct ruleset *law, struct str glob, struct error *error)
{
    for (uint32_t f = 0; f < law->families.count; f++)
        if (str_glob(glob, law->families.items[f].id))
            return true;
    struct str near = ruleset_nearest(law, glob);
    return error_set(error, "no rule \"%.*s\"%s%.*s%s", STR_ARG(glob),
                     near.len ? "; did you mean \"" : "", STR_ARG(near),
                     near.len ? "\"?" : "; cavillo rules list shows them");
}

static bool
norm_exists(const struct ruleset *law, struct str glob, struct error *error)
{
    struct str near = {NULL, 0};
    size_t smallest = glob.len / 3 + 2;
    for (uint32_t n = 0; n < law->norms.count; n++) {
        struct str id = law->norms.items[n].id;
        size_t distance = str_distance(id, glob);
        if (str_glob(glob, id))
            return true;
        if (distance < smallest) {
            smallest = distance;
            near = id;
        }
    }
    return error_set(error, "--norm: no norm \"%.*s\"%s%.*s%s", STR_ARG(glob),
                     near.len ? "; did you mean \"" : "", STR_ARG(near),
                     near.len ? "\"?" : "; rules/norms.xml lists them");
}

bool
selections_exist(const struct pipeline *pipeline, const struct options *options,
                 struct error *error)
{
    const struct ruleset *law = &pipeline->law;
    bool good = true;
    for (uint32_t i = 0; i < options->categories.count && good; i++)
        good = ruleset_category(law, options->categories.items[i]) ||
               error_set(error, "--category: no category \"%.*s\"; cavillo rules list",
                         STR_ARG(options->categories.items[i]));
    for (uint32_t i = 0; i < options->enable.count && good; i++)
        good = rule_exists(law, options->enable.items[i], error);
    for (uint32_t i = 0; i < options->disable.count && good; i++)
        good = rule_exists(law, options->disable.items[i], error);
    for (uint32_t i = 0; i < options->chosen.count && good; i++)
        good = rule_exists(law, options->chosen.items[i], error);
    for (uint32_t i = 0; i < options->norms.count && good; i++)
        good = norm_exists(law, options->norms.items[i], error);
    return good;
}
