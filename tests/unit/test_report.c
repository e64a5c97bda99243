/* Reports for people: text and line, what they count, and how they show the contract's words. */

#include "report/report.h"

#include "report/shown.h"
#include "report_fixture.h"

static void
test_counts(void **state)
{
    struct fixture f;
    struct report_counts counts = {0};
    (void)state;

    build(&f);
    report_count(&counts, &f.verdict, GRADE_POTENTIAL);
    assert_int_equal(counts.findings, 4);
    assert_int_equal(counts.grade[GRADE_BLACK], 1);
    assert_int_equal(counts.grade[GRADE_GREY], 2);
    assert_int_equal(counts.level[LEVEL_NOTE], 1);
    assert_int_equal(counts.shown, 3);
    assert_int_equal(counts.not_listed, 2);
    arena_free(&f.arena);
}

static void
test_unknown_format(void **state)
{
    (void)state;
    assert_null(report_new(STR("docx"), NULL, NULL));
    assert_null(report_new(STR("Text"), NULL, NULL));
}

static void
test_text(void **state)
{
    struct fixture f;
    (void)state;

    build(&f);
    struct str text = render(&f, "text", 1, NULL, true);
    ASSERT_CONTAINS(
        text, "contratto è.txt:4:112 · pag. 1 · art. 6.1", "[N] POSSIBILE NULLITÀ\n",
        "Sospensione senza rimborso\n", "[[senza che l’Utente", "risarcimenti]].»\n",
        "Perché     spiega perché\n", "Norme      cod. cons. 33 c. 2 b: si presume vessatoria;",
        "potrebbe rientrare",
        "Assenti    nella clausola: preavviso; in tutto il documento: «salvo dolo»\n",
        "art. 6.1: non è nell'elenco approvato ex art. 1341 (pag. 2)", "art. 9.2: è nell'elenco",
        "Presenti   preavviso\n", "+ riga 6: «danni indiretti", "con riga 4: «avvisa l’Utente»",
        "Anche      liability.check\n", "come fu concluso: non indicato\n",
        "Cosa fare  Scrivi un reclamo.\n",
        "cavillo explain liability.outage (rev 3, confermata 24 volte su 26\n",
        "3 clausole da rivedere, 2 limitano la responsabilità", "articolo (pagina)\n",
        "  1 possibile nullità     6.1 (1)\n", "  2 presunta vessatoria   6.1 (1)  9.2 (2)\n",
        "+ 1 da leggere, non mostrate (--min-grade check)",
        "2 su 3 non sono nell'elenco della doppia firma (pag. 2)",
        "Da dire: gratuito? a distanza?\n  (--paid --concluded)", "Cercate 4 famiglie su 5;",
        "Segnalazione automatica, non parere legale: decide",
        "Nessuna\nsegnalazione non vuol dire contratto equo. Letto come: consumatore");
    assert_false(contains(text, "Promessa vaga"));
    assert_false(contains(text, "\033"));
    /* The gravest first. */
    assert_true(str_find(text, STR("POSSIBILE")) < str_find(text, STR("PRESUNTA")));
    arena_free(&f.arena);
}

static void
test_text_width(void **state)
{
    struct fixture f;
    struct str line;
    (void)state;

    build(&f);
    for (enum ui ui = UI_IT; ui < UI_COUNT; ui++) {
        f.run.ui = ui;
        f.run.ui_fixed = true;
        f.run.min_grade = GRADE_CHECK;
        struct str text = render(&f, "text", 1, "perché no", true);
        while (str_cut(&text, '\n', &line)) {
            uint32_t columns = 0;
            for (size_t i = 0; i < line.len; i++)
                columns += ((unsigned char)line.data[i] & 0xC0) != 0x80;
            if (columns > 80)
                print_error("too wide: %.*s\n", STR_ARG(line));
            assert_true(columns <= 80);
        }
    }
    arena_free(&f.arena);
}

static void
test_text_color(void **state)
{
    struct fixture f;
    (void)state;

    build(&f);
    f.run.color = true;
    struct str text = render(&f, "text", 1, NULL, true);
    assert_false(contains(text, "[["));
    ASSERT_CONTAINS(text, "\033[1;4msenza", "\033[1;31m[N] POSSIBILE");
    /* The escape sequence of the contract does not get through. */
    assert_false(contains(text, "\033[31mmessaggi"));
    arena_free(&f.arena);
}

