/* Reports as files: JSON, SARIF, HTML. */

#include "report/report.h"

#include <json-c/json.h>

#include "base/hash.h"
#include "report_fixture.h"

static struct json_object *
parse(struct str text)
{
    struct json_tokener *tokener = json_tokener_new();

    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    struct json_object *value = json_tokener_parse_ex(tokener, text.data, (int)text.len);
    if (!value)
        print_error("%s\n%.*s\n", json_tokener_error_desc(json_tokener_get_error(tokener)),
                    STR_ARG(text));
    json_tokener_free(tokener);
    assert_non_null(value);
    return value;
}

/* "runs.0.results.1.level": a value as text. */
static const char *
at(struct json_object *value, const char *path)
{
    struct str rest = str_of(path);
    struct str key;

    while (str_cut(&rest, '.', &key)) {
        char name[64];
        int64_t index;
        snprintf(name, sizeof name, "%.*s", STR_ARG(key));
        if (str_number(key, &index))
            value = json_object_array_get_idx(value, (size_t)index);
        else
            value = json_object_object_get(value, name);
        if (!value) {
            print_error("no %s in %s\n", name, path);
            fail();
        }
    }
    return json_object_is_type(value, json_type_array) ? "list" : json_object_get_string(value);
}

static size_t
length(struct json_object *value, const char *first, const char *second)
{
    value = json_object_object_get(value, first);
    if (second)
        value = json_object_object_get(json_object_array_get_idx(value, 0), second);
    return json_object_array_length(value);
}

