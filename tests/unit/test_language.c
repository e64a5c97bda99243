#include "unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text_fixture.h"

/* language.xml files: ours are complete, bad ones are refused; the vote on a document's language.
 */

static void
test_our_languages(void **state)
{
    struct text_fixture *f = *state;
    assert_int_equal(f->languages.count, 2);
    assert_null(languages_find(&f->languages, STR("xx")));
    for (uint32_t i = 0; i < f->languages.count; i++) {
        const struct language *language = &f->languages.items[i];
        const struct word_list *lists[] = {
            &language->stopwords,     &language->rivals,        &language->abbreviations,
            &language->article_words, &language->part_words,    &language->letter_words,
            &language->open_words,    &language->conjunctions,  &language->range_words,
            &language->finite_verbs,  &language->numerals,      &language->negation,
            &language->prepositions,  &language->genitives,     &language->conditions,
            &language->first_plural,  &language->legal_forms,   &language->determiners,
            &language->ordinary,      &language->people,        &language->joiners,
            &language->definitions,   &language->defining,      &language->quotations,
            &language->approvals,     &language->business_only, &language->consumer_only,
            &language->elsewhere,     &language->contents,      &language->forbidden,
            &language->hedges,        &language->units_days,    &language->currencies,
        };
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
            assert_true(lists[k]->count > 0);
            for (uint32_t w = 1; w < lists[k]->count; w++) /* sorted, each once */
                assert_true(str_compare(lists[k]->words[w - 1], lists[k]->words[w]) < 0);
        }
        assert_int_equal(language->months.count, 12);
        assert_true(language->noun_count > 20);
        assert_true(language->weak_noun_count > 5);
        assert_true(language->dictionary.len > 0 && language->letter_label.len > 0);
    }
}

static void
test_folded_words(void **state)
{
    struct text_fixture *f = *state;
    const struct language *italian = languages_find(&f->languages, STR("it"));
    assert_non_null(italian);
    assert_str(italian->name, "italiano");
    assert_str(italian->dictionary, "it_IT");
    assert_string_equal(italian->dir, "rules/it");
    assert_true(word_list_has(&italian->stopwords, STR("e_"))); /* è */
    assert_true(word_list_has(&italian->negation, STR("ne_"))); /* né */
    assert_true(word_list_has(&italian->legal_forms, STR("s.p.a")));
    assert_true(word_list_has(&italian->joiners, STR("in tal caso")));
    assert_true(word_list_has(&italian->definitions, STR("d ora in poi"))); /* d'ora */
    assert_true(word_list_has(&italian->first_plural, STR("*iamo")));
    assert_false(word_list_has(&italian->stopwords, STR("gestore")));
    assert_int_equal(word_list_find(&italian->stopwords, STR("zzz")), -1);

    int64_t thirty = word_list_find(&italian->numerals, STR("trenta"));
    assert_true(thirty >= 0);
    assert_int_equal(italian->numeral_values[thirty], 30);
    int64_t months = word_list_find(&italian->units_days, STR("mesi"));
    assert_true(months >= 0);
    assert_int_equal(italian->duration_days[months], 30);
    assert_str(italian->months.words[0], "gennaio");
    assert_str(italian->months.words[11], "dicembre");
    /* Longest nouns first. */
    uint32_t words = UINT32_MAX;
    for (uint32_t i = 0; i < italian->noun_count; i++) {
        uint32_t count = 1;
        for (size_t k = 0; k < italian->nouns[i].folded.len; k++)
            count += italian->nouns[i].folded.data[k] == ' ';
        assert_true(count <= words);
        words = count;
    }
}

static void
test_vote(void **state)
{
    static const struct {
        const char *text;
        const char *language; /* NULL = none */
    } rows[] = {
        {"Le presenti condizioni disciplinano il rapporto tra il Gestore e l'Utente. Il Gestore "
         "non è responsabile dei danni che l'Utente subisce per l'uso del servizio.",
         "it"},
        {"LE PRESENTI CONDIZIONI DISCIPLINANO IL RAPPORTO TRA IL GESTORE E L'UTENTE. IL GESTORE "
         "NON E' RESPONSABILE DEI DANNI CHE L'UTENTE SUBISCE PER L'USO DEL SERVIZIO.",
         "it"},
        {"These terms govern the use of our service. We are not liable for any damage that you "
         "may suffer while you use it, and you agree to pay the fees every month.",
         "en"},
        {"Diese Bedingungen regeln die Nutzung unseres Dienstes. Wir haften nicht für Schäden, "
         "die Ihnen durch die Nutzung entstehen, es sei denn, wir handeln mit Vorsatz.",
         NULL},
        {"Niniejszy regulamin określa zasady korzystania z naszej usługi. Nie ponosimy "
         "odpowiedzialności za szkody, które mogą powstać w wyniku korzystania z niej.",
         NULL},
        {"Las presentes condiciones regulan la relación entre el proveedor y el usuario. El "
         "proveedor no es responsable de los daños que sufra el usuario por el uso del servicio.",
         NULL},
        {"Les présentes conditions régissent la relation entre le fournisseur et l'utilisateur. "
         "Le fournisseur n'est pas responsable des dommages que vous pouvez subir.",
         NULL},
        {"As presentes condições regulam a relação entre o fornecedor e o utilizador. O fornecedor "
         "não é responsável pelos danos que o utilizador possa sofrer com o uso do serviço.",
         NULL},
        {"Deze voorwaarden regelen het gebruik van onze dienst. Wij zijn niet aansprakelijk voor "
         "schade die u lijdt, en u gaat ermee akkoord om elke maand te betalen.",
         NULL},
        {"Il Gestore non è responsabile dei danni.", NULL}, /* too short to tell */
        {"alfa beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
         "sigma tau upsilon phi chi psi omega uno due",
         NULL},
        {"12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 99", NULL},
    };
    struct text_fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct document *document = text_document(f, str_of(rows[i].text));
        const struct language *found = language_vote(&f->languages, document);
        if ((found == NULL) != (rows[i].language == NULL))
            print_error("%s\n", rows[i].text);
        if (!rows[i].language)
            assert_null(found);
        else
            assert_str(found->id, rows[i].language);
    }
}

