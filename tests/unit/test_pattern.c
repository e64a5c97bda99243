#include "unit.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "text/fold.h"
#include "text/pattern.h"

/* The pattern language: what it accepts, what it refuses, and that its keys lose nothing. */

struct fixture {
    struct arena arena;
    struct lexicon *lexicon;
    struct pattern_sets *sets;
    struct diagnostics diagnostics;
    char dir[32];
};

/* A lexicon without any dictionary: its forms are written here. */
static int
set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct error error;
    strcpy(f->dir, "/tmp/cavillo-test-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    char path[64];
    snprintf(path, sizeof path, "%s/forms", f->dir);
    FILE *forms = fopen(path, "w");
    assert_non_null(forms);
    fputs(LEXICON_FORMS_HEAD "danno\tdanni danno\nescludere\tesclude escluso escludere\n", forms);
    fclose(forms);
    f->lexicon = lexicon_open(&f->arena, path, f->dir, STR("none"), &error);
    assert_non_null(f->lexicon);
    f->sets = pattern_sets_new(&f->arena, f->lexicon);
    f->diagnostics.arena = &f->arena;
    *state = f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    char path[64];
    snprintf(path, sizeof path, "%s/forms", f->dir);
    unlink(path);
    rmdir(f->dir);
    lexicon_close(f->lexicon);
    arena_free(&f->arena);
    free(f);
    return 0;
}

/* A view without a document: the folded words with their class codes. */
static struct str
view_of(struct fixture *f, const char *text)
{
    struct str s = str_of(text);
    struct fold fold = fold_new(&f->arena, s.len);
    fold_str(&fold, s);
    char *bytes = arena_new(&f->arena, char, fold.length * 40 + 1);
    size_t length = 0;
    struct str rest = {fold.bytes, fold.length}, word;
    while (str_cut(&rest, ' ', &word)) {
        signature id = lexicon_signature(f->lexicon, fold_core(word));
        bytes[length++] = ' ';
        if (id != SIGNATURE_NONE) {
            bytes[length++] = (char)(0x80 + id / 128);
            bytes[length++] = (char)(0x80 + id % 128);
        }
        memcpy(bytes + length, word.data, word.len);
        length += word.len;
    }
    return (struct str){bytes, length};
}

static bool
matches(struct str regex, struct str view)
{
    int number;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex.data, regex.len, PCRE2_DOLLAR_ENDONLY,
                                     &number, &offset, NULL);
    assert_non_null(code);
    pcre2_match_data *data = pcre2_match_data_create(8, NULL);
    int got = pcre2_match(code, (PCRE2_SPTR)view.data, view.len, 0, 0, data, NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return got > 0;
}

static struct pattern *
parse(struct fixture *f, const char *source)
{
    return pattern_parse(f->sets, str_of(source), STR("rules.xml"), 7, &f->diagnostics);
}

static const struct {
    const char *pattern;
    const char *text;
    bool match;
} match_cases[] = {
    {"danno", "il danno, grave", true},
    {"danno", "il danni", false},
    {"danno", "dannoso", false},
    {"DANNO è", "danno è", true},
    {"danno è", "danno e", false},
    {"dann*", "i danni.", true},
    {"dann[oi] grav[ei]", "danni gravi", true},
    {"dann[oi] grav[ei]", "danna gravi", false},
    {"{danno}", "ogni DANNI;", true},
    {"{escludere} {danno}", "si esclude danno", true},
    {"{escludere} {danno}", "si esclude ogni danno", false},
    {"{escludere} {..1} {danno}", "si esclude ogni danno", true},
    {"{escludere} {..2} {danno}", "si esclude danno", true},
    {"{escludere} {..2} {danno}", "si esclude: ogni danno", false},
    {"{escludere} {..2} {danno}", "si esclude ogni; danno", false},
    {"{escludere} {..2} {danno}", "si esclude, ogni danno", true},
    {"{escludere} {..3!@no} {danno}", "esclude non danno", false},
    {"{escludere} {..3!@no} {danno}", "esclude un danno", true},
    {"(uno | due tre) quattro", "due tre quattro", true},
    {"(uno | due tre) quattro", "due quattro", false},
    {"uno due? tre", "uno tre", true},
    {"uno (due tre)? quattro", "uno due tre quattro", true},
    {"^ uno", "uno due", true},
    {"^ uno", "zero uno", false},
    {"uno $", "zero uno.", true},
    {"uno $", "uno due", false},
    {"dell'utente", "dell\xE2\x80\x99Utente", true},
    {"pro-rata", "pro rata", true},
    {"{@perdite}", "lucro cessante", true},
    {"{@perdite}", "un danno", true},
    {"{@perdite}", "lucro", false},
    {"{@tutto} subito", "lucro cessante subito", true},
};

