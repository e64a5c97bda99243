#include "unit.h"

#include "text/fold.h"

/* Folding: the same words from every way of writing them. */

struct fold_case {
    const char *text;
    const char *words;
};

static const struct fold_case cases[] = {
    {"Il Gestore non risponde.", " il gestore non risponde."},
    {"RESPONSABILITA'", " responsabilita"},
    {"responsabilità", " responsabilita"},
    {"responsabilita\xCC\x80", " responsabilita"}, /* NFD */
    {"è e né ne", " e_ e ne_ ne"},
    {"E' escluso", " e_ escluso"},
    {"e\xCC\x80 escluso", " e_ escluso"},
    {"dell'utente dell\xE2\x80\x99Utente", " dell' utente dell' utente"},
    {"l\xE2\x80\x99\xC2\xABUtente\xC2\xBB d' altro", " l' utente d' altro"},
    {"the users' data", " the users' data"},
    {"can't won\xE2\x80\x99t", " can' t won' t"},
    {"e/o pro-rata e-mail", " e o pro rata e mail"},
    {"\xC2\xABnoi\xC2\xBB (\xE2\x80\x9Cwe\xE2\x80\x9D)", " noi we)"},
    {"art.5 S.p.A. 1.000,50 c.c.", " art. 5 s.p.a. 1.000,50 c.c."},
    {"servizio.Il Cliente", " servizio. il cliente"},
    {"danni ; perdite:utili", " danni; perdite: utili"},
    {"50 \xE2\x82\xAC, $20", " 50 eur, usd 20"},
    {"\xEF\xAC\x81ne o\xEF\xAC\x80rire", " fine offrire"},
    {"respon\xC2\xADsabile", " responsabile"},
    {"\xE2\x80\xA2 danni", " danni"},
    {"*enfasi* _altra_", " enfasi altra"},
    {"Stra\xC3\x9F"
     "e \xD0\xB4\xD0\xB0",
     " strasse __"},
    {"no-break\xC2\xA0"
     "blank",
     " no break blank"},
    {"   ", ""},
    {"", ""},
};

static void
folds(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str text = str_of(cases[i].text);
        struct fold fold = fold_new(&arena, text.len);
        fold_str(&fold, text);
        assert_str(((struct str){fold.bytes, fold.length}), cases[i].words);
        for (uint32_t k = 0; k < fold.length; k++)
            assert_true(fold.offsets[k] < text.len);
    }
    arena_free(&arena);
}

static void
core_is_letters_only(void **state)
{
    (void)state;
    assert_str(fold_core(STR("dell'")), "dell");
    assert_str(fold_core(STR("s.p.a.")), "s.p.a");
    assert_str(fold_core(STR("e_,")), "e_");
    assert_str(fold_core(STR(";")), "");
}

/* Capacity is a promise: more text is dropped and said. */
static void
cuts_at_capacity(void **state)
{
    (void)state;
    char bytes[8];
    uint32_t offsets[8];
    struct fold fold = {.bytes = bytes, .offsets = offsets, .capacity = 8};
    fold_str(&fold, STR("abcdefghijkl"));
    assert_true(fold.cut);
    assert_int_equal(fold.length, 8);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds),
        cmocka_unit_test(core_is_letters_only),
        cmocka_unit_test(cuts_at_capacity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