/* --- files -------------------------------------------------------------------------------- */

#define HEAD "<language id=\"xx\" name=\"X\" dictionary=\"x\">"
#define GOOD "<stopwords>a b</stopwords><letter-label>(%s)</letter-label>"

static bool
load_text(struct arena *arena, const char *text, struct diagnostics *diagnostics)
{
    char dir[] = "/tmp/cavillo-test-XXXXXX";
    assert_non_null(mkdtemp(dir));
    struct str folder = arena_format(arena, "%s/xx", dir);
    struct str path = arena_format(arena, "%s/xx/language.xml", dir);
    assert_int_equal(mkdir(folder.data, 0700), 0);
    FILE *file = fopen(path.data, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    struct languages languages;
    struct error error;
    bool good = languages_load(arena, dir, &languages, diagnostics, &error);
    assert_int_equal(languages.count, good);
    unlink(path.data);
    rmdir(folder.data);
    rmdir(dir);
    return good;
}

static void
test_bad_files(void **state)
{
    static const struct {
        const char *text;
        bool good;
        uint32_t line; /* of the first mistake */
    } rows[] = {
        {HEAD GOOD "</language>", true, 0},
        {HEAD "\n" GOOD "\n<stopword>a</stopword></language>", false, 3}, /* unknown */
        {HEAD GOOD "\n\n<negation>non piu' mai</negation></language>", true, 0},
        {HEAD GOOD "\n<negation>e-mail</negation></language>", false, 2}, /* two words */
        {HEAD GOOD "\n<joiners>in tal caso, , .</joiners></language>", false, 2},
        {HEAD GOOD "\n<months>a b c</months></language>", false, 2},
        {HEAD GOOD "\n<numerals><n is=\"x\">uno</n></numerals></language>", false, 2},
        {HEAD GOOD "\n<numerals><n is=\"1\">uno</n>\n<n is=\"2\">uno</n></numerals></language>",
         false, 2},
        {HEAD GOOD "\n<party role=\"customer\">cliente</party></language>", false, 2},
        {HEAD GOOD "\n<party role=\"user\">a b c d e f g h i</party></language>", false, 2},
        {HEAD "<stopwords>a</stopwords>\n<letter-label>lett.</letter-label></language>", false, 2},
        {HEAD "<stopwords>a</stopwords>\n<letter-label>%s %n</letter-label></language>", false, 2},
        {HEAD "<stopwords>a</stopwords></language>", false, 1}, /* no letter-label */
        {"<language id=\"it\" name=\"X\" dictionary=\"x\">" GOOD "</language>", false, 1},
        {"<languages>" GOOD "</languages>", false, 1},
        {HEAD GOOD, false, 1}, /* not well-formed */
        {"<!DOCTYPE x [<!ENTITY e \"a\">]>" HEAD GOOD "</language>", false, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {NULL};
        struct diagnostics diagnostics = {.arena = &arena};
        bool good = load_text(&arena, rows[i].text, &diagnostics);
        if (good != rows[i].good)
            print_error("%s\n", rows[i].text);
        assert_int_equal(good, rows[i].good);
        assert_int_equal(diagnostics.errors > 0, !rows[i].good);
        if (!good && diagnostics.list.items[0].line != rows[i].line)
            print_error("%s\n", rows[i].text);
        if (!good)
            assert_int_equal(diagnostics.list.items[0].line, rows[i].line);
        arena_free(&arena);
    }
}

static void
test_missing_folder(void **state)
{
    struct text_fixture *f = *state;
    struct languages languages;
    struct error error;
    assert_false(languages_load(&f->arena, "/nonexistent", &languages, &f->diagnostics, &error));
    assert_true(strstr(error.text, "/nonexistent") != NULL);
    assert_false(languages_load(&f->arena, "tests/unit", &languages, &f->diagnostics, &error));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_our_languages),  cmocka_unit_test(test_folded_words),
        cmocka_unit_test(test_vote),           cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_missing_folder),
    };
    return cmocka_run_group_tests(tests, text_set_up, text_tear_down);
}