static void
test_text_words(void **state)
{
    static const struct {
        enum party party;
        bool english;
        uint32_t findings;
        const char *has;
        const char *has_not;
    } cases[] = {
        {PARTY_BUSINESS, false, 4, "ONEROSA EX ART. 1341 C.C.", "PRESUNTA"},
        {PARTY_BUSINESS, false, 4, "non parere legale", "sia vessatoria o nulla"},
        {PARTY_CONSUMER, true, 4, "[V] MAY BE VOID", "Segnalazione"},
        {PARTY_FREE, true, 4, "Read as consumer, free service", "--paid"},
        {PARTY_CONSUMER, false, 0, "0 famiglie su 4 trovate in 5 clausole lette", "da rivedere"},
        {PARTY_CONSUMER, true, 0, "0 of 4 families found in 5 clauses read", "to review"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f;
        build(&f);
        f.facts.party = cases[i].party;
        f.run.ui_fixed = cases[i].english;
        f.run.ui = cases[i].english ? UI_EN : UI_IT;
        f.verdict.findings.count = cases[i].findings;
        struct str text = render(&f, "text", 1, NULL, true);
        ASSERT_CONTAINS(text, cases[i].has);
        assert_false(contains(text, cases[i].has_not));
        arena_free(&f.arena);
    }
}

static void
test_line(void **state)
{
    struct fixture f;
    (void)state;

    build(&f);
    struct str text = render(&f, "line", 1, "b.txt: gone", true);
    ASSERT_CONTAINS(text,
                    "contratto è.txt:4:112: error: [liability.outage] Sospensione senza rimborso "
                    "(pag. 1, art. 6.1)\n",
                    "b.txt:1:1: error: gone\n");
    assert_int_equal(occurrences(text, "[liability.exclude-all]"), 2);
    assert_int_equal(occurrences(text, "\n"), 5);
    arena_free(&f.arena);
}

static void
test_excerpt(void **state)
{
    struct fixture f;
    (void)state;

    build(&f);
    struct span mark = {find(&f.document, "senza che").begin,
                        find(&f.document, "risarcimenti").end};
    struct str text = shown_excerpt(&f.arena, &f.document, 2, mark, 120);
    assert_str(text, "… anche in via definitiva, la casella, \001senza che l’Utente possa "
                     "pretendere rimborsi, indennizzi "
                     "o risarcimenti\002.");
    text = shown_excerpt(&f.arena, &f.document, 2, mark, 48);
    ASSERT_CONTAINS(text, "\001senza che", " … ");
    assert_true(text.len < 100);
    /* An item is shown behind its lead-in. */
    text = shown_excerpt(&f.arena, &f.document, 6, find(&f.document, "perdita di dati"), 400);
    assert_str(text, "9.2 Il Gestore non risponde di: b) \001perdita di dati\002 e di "
                     "�[31mmessaggi.");
    arena_free(&f.arena);
}

static void
test_cut(void **state)
{
    static const struct {
        const char *text;
        size_t max;
        const char *want;
    } cases[] = {
        {"breve", 10, "breve"},
        {"una frase, lunga", 12, "una frase…"},
        {"èèèèè", 5, "èè…"},
        {"", 5, ""},
    };
    struct arena arena = {0};
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_str(shown_cut(&arena, str_of(cases[i].text), cases[i].max), cases[i].want);
    assert_str(shown_sentence(&arena, STR("Vale l'art. 36. Altro."), 99), "Vale l'art. 36");
    assert_str(shown_clean(&arena, STR("a\tb\xff\x1b[0m")), "a�b��[0m");
    arena_free(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),     cmocka_unit_test(test_unknown_format),
        cmocka_unit_test(test_text),       cmocka_unit_test(test_text_width),
        cmocka_unit_test(test_text_color), cmocka_unit_test(test_text_words),
        cmocka_unit_test(test_line),       cmocka_unit_test(test_excerpt),
        cmocka_unit_test(test_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