static void
test_json(void **state)
{
    static const char *const cases[][2] = {
        {"schema", "cavillo/1"},
        {"facts.party", "consumer"},
        {"facts.sector", "digital"},
        {"notice.en", "Automatic pointer, not legal advice."},
        {"grades.0.word.it", "possibile nullità"},
        {"families.0.title.en", "Outage without refund"},
        {"documents.0.name", "terms dir/contratto è.txt"},
        {"documents.0.counts.grey", "2"},
        {"documents.0.pages", "2"},
        {"documents.0.scope.not_covered.0", "liability.silent"},
        {"documents.0.findings.1.rule", "liability.outage"},
        {"documents.0.findings.1.fingerprint", "00000000000000ab"},
        {"documents.0.findings.1.candidate", "true"},
        {"documents.0.findings.1.approval", "not-listed"},
        {"documents.0.findings.1.clause.article", "6.1"},
        {"documents.0.findings.1.places.0.lines.1", "112"},
        {"documents.0.findings.1.places.0.quote",
         "senza che l’Utente possa pretendere rimborsi, indennizzi o risarcimenti"},
        {"documents.0.findings.1.places.0.mitigators.missing.0.scope", "document"},
        {"documents.0.findings.1.places.0.evidence.0.name", "power"},
        {"documents.0.findings.1.places.0.related.quote", "avvisa l’Utente"},
        {"documents.0.findings.1.norms.0.conditional", "true"},
        {"documents.0.findings.3.places.1.quote",
         "danni indiretti, \"perdite\" & <script>alert(1)</script> lucro cessante"},
        {"documents.0.findings.3.places.0.others.0", "liability.check"},
        {"documents.1.error", "gone"},
        {"ok", "false"},
    };
    struct fixture f;
    (void)state;

    build(&f);
    struct str text = render(&f, "json", 1, "gone", false);
    struct json_object *value = parse(text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(at(value, cases[i][0]), cases[i][1]);
    /* A slash is a slash. */
    assert_false(contains(text, "\\/"));
    json_object_put(value);
    arena_free(&f.arena);
}

static void
test_sarif(void **state)
{
    static const char *const cases[][2] = {
        {"version", "2.1.0"},
        {"runs.0.columnKind", "unicodeCodePoints"},
        {"runs.0.tool.driver.rules.0.id", "liability.outage"},
        {"runs.0.tool.driver.rules.0.defaultConfiguration.level", "error"},
        {"runs.0.tool.driver.rules.3.defaultConfiguration.level", "note"},
        {"runs.0.tool.driver.rules.0.shortDescription.text", "Sospensione senza rimborso"},
        {"runs.0.tool.driver.rules.4.id", "liability.silent"},
        {"runs.0.results.1.ruleId", "liability.outage"},
        {"runs.0.results.1.ruleIndex", "0"},
        {"runs.0.results.1.level", "error"},
        {"runs.0.results.2.level", "note"},
        {"runs.0.results.1.partialFingerprints.cavilloClause/v1", "00000000000000ab"},
        {"runs.0.results.1.locations.0.physicalLocation.artifactLocation.uri",
         "terms%20dir/contratto%20%C3%A8.txt"},
        {"runs.0.results.1.locations.0.physicalLocation.region.startLine", "4"},
        {"runs.0.results.1.locations.0.physicalLocation.region.startColumn", "112"},
        {"runs.0.results.1.locations.0.physicalLocation.region.endLine", "4"},
        {"runs.0.results.1.locations.0.physicalLocation.region.endColumn", "183"},
        {"runs.0.results.1.locations.0.physicalLocation.region.snippet.text",
         "senza che l’Utente possa pretendere rimborsi, indennizzi o risarcimenti"},
        {"runs.0.results.1.locations.0.physicalLocation.contextRegion.startColumn", "1"},
        {"runs.0.results.1.relatedLocations.0.physicalLocation.region.snippet.text",
         "avvisa l’Utente"},
        {"runs.0.results.1.relatedLocations.1.message.text", "indizio: power"},
        {"runs.0.results.1.properties.article", "6.1"},
        {"runs.0.results.3.locations.1.physicalLocation.region.startLine", "6"},
        {"runs.0.invocations.0.executionSuccessful", "false"},
        {"runs.0.invocations.0.toolExecutionNotifications.0.message.text", "gone"},
        {"runs.0.automationDetails.id", "cavillo/"},
    };
    struct fixture f;
    (void)state;

    build(&f);
    struct str text = render(&f, "sarif", 1, "gone", false);
    struct json_object *value = parse(text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(at(value, cases[i][0]), cases[i][1]);
    assert_int_equal(length(value, "runs", "results"), 4);
    assert_int_equal(length(value, "runs", "artifacts"), 1);
    assert_true(contains(text, f.document.sha256));
    assert_false(contains(text, "\"kind\":\"fail\""));
    /* The rules stand before the first result. */
    assert_true(str_find(text, STR("\"rules\":")) < str_find(text, STR("\"results\":")));
    json_object_put(value);
    arena_free(&f.arena);
}

static void
test_sarif_empty(void **state)
{
    struct fixture f;
    (void)state;

    build(&f);
    f.verdict.findings.count = 0;
    for (uint32_t documents = 0; documents < 3; documents++) {
        struct json_object *value = parse(render(&f, "sarif", documents, NULL, true));
        assert_int_equal(length(value, "runs", "results"), 0);
        assert_int_equal(length(value, "runs", "artifacts"), documents);
        assert_string_equal(at(value, "runs.0.invocations.0.executionSuccessful"), "true");
        json_object_put(value);
    }
    arena_free(&f.arena);
}

static void
test_html(void **state)
{
    struct fixture f;
    (void)state;

    build(&f);
    struct str text = render(&f, "html", 1, NULL, true);
    ASSERT_CONTAINS(
        text, "<html lang=\"it\">", "default-src 'none'; style-src 'sha256-",
        "<title>Clausole da verificare: terms dir/contratto è.txt</title>",
        "<h1>Clausole da verificare</h1>", "CONDIZIONI &lt;GENERALI&gt; &amp; PARTICOLARI",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "id=\"f-00000000000000ab\"", "id=\"art-6.1\"",
        "id=\"p2\"", "<h4>Responsabilità</h4>", "Questo file contiene tutto il contratto.",
        "potrebbe rientrare tra le clausole che la legge dichiara nulle.",
        "Segnalazione automatica, non parere legale.", "Prodotto da cavillo 0.1.0", "Senza parole",
        "<span class=\"ask\">");
    assert_false(contains(text, "<script"));
    assert_false(contains(text, "http:"));
    assert_false(contains(text, "https:"));
    assert_false(contains(text, "style=\""));
    assert_false(contains(text, "\033"));
    /* Every link leads somewhere. */
    for (struct str rest = text; contains(rest, "href=\"#");) {
        rest = str_slice(rest, str_find(rest, STR("href=\"#")) + 7, rest.len);
        struct str id = str_slice(rest, 0, str_find(rest, STR("\"")));
        struct str wanted = arena_format(&f.arena, " id=\"%.*s\"", STR_ARG(id));
        if (occurrences(text, wanted.data) != 1)
            print_error("#%.*s\n", STR_ARG(id));
        assert_int_equal(occurrences(text, wanted.data), 1);
    }
    arena_free(&f.arena);
}

static void
test_html_marks(void **state)
{
    struct fixture f;
    (void)state;

    build(&f);
    struct str text = render(&f, "html", 1, NULL, true);
    /* Crossing marks are cut where one begins or ends; "senza che" belongs to both. */
    ASSERT_CONTAINS(text,
                    "Il Gestore <mark class=\"grey\" id=\"m1\">può in ogni momento modificare, "
                    "sospendere o interrompere, anche in via definitiva, la casella, </mark>"
                    "<mark class=\"grey\"><mark class=\"black\" id=\"m2\">senza che</mark></mark>"
                    "<a class=\"ref grey\"",
                    "<mark class=\"black\"> l’Utente possa pretendere rimborsi, indennizzi o "
                    "risarcimenti</mark><a class=\"ref black\"",
                    "<mark class=\"grey\" id=\"m4\">danni indiretti",
                    "<mark class=\"grey\" id=\"m4-1\">perdita di dati");
    assert_int_equal(occurrences(text, "<mark"), occurrences(text, "</mark>"));
    arena_free(&f.arena);
}

static void
test_html_documents(void **state)
{
    struct fixture f;
    (void)state;

    build(&f);
    struct str text = render(&f, "html", 2, "no <such> file", false);
    ASSERT_CONTAINS(text, "<table class=\"documents\">", "id=\"d2\"", "id=\"d2-m1\"",
                    "id=\"d2-f-00000000000000ab\"", "b.txt: non letto. no &lt;such&gt; file");
    assert_int_equal(occurrences(text, "<h1>"), 1);
    assert_int_equal(occurrences(text, " id=\"m1\""), 1);
    arena_free(&f.arena);
}

/* The content policy names the style that is there. */
static void
test_html_style(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct fixture f;
    char hex[65];
    char want[65];
    (void)state;

    build(&f);
    struct str text = render(&f, "html", 1, NULL, true);
    size_t from = str_find(text, STR("<style>")) + 7;
    size_t to = str_find(text, STR("</style>"));
    size_t hash = str_find(text, STR("'sha256-")) + 8;
    hash_sha256(str_slice(text, from, to), hex);
    /* 43 digits of six bits hold 64 of four. */
    for (size_t i = 0, bits = 0, value = 0, nibble = 0; i < 43; i++) {
        const char *digit = strchr(digits, text.data[hash + i]);
        assert_non_null(digit);
        value = value << 6 | (size_t)(digit - digits);
        for (bits += 6; bits >= 4 && nibble < 64; bits -= 4)
            want[nibble++] = "0123456789abcdef"[value >> (bits - 4) & 15];
    }
    want[64] = '\0';
    assert_string_equal(hex, want);
    assert_memory_equal(text.data + hash + 43, "='", 2);
    arena_free(&f.arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json),        cmocka_unit_test(test_sarif),
        cmocka_unit_test(test_sarif_empty), cmocka_unit_test(test_html),
        cmocka_unit_test(test_html_marks),  cmocka_unit_test(test_html_documents),
        cmocka_unit_test(test_html_style),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
