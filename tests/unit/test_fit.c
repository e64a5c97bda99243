#include "unit.h"

#include "fit.h"

/* Weights from rows whose best answer is known. */

static struct fit_row
row(uint32_t document, uint32_t unit, uint64_t holds, bool positive)
{
    return (struct fit_row){
        .document = document, .unit = unit, .holds = holds, .positive = positive};
}

/* 10 of each: child 0 right unless child 1 is there too; child 2 says nothing. */
static uint32_t
make_rows(struct fit_row *rows)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < 10; i++) {
        uint64_t noise = (uint64_t)(i % 2) << 2;
        rows[count++] = row(i, 0, 1 | noise, true);
        rows[count++] = row(i, 1, 3 | noise, false);
        rows[count++] = row(i, 2, 2 | noise, false);
    }
    return count;
}

static void
learns(void **state)
{
    (void)state;
    struct fit_row rows[30];
    struct fit fit, again;
    uint32_t count = make_rows(rows);
    assert_true(fit_rows(rows, count, 3, 0.95, &fit));
    assert_true(fit.weights[0] > 0 && fit.weights[1] < 0);
    assert_int_equal(fit.weights[2], 0);
    assert_int_equal(fit.right, 10);
    assert_int_equal(fit.wrong + fit.missed, 0);
    assert_true(fit.threshold >= 1 && fit.threshold <= fit.weights[0]);
    assert_true(fit_rows(rows, count, 3, 0.95, &again));
    assert_memory_equal(&fit, &again, sizeof fit);
}

/* Child 0: 9 of 10 right; child 1 as well: 5 of 5.  How much is taken hangs on the precision. */
static void
precision_decides(void **state)
{
    (void)state;
    struct fit_row rows[20];
    struct fit fit;
    uint32_t count = 0;
    for (uint32_t i = 0; i < 5; i++)
        rows[count++] = row(0, i, 3, true);
    for (uint32_t i = 5; i < 15; i++)
        rows[count++] = row(0, i, 1, i != 5);
    assert_true(fit_rows(rows, count, 2, 0.9, &fit));
    assert_int_equal(fit.right, 14);
    assert_int_equal(fit.wrong, 1);
    assert_true(fit_rows(rows, count, 2, 0.99, &fit));
    assert_int_equal(fit.right, 5);
    assert_int_equal(fit.wrong, 0);
    assert_int_equal(fit.missed, 9);
}

/* One unit asked twice counts once, and one place that reaches the threshold is enough. */
static void
units_are_counted(void **state)
{
    (void)state;
    struct fit_row rows[] = {row(0, 7, 1, true), row(0, 7, 3, true), row(1, 7, 1, false)};
    struct fit fit = {.weights = {1, 1}, .threshold = 2};
    fit_measure(rows, 3, &fit);
    assert_int_equal(fit.right, 1);
    assert_int_equal(fit.wrong + fit.missed, 0);
    fit.threshold = 1;
    fit_measure(rows, 3, &fit);
    assert_int_equal(fit.right, 1);
    assert_int_equal(fit.wrong, 1);
}

static void
nothing_to_learn(void **state)
{
    (void)state;
    struct fit_row none[] = {row(0, 0, 1, false), row(0, 1, 2, false)};
    struct fit_row all[] = {row(0, 0, 0, true), row(0, 1, 0, false)};
    struct fit fit;
    assert_false(fit_rows(none, 2, 2, 0.95, &fit));
    assert_false(fit_rows(all, 2, 2, 0.95, &fit));
    assert_false(fit_rows(NULL, 0, 2, 0.95, &fit));
}

/* The most children there can be, all telling, some doubled: the equations stay solvable. */
static void
many_children(void **state)
{
    (void)state;
    static struct fit_row rows[4 * FIT_MOST];
    struct fit fit;
    uint32_t count = 0;
    for (uint32_t c = 0; c < FIT_MOST; c++) {
        uint64_t holds = UINT64_C(1) << c | UINT64_C(1) << (c ^ 1);
        for (uint32_t i = 0; i < 4; i++)
            rows[count++] = row(i, c, holds, c < FIT_MOST / 2);
    }
    assert_true(fit_rows(rows, count, FIT_MOST, 0.95, &fit));
    assert_int_equal(fit.wrong + fit.missed, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learns),
        cmocka_unit_test(precision_decides),
        cmocka_unit_test(units_are_counted),
        cmocka_unit_test(nothing_to_learn),
        cmocka_unit_test(many_children),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
