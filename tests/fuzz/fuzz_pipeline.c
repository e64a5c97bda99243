#include <stdlib.h>

#include "command.h"

/* libFuzzer: any bytes through the pipeline and every report.  `make fuzz`. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const rules[] = {"rules"};

/* Opened once: libFuzzer calls us millions of times in one process. */
static struct pipeline *
opened(const struct messages **messages)
{
    static struct pipeline pipeline;
    static const struct messages *texts;
    if (!texts) {
        struct str unknown = STR("unknown");
        struct pipeline_settings settings = {
            .rules = rules,
            .rules_count = 1,
            .program_dir = "build",
            .input_lang = STR("it"),
            .facts = {PARTY_CONSUMER, unknown, unknown, unknown, STR("")},
            .scan = {.jit = -1},
        };
        struct error error;
        if (!pipeline_open(&pipeline, &settings, &error))
            abort();
        texts = messages_load(&pipeline.arena, rules[0], &pipeline.diagnostics, &error);
    }
    *messages = texts;
    return &pipeline;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct report_run run = {.min_grade = GRADE_POTENTIAL, .ui = UI_IT, .tool_version = "fuzz"};
    struct pipeline *pipeline = opened(&run.messages);
    run.law = &pipeline->law;
    run.facts = &pipeline->settings.facts;
    struct analysis analysis = {0};
    struct source source = {STR("fuzz"), {(const char *)data, size}};
    struct error error;
    bool ran = pipeline_run(pipeline, &source, &analysis, &error);
    struct str names = str_of(report_formats), name;
    while (str_cut(&names, ' ', &name)) {
        struct out *out = out_memory();
        struct report *report = report_new(name, &run, out);
        struct report_document document = {&analysis.document, analysis.ruleset, &analysis.verdict};
        report_begin(report);
        if (ran)
            report_document(report, &document);
        else
            report_failure(report, source.name, str_of(error.text));
        report_end(report, ran);
        out_abandon(out);
    }
    pipeline->diagnostics.list.count = 0;
    analysis_close(&analysis);
    return 0;
}
