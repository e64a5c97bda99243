/* base/arena, base/array and base/error. */

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/error.h"

static bool
is_zero(const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (data[i])
            return false;
    }
    return true;
}

/* All sizes and alignments: nothing overlaps, everything is zeroed, also after a reset. */
static void
test_alloc(void **state)
{
    struct arena arena = {0};

    (void)state;
    for (int round = 0; round < 3; round++) {
        struct arena_mark mark = arena_mark(&arena);
        char *before = NULL;
        size_t before_len = 0;

        for (size_t size = 0; size < 300000; size = size * 2 + 7) {
            size_t align = (size_t)1 << size % 5;
            char *data = arena_alloc(&arena, 1, align, size);

            assert_non_null(data);
            assert_int_equal((uintptr_t)data % align, 0);
            assert_true(is_zero(data, size));
            memset(data, 0x5A, size);
            if (before)
                assert_true(before + before_len <= data || data + size <= before);
            before = data;
            before_len = size;
        }
        arena_reset(&arena, mark);
    }
    arena_free(&arena);
    assert_null(arena.block);
}

static void
test_reset(void **state)
{
    struct arena arena = {0};
    struct arena_mark start;
    char *kept;
    char *first;

    (void)state;
    kept = arena_new(&arena, char, 10);
    memcpy(kept, "kept", 5);
    start = arena_mark(&arena);
    first = arena_new(&arena, char, 100);
    memset(first, 1, 100);
    arena_reset(&arena, start);
    assert_ptr_equal(arena_new(&arena, char, 100), first); /* the same room, cleared */
    assert_true(is_zero(first, 100));
    /* Many blocks behind the mark. */
    for (int i = 0; i < 50; i++)
        memset(arena_new(&arena, char, 100000), 2, 100000);
    arena_reset(&arena, start);
    for (int i = 0; i < 50; i++)
        assert_true(is_zero(arena_new(&arena, char, 100000), 100000));
    assert_string_equal(kept, "kept");
    arena_free(&arena);
}

static void
test_strings(void **state)
{
    struct arena arena = {0};
    struct str copy;

    (void)state;
    copy = arena_str(&arena, STR("abc"));
    assert_str(copy, "abc");
    assert_int_equal(copy.data[3], 0);
    assert_str(arena_str(&arena, (struct str){NULL, 0}), "");
    copy = arena_format(&arena, "%s-%d", "x", 5);
    assert_str(copy, "x-5");
    assert_int_equal(copy.data[3], 0);
    copy = arena_format(&arena, "%0100000d", 1);
    assert_int_equal(copy.len, 100000);
    arena_free(&arena);
}

static void
test_array(void **state)
{
    struct arena arena = {0};
    ARRAY(uint64_t) numbers = {0};
    ARRAY(char) other = {0};

    (void)state;
    for (uint64_t i = 0; i < 5000; i++) {
        array_push(&arena, &numbers, i * i);
        if (i % 7 == 0) /* so that it sometimes has to move and sometimes grows in place */
            array_push(&arena, &other, 'x');
    }
    assert_int_equal(numbers.count, 5000);
    for (uint64_t i = 0; i < 5000; i++)
        assert_true(numbers.items[i] == i * i);
    array_reserve(&arena, &other, 10000);
    assert_true(other.capacity >= 10000);
    assert_int_equal(other.items[714], 'x');
    arena_free(&arena);
}

static void
test_error(void **state)
{
    struct error error;
    char name[600];

    (void)state;
    assert_false(error_set(NULL, "nobody reads this"));
    assert_false(error_set(&error, "%s: what; how", "a\nb\x1b[1m"));
    assert_string_equal(error.text, "a?b?[1m: what; how"); /* one line, no sequences */
    /* A truncated text ends with a whole character. */
    for (size_t begin = 0; begin < 4; begin++) {
        size_t len;

        memset(name, 'x', begin);
        for (size_t i = begin; i + 3 < sizeof name; i += 3)
            memcpy(name + i, "\xE2\x82\xAC", 4);
        error_set(&error, "%s", name);
        len = strlen(error.text);
        assert_true(len < sizeof error.text && len > sizeof error.text - 5);
        assert_int_equal((len - begin) % 3, 0);
    }
}

static void
test_diagnostics(void **state)
{
    struct arena arena = {0};
    struct diagnostics list = {.arena = &arena};
    char *text = NULL;
    size_t len = 0;
    FILE *stream = open_memstream(&text, &len);

    (void)state;
    assert_non_null(stream);
    diagnostic_add(&list, DIAGNOSTIC_ERROR, STR("b.xml"), 2, 5, "second %d", 2);
    diagnostic_add(&list, DIAGNOSTIC_WARNING, STR("a.xml"), 10, 0, "third");
    diagnostic_add(&list, DIAGNOSTIC_ERROR, STR("a.xml"), 9, 1, "first");
    diagnostic_add(&list, DIAGNOSTIC_ERROR, STR("a.xml"), 9, 1, "first");
    diagnostic_add(&list, DIAGNOSTIC_NOTE, STR(""), 0, 0, "nowhere");
    assert_int_equal(list.errors, 3);
    diagnostics_print(&list, stream);
    fclose(stream);
    assert_string_equal(text, "note: nowhere\n"
                              "a.xml:9:1: error: first\n"
                              "a.xml:10: warning: third\n"
                              "b.xml:2:5: error: second 2\n");
    free(text);
    arena_free(&arena);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alloc),   cmocka_unit_test(test_reset),
        cmocka_unit_test(test_strings), cmocka_unit_test(test_array),
        cmocka_unit_test(test_error),   cmocka_unit_test(test_diagnostics),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
