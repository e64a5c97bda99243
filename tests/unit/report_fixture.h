#ifndef TESTS_REPORT_FIXTURE_H
#define TESTS_REPORT_FIXTURE_H

/*
 * A hand-made document and verdict for the tests of reports: four findings in three clauses on
 * two pages, with marks that cross, a list item, an escape sequence and markup in the text.
 */

#include <stdio.h>
#include <stdlib.h>

#include "report/report.h"
#include "unit.h"

static const char contract_text[] =
    "CONDIZIONI <GENERALI> & PARTICOLARI\n"
    "\n"
    "6. Disponibilità\n"
    "6.1 Il Gestore può in ogni momento modificare, sospendere o interrompere, anche in via "
    "definitiva, la casella, senza che l’Utente possa pretendere rimborsi, indennizzi o "
    "risarcimenti. Il Gestore avvisa l’Utente.\n"
    "\f"
    "9.2 Il Gestore non risponde di:\n"
    "a) danni indiretti, \"perdite\" & <script>alert(1)</script> lucro cessante;\n"
    "b) perdita di dati e di \033[31mmessaggi.\n"
    "12 L’Utente dichiara di approvare ex art. 1341: 9.2.\n";

/* Everything a report is made from; built anew for each test. */
struct fixture {
    struct arena arena;
    struct document document;
    struct ruleset ruleset;
    struct verdict verdict;
    struct facts facts;
    struct report_run run;
    struct report_document input;
    struct norm norms[3];
    struct norm_use uses[3];
    struct action action;
    const struct action *actions[1];
    struct mitigation mitigations[2];
    uint32_t missing[2];
    uint32_t found[1];
    struct evidence evidence[1];
    const struct rule *others[1];
};

