/* base/utf8. */

#include "unit.h"

#include "base/utf8.h"

static void
test_next(void **state)
{
    static const struct {
        const char *bytes;
        uint32_t code_point;
        size_t moved;
    } cases[] = {
        {"a", 'a', 1},
        {"\x7F", 0x7F, 1},
        {"\xC2\x80", 0x80, 2},
        {"\xC3\xA8", 0xE8, 2},
        {"\xE2\x82\xAC", 0x20AC, 3},
        {"\xEF\xBF\xBF", 0xFFFF, 3},
        {"\xF0\x9F\x98\x80", 0x1F600, 4},
        {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
        {"\x80", UTF8_BAD, 1},
        {"\xC3", UTF8_BAD, 1},     /* cut off */
        {"\xC3(", UTF8_BAD, 1},    /* not a continuation */
        {"\xC0\x80", UTF8_BAD, 1}, /* overlong */
        {"\xC1\xBF", UTF8_BAD, 1},
        {"\xE0\x80\x80", UTF8_BAD, 1},
        {"\xE0\x9F\xBF", UTF8_BAD, 1},
        {"\xED\xA0\x80", UTF8_BAD, 1}, /* surrogate */
        {"\xE2\x82", UTF8_BAD, 1},
        {"\xE2\x82(", UTF8_BAD, 1},
        {"\xF0\x8F\xBF\xBF", UTF8_BAD, 1},
        {"\xF4\x90\x80\x80", UTF8_BAD, 1}, /* past the end */
        {"\xF5\x80\x80\x80", UTF8_BAD, 1},
        {"\xF0\x9F\x98", UTF8_BAD, 1},
        {"\xFF", UTF8_BAD, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = 0;

        assert_int_equal(utf8_next(str_of(cases[i].bytes), &at), cases[i].code_point);
        assert_int_equal(at, cases[i].moved);
    }
}

static void
test_round_trip(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        size_t len;
        size_t at = 0;

        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        len = utf8_put(c, bytes);
        if (utf8_next((struct str){bytes, len}, &at) != c || at != len)
            fail_msg("U+%04X", (unsigned)c);
    }
}

static void
test_base(void **state)
{
    static const struct {
        uint32_t code_point;
        const char *base;
        bool accent;
    } cases[] = {
        {'a', "a", false},      {'Z', "z", false},      {'7', "7", false},
        {'.', ".", false},      {')', ")", false},      {'?', "?", false},
        {'~', "~", false},      {'\\', "\\", false},    {'\n', " ", false},
        {'"', "", false},       {'(', "", false},       {'*', "", false},
        {'`', "'", false},      {'$', "usd", false},    {0x00A0, " ", false}, /* no-break space */
        {0x00A3, "gbp", false}, {0x00AA, "a", false}, /* ordinal indicators */
        {0x00AB, "", false},                          /* guillemets */
        {0x00AD, "", false},                          /* soft hyphen */
        {0x00B4, "'", false},   {0x00BA, "o", false},   {0x00BD, "1/2", false},
        {0x00C0, "a", true},    {0x00C8, "e", true},    {0x00E8, "e", true},
        {0x00E9, "e", true},    {0x00F9, "u", true},    {0x00E7, "c", true},
        {0x00E6, "ae", false},  {0x00DF, "ss", false},  {0x00D7, "", false},
        {0x00FF, "y", true},    {0x0107, "c", true},    {0x0141, "l", true},
        {0x0153, "oe", false},  {0x0159, "r", true},    {0x017E, "z", true},
        {0x01CE, "a", true}, /* outside the tables */
        {0x1EA1, "a", true},    {0x1E9E, "ss", false},  {0x02BC, "'", false},
        {0x0300, "", true},                           /* combining grave */
        {0x03A9, "_", false},                         /* Greek */
        {0x0439, "_", false},                         /* Cyrillic, decomposes */
        {0x4E2D, "_", false},   {0x0661, "_", false}, /* Arabic digit */
        {0x2009, " ", false},   {0x200B, "", false},    {0x2010, "-", false},
        {0x2011, "-", false},   {0x2013, "-", false},   {0x2014, "-", false},
        {0x2018, "'", false},   {0x2019, "'", false},   {0x201C, "", false},
        {0x201D, "", false},    {0x2022, "", false},    {0x2026, "...", false},
        {0x2028, " ", false},   {0x202F, " ", false},   {0x20AC, "eur", false},
        {0x2122, "", false},  /* trade mark sign: "Google" is followed by no "tm" */
        {0x2170, "i", false}, /* small roman numeral one */
        {0x2212, "-", false},   {0xE000, "", false}, /* bullets of symbol fonts */
        {0xFB01, "fi", false},  {0xFB03, "ffi", false}, {0xFEFF, "", false},
        {0xFF21, "a", false},                          /* fullwidth */
        {0xFFFD, "_", false},   {0x1D400, "a", false}, /* mathematical bold */
        {0x1F600, "", false},   {UTF8_BAD, "", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool accent = !cases[i].accent;
        struct str base = utf8_base(cases[i].code_point, &accent);

        if (!str_equal(base, str_of(cases[i].base)) || accent != cases[i].accent)
            fail_msg("U+%04X: \"%.*s\" %d", (unsigned)cases[i].code_point, STR_ARG(base), accent);
    }
}

/* Of every code point there is: 7 bits, lower case, at most four bytes, not NULL. */
static void
test_base_all(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        bool accent;
        struct str base = utf8_base(c, &accent);

        assert_non_null(base.data);
        assert_true(base.len <= 4);
        for (size_t i = 0; i < base.len; i++) {
            char b = base.data[i];

            if (b < ' ' || b > '~' || (b >= 'A' && b <= 'Z'))
                fail_msg("U+%04X: \"%.*s\"", (unsigned)c, STR_ARG(base));
        }
    }
}

static void
test_classes(void **state)
{
    (void)state;
    assert_true(utf8_is_letter('a') && utf8_is_letter('Z') && utf8_is_letter(0xE8));
    assert_true(utf8_is_letter(0x3A9) && utf8_is_letter(0x4E2D));
    assert_false(utf8_is_letter('1') || utf8_is_letter('@') || utf8_is_letter('[') ||
                 utf8_is_letter(0x2019) || utf8_is_letter(UTF8_BAD));
    assert_true(utf8_is_upper('A') && utf8_is_upper(0xC8) && !utf8_is_upper('a'));
    assert_true(utf8_is_lower('z') && utf8_is_lower(0xE8) && !utf8_is_lower('A'));
    assert_false(utf8_is_upper('1') || utf8_is_lower('1'));
    assert_true(utf8_is_digit('0') && utf8_is_digit('9') && utf8_is_digit(0x661));
    assert_false(utf8_is_digit('a') || utf8_is_digit('/') || utf8_is_digit(':'));
    assert_true(utf8_is_blank(' ') && utf8_is_blank('\n') && utf8_is_blank('\f') &&
                utf8_is_blank(0xA0) && utf8_is_blank(0x200B) && utf8_is_blank(0x202F) &&
                utf8_is_blank(0x3000) && utf8_is_blank(0xFEFF));
    assert_false(utf8_is_blank('a') || utf8_is_blank(0xAD) || utf8_is_blank(0x2013) ||
                 utf8_is_blank(0) || utf8_is_blank(UTF8_BAD));
}

static void
test_width(void **state)
{
    (void)state;
    assert_int_equal(utf8_width(STR("abc")), 3);
    assert_int_equal(utf8_width(STR("perch\xC3\xA9")), 6);
    assert_int_equal(utf8_width(STR("e\xCC\x81")), 1);    /* combining */
    assert_int_equal(utf8_width(STR("\xE4\xB8\xAD")), 2); /* East Asian wide */
    assert_int_equal(utf8_width(STR("")), 0);
    assert_int_equal(utf8_width(STR("\xFF")), 1);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next),    cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_base),    cmocka_unit_test(test_base_all),
        cmocka_unit_test(test_classes), cmocka_unit_test(test_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
