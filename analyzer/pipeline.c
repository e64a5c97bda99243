#include "pipeline.h"

#include <unistd.h>

#include "rule/tailoring.h"
#include "scan/fingerprint.h"
#include "scan/split.h"
#include "text/join.h"
#include "text/mend.h"
#include "text/party.h"
#include "text/repair.h"
#include "text/segment.h"

enum { PAPER_WORDS = 40 }; /* a shorter paper may be in the language of those before it */

bool
pipeline_open(struct pipeline *pipeline, const struct pipeline_settings *settings,
              struct error *error)
{
    *pipeline = (struct pipeline){.settings = *settings};
    pipeline->diagnostics.arena = &pipeline->arena;
    if (!languages_load(&pipeline->arena, settings->rules[0], &pipeline->languages,
                        &pipeline->diagnostics, error))
        return false;
    pipeline->wordings =
        arena_new(&pipeline->arena, struct wording, (size_t)pipeline->languages.count + 1);
    if (settings->reads_only)
        return true;
    if (!ruleset_load_law(&pipeline->law, &pipeline->arena, settings->rules, settings->rules_count,
                          &pipeline->diagnostics, error))
        return false;
    if (pipeline->settings.facts.as_of.len == 0)
        pipeline->settings.facts.as_of = pipeline->law.as_of;
    return (!settings->tailoring ||
            tailoring_load(&pipeline->law, settings->tailoring, &pipeline->diagnostics, error));
}

static bool
any_glob(const struct str *globs, uint32_t count, struct str id)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_glob(globs[i], id))
            return true;
    return false;
}

static void
choose_rules(const struct pipeline_settings *s, struct ruleset *ruleset)
{
    for (uint32_t i = 0; i < ruleset->rules.count; i++) {
        struct rule *rule = &ruleset->rules.items[i];
        struct str id = rule->family->id;
        bool in = !rule->family->off;
        in = in && (s->category_count == 0 ||
                    any_glob(s->categories, s->category_count, rule->family->category));
        in = in && (s->enable_count == 0 || any_glob(s->enable, s->enable_count, id));
        rule->enabled = in && !any_glob(s->disable, s->disable_count, id);
    }
}

/* The form table `make` built: beside the program, or installed with the rules. */
static const char *
find_forms(struct arena *arena, const struct pipeline_settings *s, struct str language)
{
    struct str path = arena_format(arena, "%s/lexicon/%.*s", s->program_dir, STR_ARG(language));
    if (access(path.data, R_OK) == 0)
        return path.data;
    path = arena_format(arena, "%s/lexicon/%.*s", s->rules[0], STR_ARG(language));
    return access(path.data, R_OK) == 0 ? path.data : NULL;
}

struct wording *
pipeline_wording(struct pipeline *pipeline, const struct language *language, struct error *error)
{
    const struct pipeline_settings *s = &pipeline->settings;
    struct wording *wording = &pipeline->wordings[language - pipeline->languages.items];
    if (wording->scanner)
        return wording;
    if (wording->language) { /* tried before: its mistakes are in the diagnostics */
        error_set(error, "%s: the rule files of this language have mistakes", language->dir);
        return NULL;
    }
    wording->language = language;
    ruleset_copy_law(&wording->ruleset, &pipeline->law, &pipeline->arena);
    const char *forms = find_forms(&pipeline->arena, s, language->id);
    if (!ruleset_load_wording(&wording->ruleset, language, s->rules, s->rules_count, forms,
                              &pipeline->diagnostics, error))
        return NULL;
    choose_rules(s, &wording->ruleset);
    wording->mender =
        mender_new(&pipeline->arena, &pipeline->languages, language, wording->ruleset.lexicon);
    wording->scanner = scanner_new(&wording->ruleset, s->scan, error);
    return wording->scanner ? wording : NULL;
}

bool
pipeline_read(struct pipeline *pipeline, const struct source *source, struct analysis *analysis,
              const struct language **language, struct error *error)
{
    struct document *document = &analysis->document;
    const struct language *fallback = *language;
    if (!document_build_as(document, &analysis->arena, source, pipeline->settings.input, error))
        return false;
    repair_document(document);
    struct str wanted = pipeline->settings.input_lang;
    *language = str_equal(wanted, STR("auto")) ? language_vote(&pipeline->languages, document)
                                               : languages_find(&pipeline->languages, wanted);
    if (!*language && document->words < PAPER_WORDS)
        *language = fallback;
    if (!*language)
        return error_set(error,
                         "%.*s: no supported language recognised (%u known), so it was not "
                         "checked; --input-lang says which it is",
                         STR_ARG(document->name), pipeline->languages.count);
    document->language = (*language)->id;
    if (!pipeline->settings.reads_only) {
        struct wording *wording = pipeline_wording(pipeline, *language, error);
        if (!wording)
            return false;
        mend_document(wording->mender, document);
    }
    segment_document(document, *language);
    party_document(document, *language);
    return true;
}

bool
pipeline_run(struct pipeline *pipeline, const struct source *source, struct analysis *analysis,
             struct error *error)
{
    const struct language *language = NULL;
    if (!pipeline_read(pipeline, source, analysis, &language, error))
        return false;
    struct wording *wording = pipeline_wording(pipeline, language, error);
    if (!wording)
        return false;
    struct hits hits;
    scan_document(wording->scanner, &analysis->arena, &analysis->document, &hits,
                  &pipeline->diagnostics, &analysis->verdict.limit_hits);
    judge_document(&wording->ruleset, &analysis->document, &hits, &pipeline->settings.facts,
                   &analysis->arena, &analysis->verdict,
                   pipeline->settings.trace ? &analysis->trace : NULL);
    fingerprint_findings(&analysis->document, language, &analysis->verdict);
    analysis->ruleset = &wording->ruleset;
    return true;
}

bool
pipeline_judge_as_one(struct pipeline *pipeline, struct analysis *const *papers, uint32_t count,
                      struct arena *arena, struct error *error)
{
    struct document *whole = arena_new(arena, struct document, 1);
    struct document **documents = arena_new(arena, struct document *, count);
    for (uint32_t i = 0; i < count; i++)
        documents[i] = &papers[i]->document;
    const struct language *language =
        languages_find(&pipeline->languages, papers[0]->document.language);
    struct wording *wording = pipeline_wording(pipeline, language, error);
    if (!wording || !document_join(whole, arena, documents, count, error))
        return false;
    party_document(whole, language);
    struct hits hits;
    struct verdict verdict = {0};
    scan_document(wording->scanner, arena, whole, &hits, &pipeline->diagnostics,
                  &verdict.limit_hits);
    judge_document(&wording->ruleset, whole, &hits, &pipeline->settings.facts, arena, &verdict,
                   NULL);
    for (uint32_t i = 0; i < count; i++) {
        verdict_split(whole, &whole->papers.items[i], &verdict, arena, &papers[i]->verdict);
        fingerprint_findings(documents[i], language, &papers[i]->verdict);
        papers[i]->ruleset = &wording->ruleset;
    }
    papers[0]->verdict.limit_hits = verdict.limit_hits;
    return true;
}

void
analysis_close(struct analysis *analysis)
{
    arena_free(&analysis->arena);
}

void
pipeline_close(struct pipeline *pipeline)
{
    for (uint32_t i = 0; pipeline->wordings && i < pipeline->languages.count; i++) {
        scanner_free(pipeline->wordings[i].scanner);
        mender_close(pipeline->wordings[i].mender);
        ruleset_close(&pipeline->wordings[i].ruleset);
    }
    ruleset_close(&pipeline->law);
    arena_free(&pipeline->arena);
}
