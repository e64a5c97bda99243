#include "unit.h"

#include <glob.h>
#include <unistd.h>

#include "base/out.h"
#include "base/utf8.h"
#include "pipeline.h"

/* The whole engine on some contracts of corpus/: every way of running it gives the same findings. */

static const char *const rules[] = {"rules"};

static struct pipeline_settings
settings_with(struct scan_options scan)
{
    struct str unknown = STR("unknown");
    return (struct pipeline_settings){
        .rules = rules,
        .rules_count = 1,
        .program_dir = "build",
        .input_lang = STR("auto"),
        .facts = {PARTY_CONSUMER, unknown, unknown, unknown, STR("")},
        .scan = scan,
    };
}

/* Every finding of every contract, with all its places, as text. */
static struct out *
findings_of(struct scan_options scan)
{
    struct pipeline_settings settings = settings_with(scan);
    struct pipeline pipeline;
    struct error error = {""};
    assert_true(pipeline_open(&pipeline, &settings, &error));
    struct out *out = out_memory();
    glob_t files;
    assert_int_equal(glob("corpus/*/[cp]?[lo]*.txt", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct analysis a = {0};
        struct source source;
        assert_true(read_path(&a.arena, files.gl_pathv[i], 1 << 26, &source, &error));
        assert_true(pipeline_run(&pipeline, &source, &a, &error));
        assert_int_equal(a.verdict.limit_hits, 0); /* every pattern compiles and ends */
        for (uint32_t f = 0; f < a.verdict.findings.count; f++) {
            const struct finding *finding = &a.verdict.findings.items[f];
            for (uint32_t p = 0; p < finding->place_count; p++) {
                const struct place *place = &finding->places[p];
                out_format(out, "%s %.*s %u %u %d %llx\n", files.gl_pathv[i],
                           STR_ARG(place->rule->family->id), place->mark.begin, place->mark.end,
                           (int)place->grade, (unsigned long long)finding->fingerprint);
                for (uint32_t e = 0; e < place->evidence_count; e++)
                    out_format(out, " %u-%u", place->evidence[e].span.begin,
                               place->evidence[e].span.end);
            }
        }
        analysis_close(&a);
    }
    globfree(&files);
    pipeline_close(&pipeline);
    return out;
}

static void
all_ways_agree(void **state)
{
    (void)state;
    static const struct scan_options ways[] = {
        {.ignore_keys = true, .jit = 0},
        {.ignore_keys = false, .jit = 0},
        {.ignore_keys = false, .jit = 1},
    };
    struct out *usual = findings_of((struct scan_options){.jit = -1});
    assert_true(out_written(usual).len > 1000);
    for (size_t w = 0; w < sizeof ways / sizeof ways[0]; w++) {
        struct out *other = findings_of(ways[w]);
        assert_true(str_equal(out_written(usual), out_written(other)));
        out_abandon(other);
    }
    out_abandon(usual);
}

static void
assert_same_findings(const struct verdict *a, const struct verdict *b)
{
    assert_int_equal(a->findings.count, b->findings.count);
    for (uint32_t f = 0; f < a->findings.count; f++) {
        const struct finding *x = &a->findings.items[f], *y = &b->findings.items[f];
        assert_true(x->fingerprint == y->fingerprint);
        assert_int_equal(x->clause, y->clause);
        assert_int_equal(x->grade, y->grade);
        assert_int_equal(x->approval, y->approval);
        assert_int_equal(x->place_count, y->place_count);
        for (uint32_t p = 0; p < x->place_count; p++) {
            const struct place *from = &x->places[p], *to = &y->places[p];
            assert_int_equal(from->unit, to->unit);
            assert_memory_equal(&from->mark, &to->mark, sizeof from->mark);
            assert_memory_equal(&from->related, &to->related, sizeof from->related);
            assert_null(to->related_paper);
            assert_int_equal(from->evidence_count, to->evidence_count);
            for (uint32_t e = 0; e < from->evidence_count; e++) {
                assert_memory_equal(&from->evidence[e].span, &to->evidence[e].span,
                                    sizeof(struct span));
                assert_null(to->evidence[e].paper);
            }
        }
    }
}

/* A contract that is read as one with a paper that says nothing is found to say what it says. */
static void
papers_keep_their_places(void **state)
{
    (void)state;
    struct pipeline_settings settings = settings_with((struct scan_options){.jit = -1});
    struct pipeline pipeline;
    struct error error = {""};
    assert_true(pipeline_open(&pipeline, &settings, &error));
    glob_t files;
    assert_int_equal(glob("corpus/it/pa*.txt", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct analysis alone = {0}, before = {0}, paper = {0};
        struct analysis *papers[] = {&before, &paper};
        const struct language *language = NULL;
        struct arena arena = {0};
        struct source source;
        struct source little = {STR("little.txt"), STR("Il documento che segue è lungo.\n")};
        assert_true(read_path(&alone.arena, files.gl_pathv[i], 1 << 26, &source, &error));
        assert_true(pipeline_run(&pipeline, &source, &alone, &error));
        assert_true(pipeline_read(&pipeline, &source, &paper, &language, &error));
        assert_true(pipeline_read(&pipeline, &little, &before, &language, &error));
        assert_true(pipeline_judge_as_one(&pipeline, papers, 2, &arena, &error));
        assert_int_equal(before.verdict.findings.count, 0);
        assert_same_findings(&alone.verdict, &paper.verdict);
        analysis_close(&alone);
        analysis_close(&before);
        analysis_close(&paper);
        arena_free(&arena);
    }
    globfree(&files);
    pipeline_close(&pipeline);
}

/* A sentence from the building blocks of contracts, in every shape of damage text can have. */
static struct str
generated_text(struct arena *arena, uint64_t *random)
{
    static const char *const parts[] = {
        "Il Gestore ",
        "non \xC3\xA8 ",
        "in alcun caso ",
        "responsabile ",
        "dei danni ",
        "subiti dall\xE2\x80\x99Utente",
        ". ",
        "; ",
        ":\n",
        "\na) ",
        "\nb) ",
        "\n\n6.1 ",
        "respon-\n",
        "sabilit\xC3\xA0 ",
        "e\xCC\x80 ",
        "\xEF\xAC\x81ne ",
        "\xC2\xAD",
        "\xC2\xA0",
        "\xE2\x80\x9C",
        "\xE2\x80\x9D ",
        "\f",
        "\r\n",
        "E' ",
        "risarcimento ",
        "10 giorni ",
        "art. 5 ",
        "\xF0\x9F\x93\xA6",
        "indennizzi ",
        "o rimborsi ",
        "senza ",
        "pu\xC3\xB2 sospendere ",
        "il servizio ",
        "in qualsiasi momento ",
    };
    struct out *out = out_memory();
    for (int n = 0; n < 120; n++) {
        *random = *random * UINT64_C(6364136223846793005) + 1442695040888963407u;
        out_str(out, str_of(parts[(*random >> 33) % (sizeof parts / sizeof parts[0])]));
    }
    struct str text = arena_str(arena, out_written(out));
    out_abandon(out);
    return text;
}

static bool
starts_code_point(struct str text, uint32_t at)
{
    return at >= text.len || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

/* Thousands of texts: marks lie in their unit, on code points, and lead back to the raw bytes. */
static void
marks_lead_back(void **state)
{
    (void)state;
    struct pipeline_settings settings = settings_with((struct scan_options){.jit = -1});
    settings.input_lang = STR("it");
    struct pipeline pipeline;
    struct error error = {""};
    assert_true(pipeline_open(&pipeline, &settings, &error));
    uint64_t random = 7;
    uint32_t marks = 0;
    for (int n = 0; n < 3000; n++) {
        struct analysis a = {0};
        struct source source = {STR("generated.txt"), generated_text(&a.arena, &random)};
        if (pipeline_run(&pipeline, &source, &a, &error)) {
            const struct document *d = &a.document;
            for (uint32_t f = 0; f < a.verdict.findings.count; f++) {
                const struct finding *finding = &a.verdict.findings.items[f];
                for (uint32_t p = 0; p < finding->place_count; p++, marks++) {
                    struct span mark = finding->places[p].mark;
                    assert_true(mark.begin < mark.end && mark.end <= d->text.len);
                    assert_true(span_contains(d->units.items[finding->places[p].unit].span, mark));
                    assert_true(starts_code_point(d->text, mark.begin));
                    assert_true(starts_code_point(d->text, mark.end));
                    assert_true(utf8_valid(str_span(d->text, mark)));
                    assert_true(str_equal(str_span(source.bytes, document_raw(d, mark)),
                                          str_span(d->text, mark)));
                }
            }
        }
        analysis_close(&a);
    }
    assert_true(marks > 500);
    pipeline_close(&pipeline);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_agree),
        cmocka_unit_test(papers_keep_their_places),
        cmocka_unit_test(marks_lead_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