static void
patterns_match(void **state)
{
    struct fixture *f = *state;
    pattern_sets_add(f->sets, STR("no"), STR("non, né, mai"), STR("sets.xml"), 1);
    pattern_sets_add(f->sets, STR("perdite"), STR("{danno}, lucro cessante\nperdit*"),
                     STR("sets.xml"), 2);
    pattern_sets_add(f->sets, STR("tutto"), STR("{@perdite}, ogni cosa"), STR("sets.xml"), 3);
    pattern_sets_check(f->sets, &f->diagnostics);
    for (size_t i = 0; i < sizeof match_cases / sizeof match_cases[0]; i++) {
        struct pattern *pattern = parse(f, match_cases[i].pattern);
        assert_non_null(pattern);
        assert_true(lexicon_seal(f->lexicon));
        struct str regex = pattern_regex(&f->arena, pattern, f->lexicon);
        if (matches(regex, view_of(f, match_cases[i].text)) != match_cases[i].match) {
            print_error("%s on \"%s\"\n", match_cases[i].pattern, match_cases[i].text);
            fail();
        }
    }
    assert_int_equal(f->diagnostics.errors, 0);
}

/* Every refused construct says what and how to mend it. */
static const struct {
    const char *pattern;
    const char *hint;
} bad_cases[] = {
    {"danno.*", "{..3}"},
    {"(uno", "( without )"},
    {"uno)", ") without ("},
    {"{3} uno", "{..3}"},
    {"uno {..13} due", "{..1} to {..12}"},
    {"{@niente}", "no set"},
    {"{sconosciutissimo}", "sconosciutissimo"},
    {"uno?", "without any"},
    {"{..3} uno", "gap"},
    {"uno {..3}", "gap"},
    {"uno \\w", "no meaning"},
    {"[abc", "[ without ]"},
    {"", "empty"},
    {"(uno | )", "empty"},
    {"{danno", "{ without }"},
    {"{money:N} uno", "small letters"},
    {"uno+", "repetition"},
    {"uno {..3!uno} due", "after !"},
    {"caff[éè]", "small letters"},
};

static void
patterns_refused(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof bad_cases / sizeof bad_cases[0]; i++) {
        uint32_t before = f->diagnostics.list.count;
        struct pattern *pattern = parse(f, bad_cases[i].pattern);
        bool hinted = f->diagnostics.list.count == before + 1 &&
                      str_find(f->diagnostics.list.items[before].text, str_of(bad_cases[i].hint)) <
                          f->diagnostics.list.items[before].text.len;
        if (pattern || !hinted) {
            print_error("\"%s\" not refused with \"%s\"\n", bad_cases[i].pattern,
                        bad_cases[i].hint);
            fail();
        }
        assert_int_equal(f->diagnostics.list.items[before].line, 7);
    }
}

static void
set_circle(void **state)
{
    struct fixture *f = *state;
    pattern_sets_add(f->sets, STR("a"), STR("{@b} uno"), STR("sets.xml"), 4);
    pattern_sets_add(f->sets, STR("b"), STR("{@a} due"), STR("sets.xml"), 5);
    pattern_sets_check(f->sets, &f->diagnostics);
    assert_true(f->diagnostics.errors > 0);
    assert_false(pattern_sets_add(f->sets, STR("a"), STR("x"), STR("sets.xml"), 6));
}

/* Does a view hold a word of the class, or the code of a span? */
static bool
class_met(struct fixture *f, class_id class, struct str view)
{
    uint32_t count;
    const signature *ids = lexicon_signatures(f->lexicon, class, &count);
    signature span = class;
    if (class < SPAN_CLASSES)
        ids = &span, count = 1;
    for (uint32_t i = 0; i < count; i++) {
        char code[2] = {(char)(0x80 + ids[i] / 128), (char)(0x80 + ids[i] % 128)};
        if (str_find(view, (struct str){code, 2}) < view.len)
            return true;
    }
    return false;
}

