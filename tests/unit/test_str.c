/* base/str and base/hash. */

#include "unit.h"

#include <stdlib.h>

#include "base/hash.h"

static void
test_compare(void **state)
{
    (void)state;
    assert_true(str_compare(STR("a"), STR("b")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR(""), STR("a")) < 0);
    assert_int_equal(str_compare(STR("ab"), STR("ab")), 0);
    assert_true(str_compare(STR("\xC3\xA0"), STR("z")) > 0); /* bytes are unsigned */
    assert_true(str_compare((struct str){NULL, 0}, STR("")) == 0);
    assert_true(str_equal((struct str){NULL, 0}, STR("")));
    assert_false(str_equal(STR("a"), STR("b")));
    assert_true(str_starts(STR("Articolo"), STR("Art")));
    assert_true(str_starts(STR("x"), STR("")));
    assert_false(str_starts(STR("Ar"), STR("Art")));
    assert_true(str_ends(STR("testo.txt"), STR(".txt")));
    assert_false(str_ends(STR("txt"), STR(".txt")));
}

static void
test_find(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("abcabc"), STR("bc")), 1);
    assert_int_equal(str_find(STR("abc"), STR("c")), 2);
    assert_int_equal(str_find(STR("abc"), STR("d")), 3);
    assert_int_equal(str_find(STR("abc"), STR("abcd")), 3);
    assert_int_equal(str_find(STR("abc"), STR("")), 0);
    assert_int_equal(str_find(STR("a\0b"), STR("b")), 2);
}

static void
test_trim(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\r\n\fa b ")), "a b");
    assert_str(str_trim(STR("ab")), "ab");
    assert_str(str_trim(STR(" \n ")), "");
    assert_str(str_trim(STR("")), "");
}

static void
test_cut(void **state)
{
    static const struct {
        const char *text;
        char separator;
        const char *fields; /* each followed by | */
    } cases[] = {
        {"a, b ,c", ',', "a|b|c|"},
        {"a,,c", ',', "a||c|"},
        {"a,b,", ',', "a|b|"},
        {",a", ',', "|a|"},
        {"", ',', ""},
        {" uno  due\ttre\n", ' ', "uno|due|tre|"},
        {"   ", ' ', ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str rest = str_of(cases[i].text);
        struct str field;
        char got[64] = "";

        while (str_cut(&rest, cases[i].separator, &field)) {
            strncat(got, field.data, field.len);
            strcat(got, "|");
        }
        assert_string_equal(got, cases[i].fields);
    }
}

static void
test_glob(void **state)
{
    static const struct {
        const char *pattern;
        const char *text;
        bool match;
    } cases[] = {
        {"liability.*", "liability.cap", true},
        {"liability.*", "liability", false},
        {"*", "", true},
        {"", "", true},
        {"", "a", false},
        {"?", "a", true},
        {"?", "", false},
        {"a*b*c", "aXbXbYc", true},
        {"a*b*c", "aXbXbY", false},
        {"*.cap-*", "liability.cap-fees", true},
        {"**a**", "a", true},
        {"abc", "abcd", false},
        {"*c", "abcabc", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool match = str_glob(str_of(cases[i].pattern), str_of(cases[i].text));

        if (match != cases[i].match)
            fail_msg("%s on %s", cases[i].pattern, cases[i].text);
    }
}

/* A pattern that makes naive globbing exponential. */
static void
test_glob_bait(void **state)
{
    char text[4001];

    (void)state;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_false(str_glob(STR("*a*a*a*a*a*a*a*a*a*a*b"), str_of(text)));
}

static void
test_number(void **state)
{
    static const struct {
        const char *text;
        bool valid;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"007", true, 7},
        {"-12", true, -12},
        {"9223372036854775807", true, INT64_MAX},
        {"9223372036854775808", false, 0},
        {"-9223372036854775808", true, INT64_MIN},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"+1", false, 0},
        {"1 ", false, 0},
        {"1a", false, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = 0;

        if (str_number(str_of(cases[i].text), &value) != cases[i].valid || value != cases[i].value)
            fail_msg("\"%s\" gave %lld", cases[i].text, (long long)value);
    }
}

static void
test_distance(void **state)
{
    char far[200];

    (void)state;
    assert_int_equal(str_distance(STR("format"), STR("format")), 0);
    assert_int_equal(str_distance(STR("fromat"), STR("format")), 1); /* neighbours swapped */
    assert_int_equal(str_distance(STR("forma"), STR("format")), 1);
    assert_int_equal(str_distance(STR("formatt"), STR("format")), 1);
    assert_int_equal(str_distance(STR("formet"), STR("format")), 1);
    assert_int_equal(str_distance(STR(""), STR("abc")), 3);
    assert_int_equal(str_distance(STR("abc"), STR("")), 3);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting")), 3);
    memset(far, 'x', sizeof far);
    assert_int_equal(str_distance((struct str){far, sizeof far}, STR("")), 64);
}

static void
test_hash(void **state)
{
    (void)state;
    assert_true(hash_more(HASH_SEED, STR("")) == HASH_SEED);
    assert_true(hash_more(HASH_SEED, STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_more(HASH_SEED, STR("foobar")) == UINT64_C(0x85944171f73967e8));
    assert_true(hash_str(STR("ab")) ==
                hash_end(hash_more(hash_more(HASH_SEED, STR("a")), STR("b"))));
    assert_true(hash_str(STR("ab")) != hash_str(STR("ba")));
}

/* Lengths around the edges of a block, against the vectors of FIPS 180-4 and its examples. */
static void
test_sha256(void **state)
{
    static const struct {
        const char *text;
        size_t repeat;
        const char *hex;
    } cases[] = {
        {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
        {"a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
        {"a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = strlen(cases[i].text) * cases[i].repeat;
        char *data = malloc(len + 1);
        char hex[65];

        assert_non_null(data);
        for (size_t j = 0; j < len; j++)
            data[j] = cases[i].text[j % strlen(cases[i].text)];
        hash_sha256((struct str){data, len}, hex);
        free(data);
        assert_string_equal(hex, cases[i].hex);
    }
}

static void
dates(void **state)
{
    (void)state;
    static const char *const good[] = {"2005-10-23", "2024-02-29", "2000-02-29", "0001-01-01"};
    static const char *const bad[] = {"",           "2005-10-2",  "2005-10-231", "2005/10/23",
                                      "2023-02-29", "1900-02-29", "2024-00-01",  "2024-13-01",
                                      "2024-04-31", "2024-04-00", "0000-01-01",  "-005-10-23"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(str_is_date(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(str_is_date(str_of(bad[i])));
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),          cmocka_unit_test(test_compare),
        cmocka_unit_test(test_find),      cmocka_unit_test(test_trim),
        cmocka_unit_test(test_cut),       cmocka_unit_test(test_glob),
        cmocka_unit_test(test_glob_bait), cmocka_unit_test(test_number),
        cmocka_unit_test(test_distance),  cmocka_unit_test(test_hash),
        cmocka_unit_test(test_sha256),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
