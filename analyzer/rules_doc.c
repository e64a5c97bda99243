#include "command.h"
#include "report/rules_page.h"

/* `cavillo rules doc`: hands the chosen rules to the page. */

int
rules_doc(struct pipeline *pipeline, const struct options *options)
{
    struct error error = {""};
    const struct ruleset *law = &pipeline->law;
    uint32_t languages = pipeline->languages.count;
    struct report_run run = {
        .law = law,
        .facts = &options->facts,
        .ui = command_ui(options),
        .ui_fixed = true,
        .tool_version = CAVILLO_VERSION,
    };
    struct rules_page page = {
        .run = &run,
        .rulesets = arena_new(&pipeline->arena, const struct ruleset *, (size_t)languages + 1),
        .ruleset_count = languages,
        .families =
            arena_new(&pipeline->arena, const struct family *, (size_t)law->families.count + 1),
        .html = str_equal(options->outputs.items[0].format, STR("html")),
    };
    for (uint32_t i = 0; i < languages; i++)
        page.rulesets[i] = &pipeline->wordings[i].ruleset;
    for (uint32_t f = 0; f < law->families.count; f++)
        if (family_chosen(options, &law->families.items[f]))
            page.families[page.family_count++] = &law->families.items[f];
    run.messages =
        messages_load(&pipeline->arena, options->rules.items[0], &pipeline->diagnostics, &error);
    if (!run.messages)
        return complain_all(pipeline, &error);
    if (options->outputs.count > 1)
        return complain("rules doc writes one page: give one --format");
    struct out *out = open_out(options, &error);
    if (!out)
        return complain("%s", error.text);
    rules_page_write(&page, out);
    return close_out(out);
}