static bool
key_met(struct fixture *f, struct pattern_key key, struct str view)
{
    return key.text.len > 0 ? str_find(view, key.text) < view.len : class_met(f, key.class, view);
}

/* 200 walks of each tree match and carry the keys: the filter never loses a match. */
static void
keys_are_necessary(void **state)
{
    struct fixture *f = *state;
    static const char *const sources[] = {
        "{escludere} {..4} (danno | {danno} grav[ei] | responsabil*) oggi?",
        "({danno} | lucro cessante) {..2} (uno due)? (perdite | utili)",
        "{provider} {..3} {potente}? {duration:notice} prima",
        "a b c",
    };
    pattern_sets_add(f->sets, STR("x"), STR("uno"), STR("sets.xml"), 1);
    uint64_t random = 42;
    for (size_t s = 0; s < sizeof sources / sizeof sources[0]; s++) {
        struct pattern *pattern = parse(f, sources[s]);
        if (s == 2) { /* "potente" is in no dictionary here */
            assert_null(pattern);
            continue;
        }
        assert_non_null(pattern);
        assert_true(lexicon_seal(f->lexicon));
        struct str regex = pattern_regex(&f->arena, pattern, f->lexicon);
        struct pattern_keys keys = pattern_keys(&f->arena, pattern);
        for (int n = 0; n < 200; n++) {
            struct str view = pattern_sample(&f->arena, pattern, f->lexicon, &random);
            assert_true(matches(regex, view));
            for (uint32_t g = 0; g < keys.count; g++) {
                bool any = false;
                for (uint32_t k = 0; k < keys.groups[g].count; k++)
                    any = any || key_met(f, keys.groups[g].keys[k], view);
                assert_true(any);
            }
        }
        assert_int_equal(keys.count > 0, s != 3);
    }
}

static void
values_are_named(void **state)
{
    struct fixture *f = *state;
    struct pattern *pattern = parse(f, "({duration:notice} prima | dopo {money:cap}) {date:from}");
    struct str names[4];
    assert_non_null(pattern);
    assert_int_equal(pattern_values(pattern, names, 4), 3);
    assert_str(names[0], "notice");
    assert_str(names[1], "cap");
    assert_str(names[2], "from");
}

/* Thousands of kinds of words, and the codes of spans behind theirs. */
static void
many_kinds(void **state)
{
    struct fixture *f = *state;
    enum { WORDS = 6000 };
    char name[16], source[64];
    for (int i = 0; i < WORDS; i++) {
        snprintf(name, sizeof name, "w%d", i);
        pattern_sets_add(f->sets, arena_str(&f->arena, str_of(name)),
                         arena_str(&f->arena, str_of(name)), STR("sets.xml"), 1);
    }
    pattern_sets_check(f->sets, &f->diagnostics);
    assert_true(lexicon_seal(f->lexicon));
    for (int i = 0; i < WORDS; i += 59) {
        snprintf(source, sizeof source, "{@w%d} {..1} w0", i);
        struct str regex = pattern_regex(&f->arena, parse(f, source), f->lexicon);
        snprintf(source, sizeof source, "w%d ja w0", i);
        assert_true(matches(regex, view_of(f, source)));
        snprintf(source, sizeof source, "w%d ja w0", i + 1);
        assert_false(matches(regex, view_of(f, source)));
    }
    struct str provider = pattern_regex(&f->arena, parse(f, "{provider}"), f->lexicon);
    struct str user = pattern_regex(&f->arena, parse(f, "{user}"), f->lexicon);
    for (unsigned id = SPAN_CLASSES; id < WORDS; id++) {
        char view[] = {' ',        (char)(0x80 + id / 128),      (char)(0x80 + id % 128),
                       (char)0x80, (char)(0x80 + 2 * SPAN_USER), 'w'};
        assert_true(matches(user, (struct str){view, sizeof view}));
        assert_false(matches(provider, (struct str){view, sizeof view}));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(patterns_match, set_up, tear_down),
        cmocka_unit_test_setup_teardown(patterns_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_circle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_are_necessary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_kinds, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
