#include "report/json.h"
#include "rule/labels.h"
#include "unit.h"

/* Reading JSON that anybody may have written, and the table of labels. */

static void
test_read(void **state)
{
    (void)state;
    struct error error;
    struct json_object *root =
        json_read(STR("{\"a\":\"x\",\"n\":7,\"l\":[1,\"two\"],\"b\":true}"), &error);
    assert_non_null(root);
    assert_true(str_equal(json_get_str(root, "a"), STR("x")));
    assert_int_equal(json_get_number(root, "n", -1), 7);
    assert_true(json_get_bool(root, "b"));
    const struct json_object *list = json_get(root, "l");
    assert_int_equal(json_count(list), 2);
    assert_int_equal(json_number_at(list, 0, -1), 1);
    assert_true(str_equal(json_str_at(list, 1), STR("two")));
    json_free(root);
}

static void
test_read_foreign(void **state)
{
    (void)state;
    struct error error;
    struct json_object *root = json_read(STR("{\"a\":[1],\"n\":\"7\",\"l\":{},\"b\":1}"), &error);
    assert_non_null(root);
    assert_int_equal(json_get_str(root, "a").len, 0);
    assert_int_equal(json_get_str(root, "none").len, 0);
    assert_int_equal(json_get_number(root, "n", -1), -1);
    assert_int_equal(json_count(json_get(root, "l")), 0);
    assert_null(json_at(json_get(root, "a"), 1));
    assert_false(json_get_bool(root, "b"));
    assert_null(json_get(json_get(root, "a"), "deeper"));
    assert_int_equal(json_count(NULL), 0);
    json_free(root);
}

static void
test_read_broken(void **state)
{
    (void)state;
    static const char *const broken[] = {"", "{", "[1,", "{\"a\"}", "nonsense", "\"\\u12", "null"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct error error = {""};
        assert_null(json_read(str_of(broken[i]), &error));
        assert_true(error.text[0] != '\0');
    }
    char deep[4001];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    struct error error;
    assert_null(json_read(str_of(deep), &error));
}

static void
test_labels(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct labels labels = {0};
    struct label_kind kinds[] = {{.category = STR("liability"), .tag = STR("ltd")},
                                 {.category = STR("arbitration"), .tag = STR("a")},
                                 {.category = STR("other"), .unscored = true}};
    struct label_level levels[] = {{STR("1"), STR("no")}, {STR("2"), STR("yes")}};
    for (size_t i = 0; i < 3; i++)
        array_push(&arena, &labels.kinds, kinds[i]);
    for (size_t i = 0; i < 2; i++)
        array_push(&arena, &labels.levels, levels[i]);
    struct str means = {0};
    assert_int_equal(labels_kind(&labels, STR("other")), 2);
    assert_int_equal(labels_kind(&labels, STR("law")), UINT32_MAX);
    assert_int_equal(labels_tag(&labels, STR("ltd2"), &means), 0);
    assert_true(str_equal(means, STR("yes")));
    assert_int_equal(labels_tag(&labels, STR("a1"), &means), 1);
    assert_true(str_equal(means, STR("no")));
    assert_int_equal(labels_tag(&labels, STR("a3"), &means), UINT32_MAX);
    assert_int_equal(labels_tag(&labels, STR("2"), &means), UINT32_MAX);
    assert_int_equal(labels_tag(&labels, STR("law2"), &means), UINT32_MAX);
    assert_true(str_equal(labels_nearest(&labels, STR("liabilty")), STR("liability")));
    arena_free(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_read_foreign),
        cmocka_unit_test(test_read_broken),
        cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