static inline struct span
find(const struct document *document, const char *words)
{
    size_t at = str_find(document->text, str_of(words));

    assert_true(at < document->text.len);
    return (struct span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

/* A unit from the first words to the last ones; pieces are its lead-ins and itself. */
static inline uint32_t
add_unit(struct fixture *f, enum unit_kind kind, const char *first, const char *last,
         int32_t leadin)
{
    struct document *document = &f->document;
    struct span span = {find(document, first).begin, find(document, last).end};
    struct unit unit = {
        .span = span,
        .first_piece = document->pieces.count,
        .piece_count = leadin >= 0 ? 2 : 1,
        .clause = document->clauses.count - 1,
        .kind = kind,
    };

    if (leadin >= 0)
        array_push(&f->arena, &document->pieces, document->units.items[leadin].span);
    array_push(&f->arena, &document->pieces, span);
    array_push(&f->arena, &document->units, unit);
    struct clause *clause = &document->clauses.items[document->clauses.count - 1];
    clause->span.end = span.end;
    clause->unit_count++;
    return document->units.count - 1;
}

static inline void
add_clause(struct fixture *f, const char *path, const char *first, int32_t heading, uint32_t flags)
{
    struct clause clause = {
        .span = find(&f->document, first),
        .path = str_of(path),
        .heading = heading,
        .first_unit = f->document.units.count,
        .flags = flags,
    };

    array_push(&f->arena, &f->document.clauses, clause);
}

static inline void
build_document(struct fixture *f)
{
    struct source source = {STR("terms dir/contratto è.txt"), STR(contract_text)};
    struct error error;
    struct heading heading = {
        .unit = 1, .parent = -1, .first_clause = 1, .end_clause = 3, .level = 1};

    assert_true(document_build(&f->document, &f->arena, &source, &error));
    f->document.language = STR("it");
    f->document.has_approval = true;
    array_push(&f->arena, &f->document.headings, heading);
    add_clause(f, "", "CONDIZIONI", -1, 0);
    add_unit(f, UNIT_SENTENCE, "CONDIZIONI", "PARTICOLARI", -1);
    add_clause(f, "6", "6. Disp", 0, 0);
    add_unit(f, UNIT_HEADING, "6. Disp", "nibilità", -1);
    add_clause(f, "6.1", "6.1 Il", 0, 0);
    add_unit(f, UNIT_SENTENCE, "6.1 Il", "risarcimenti.", -1);
    add_unit(f, UNIT_SENTENCE, "Il Gestore avvisa", "avvisa l’Utente.", -1);
    add_clause(f, "9.2", "9.2 Il", 0, 0);
    int32_t leadin = (int32_t)add_unit(f, UNIT_SENTENCE, "9.2 Il", "risponde di:", -1);
    add_unit(f, UNIT_ITEM, "a) danni", "cessante;", leadin);
    add_unit(f, UNIT_ITEM, "b) perdita", "messaggi.", leadin);
    add_clause(f, "12", "12 L’Utente", 0, CLAUSE_APPROVAL);
    add_unit(f, UNIT_SENTENCE, "12 L’Utente", "1341: 9.2.", -1);
}

static inline struct bilingual
both(const char *it, const char *en)
{
    return (struct bilingual){{str_of(it), str_of(en)}};
}

static inline void
add_family(struct fixture *f, const char *id, const char *category, enum grade grade,
           const char *it, const char *en)
{
    struct family family = {
        .id = str_of(id),
        .rev = 3,
        .category = str_of(category),
        .grade = {grade, grade, grade},
        .title = both(it, en),
        .explain = both("spiega perché", "explains why"),
        .fix = both("riscrivi così", "reword thus"),
        .actions = f->actions,
        .action_count = 1,
        .norms = f->uses,
        .norm_count = 3,
        .upheld = 24,
        .of = 26,
    };

    array_push(&f->arena, &f->ruleset.families, family);
}

static inline void
build_law(struct fixture *f)
{
    struct category liability = {STR("liability"), both("Responsabilità", "Liability"), 0};
    struct category change = {STR("change"), both("Modifiche", "Changes"), 4};
    struct mitigator care = {.id = STR("M1"), .title = both("«salvo dolo»", "\"save intent\"")};
    struct mitigator notice = {.id = STR("M6"), .title = both("preavviso", "notice")};

    f->norms[0] = (struct norm){.id = STR("cod-cons.33.2.b"),
                                .name = both("cod. cons. 33 c. 2 b", "Consumer Code 33(2)(b)"),
                                .says = both("Si presume vessatoria.", "presumed unfair.")};
    f->norms[1] = (struct norm){.id = STR("cod-cons.36.2.b"),
                                .name = both("cod. cons. 36 c. 2 b", "Consumer Code 36(2)(b)")};
    f->norms[2] = (struct norm){.id = STR("cod-cons.66-bis"),
                                .name = both("cod. cons. 66-bis", "Consumer Code 66-bis")};
    f->uses[0] = (struct norm_use){.norm = &f->norms[2], .concluded = STR("distance")};
    f->uses[1] = (struct norm_use){.norm = &f->norms[0]};
    f->uses[2] = (struct norm_use){.norm = &f->norms[1], .candidate = true};
    f->action = (struct action){STR("A1"), both("Scrivi un reclamo.", "Write a complaint.")};
    f->actions[0] = &f->action;
    f->ruleset.arena = &f->arena;
    f->ruleset.version = STR("2026.11");
    f->ruleset.checked = STR("2026-10-01");
    snprintf(f->ruleset.hash, sizeof f->ruleset.hash, "%s", "abc");
    array_push(&f->arena, &f->ruleset.categories, change);
    array_push(&f->arena, &f->ruleset.categories, liability);
    array_push(&f->arena, &f->ruleset.mitigators, care);
    array_push(&f->arena, &f->ruleset.mitigators, notice);
    add_family(f, "liability.outage", "liability", GRADE_BLACK, "Sospensione senza rimborso",
               "Outage without refund");
    add_family(f, "change.any", "change", GRADE_GREY, "Modifica in ogni momento",
               "Change at any time");
    add_family(f, "liability.exclude-all", "liability", GRADE_GREY, "Esclusione generale",
               "General exclusion");
    add_family(f, "liability.check", "liability", GRADE_CHECK, "Promessa vaga", "Vague promise");
    add_family(f, "liability.silent", "liability", GRADE_GREY, "Senza parole", "Without words");
}

static inline void
build_rules(struct fixture *f)
{
    f->mitigations[0] = (struct mitigation){0, EFFECT_LOWER, SCOPE_DOCUMENT};
    f->mitigations[1] = (struct mitigation){1, EFFECT_LOWER, SCOPE_CLAUSE};
    for (uint32_t i = 0; i < 4; i++) {
        struct rule rule = {
            .family = &f->ruleset.families.items[i],
            .mitigations = f->mitigations,
            .mitigation_count = 2,
            .enabled = true,
        };
        array_push(&f->arena, &f->ruleset.rules, rule);
    }
}

static inline struct place *
add_finding(struct fixture *f, uint32_t rule, enum level level, uint32_t clause,
            uint32_t place_count)
{
    const struct rule *found = &f->ruleset.rules.items[rule];
    struct finding finding = {
        .category = found->family->category,
        .rule = found,
        .grade = found->family->grade[PARTY_CONSUMER],
        .level = level,
        .candidate = rule == 0,
        .clause = clause,
        .places = arena_new(&f->arena, struct place, place_count),
        .place_count = place_count,
        .norms = arena_new(&f->arena, struct finding_norm, 3),
        .norm_count = 3,
        .approval = clause == 3 ? APPROVAL_LISTED : APPROVAL_NOT_LISTED,
        .fingerprint = UINT64_C(0xab) + rule,
    };

    for (uint32_t i = 0; i < 3; i++)
        finding.norms[i] = (struct finding_norm){&f->uses[i], i == 0};
    for (uint32_t i = 0; i < place_count; i++) {
        finding.places[i].rule = found;
        finding.places[i].grade = finding.grade;
    }
    array_push(&f->arena, &f->verdict.findings, finding);
    return finding.places;
}

static inline void
set_place(struct fixture *f, struct place *place, uint32_t unit, const char *first,
          const char *last)
{
    place->unit = unit;
    place->mark = (struct span){find(&f->document, first).begin, find(&f->document, last).end};
}

static inline void
build_verdict(struct fixture *f)
{
    f->verdict.families_searched = 4;
    /* Two categories whose marks cross, in one unit. */
    struct place *change = add_finding(f, 1, LEVEL_WARNING, 2, 1);
    set_place(f, change, 2, "può in ogni", "senza che");
    struct place *outage = add_finding(f, 0, LEVEL_ERROR, 2, 1);
    set_place(f, outage, 2, "senza che", "risarcimenti");
    f->missing[0] = 0;
    f->missing[1] = 1;
    outage->missing = f->missing;
    outage->missing_count = 2;
    f->evidence[0] = (struct evidence){
        .name = STR("power"), .source = STR("puo"), .span = find(&f->document, "può in")};
    outage->evidence = f->evidence;
    outage->evidence_count = 1;
    outage->related = find(&f->document, "avvisa l’Utente");
    struct place *vague = add_finding(f, 3, LEVEL_NOTE, 2, 1);
    set_place(f, vague, 3, "Il Gestore avvisa", "avvisa l’Utente");
    struct place *excluded = add_finding(f, 2, LEVEL_WARNING, 3, 2);
    set_place(f, &excluded[0], 6, "perdita di dati", "messaggi");
    set_place(f, &excluded[1], 5, "danni indiretti", "cessante");
    f->found[0] = 1;
    excluded[1].found = f->found;
    excluded[1].found_count = 1;
    f->others[0] = &f->ruleset.rules.items[3];
    excluded[0].others = f->others;
    excluded[0].other_count = 1;
}

static inline void
build(struct fixture *f)
{
    struct diagnostics diagnostics = {.arena = &f->arena};
    const char *rules = getenv("CAVILLO_RULES");
    struct error error;

    memset(f, 0, sizeof *f);
    diagnostics.arena = &f->arena;
    build_document(f);
    build_law(f);
    build_rules(f);
    build_verdict(f);
    f->facts =
        (struct facts){PARTY_CONSUMER, STR("unknown"), STR("digital"), STR("unknown"), STR("")};
    f->run = (struct report_run){
        .messages = messages_load(&f->arena, rules ? rules : "rules", &diagnostics, &error),
        .law = &f->ruleset,
        .facts = &f->facts,
        .min_grade = GRADE_POTENTIAL,
        .tool_version = "0.1.0",
    };
    assert_non_null(f->run.messages);
    f->input = (struct report_document){&f->document, &f->ruleset, &f->verdict};
}

/* The whole report of the fixture's document, or of none; in the fixture's arena. */
static inline struct str
render(struct fixture *f, const char *format, uint32_t documents, const char *failure, bool ok)
{
    struct out *out = out_memory();
    struct report *report = report_new(str_of(format), &f->run, out);

    assert_non_null(report);
    report_begin(report);
    for (uint32_t i = 0; i < documents; i++)
        report_document(report, &f->input);
    if (failure)
        report_failure(report, STR("b.txt"), str_of(failure));
    report_end(report, ok);
    struct str text = arena_str(&f->arena, out_written(out));
    assert_true(out_close(out, NULL));
    return text;
}

static inline bool
contains(struct str text, const char *words)
{
    return str_find(text, str_of(words)) < text.len;
}

static inline uint32_t
occurrences(struct str text, const char *words)
{
    uint32_t count = 0;

    for (size_t at; (at = str_find(text, str_of(words))) < text.len; count++)
        text = str_slice(text, at + strlen(words), text.len);
    return count;
}

static inline void
assert_contains(struct str text, const char *const *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!contains(text, wanted[i])) {
            print_error("missing \"%s\" in\n%.*s\n", wanted[i], STR_ARG(text));
            fail();
        }
    }
}
#define ASSERT_CONTAINS(text, ...)                                                                 \
    do {                                                                                           \
        const char *const wanted_[] = {__VA_ARGS__};                                               \
        assert_contains((text), wanted_, sizeof wanted_ / sizeof wanted_[0]);                      \
    } while (0)

#endif
