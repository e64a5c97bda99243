#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "command.h"

/*
 * CPU time of the stages that users wait for: opening the rules, the first contract, and many
 * contracts one after another.  bench FILE...   Quote ratios from one run, not absolute times.
 */

static double
cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Bytes analysed; 0 when the file cannot be. */
static size_t
analyse(struct pipeline *pipeline, const char *path, uint32_t *findings)
{
    struct analysis analysis = {0};
    struct source source;
    struct error error;
    size_t bytes = 0;
    if (read_path(&analysis.arena, path, 1 << 26, &source, &error) &&
        pipeline_run(pipeline, &source, &analysis, &error)) {
        bytes = source.bytes.len;
        *findings += analysis.verdict.findings.count;
    }
    analysis_close(&analysis);
    return bytes;
}

int
main(int argc, char **argv)
{
    static const char *const rules[] = {"rules"};
    struct str unknown = STR("unknown");
    struct pipeline_settings settings = {
        .rules = rules,
        .rules_count = 1,
        .program_dir = "build",
        .input_lang = STR("auto"),
        .facts = {PARTY_CONSUMER, unknown, unknown, unknown, STR("")},
        .scan = {.jit = -1},
    };
    struct pipeline pipeline;
    struct error error = {""};
    uint32_t findings = 0;
    if (argc < 2) {
        fprintf(stderr, "bench FILE...\n");
        return 2;
    }
    double start = cpu_ms();
    if (!pipeline_open(&pipeline, &settings, &error)) {
        fprintf(stderr, "%s\n", error.text);
        return 2;
    }
    double opened = cpu_ms();
    size_t first = analyse(&pipeline, argv[1], &findings);
    double cold = cpu_ms();
    analyse(&pipeline, argv[1], &findings);
    double warm = cpu_ms();
    printf("open the rules            %8.2f ms\n", opened - start);
    printf("first contract, cold      %8.2f ms (%zu bytes)\n", cold - opened, first);
    printf("the same again            %8.2f ms\n", warm - cold);
    size_t total = 0;
    uint32_t rounds = 0;
    double begin = cpu_ms();
    findings = 0;
    do {
        for (int i = 1; i < argc; i++)
            total += analyse(&pipeline, argv[i], &findings);
        rounds++;
    } while (cpu_ms() - begin < 2000);
    double ms = cpu_ms() - begin;
    printf("all files, %3u rounds      %8.2f MB/s, %u findings a round\n", rounds,
           (double)total / ms / 1e3, findings / rounds);
    pipeline_close(&pipeline);
    return 0;
}
