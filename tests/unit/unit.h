#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

/* cmocka wants these four before it, in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

/* Compares a view with a C string and shows both when they differ. */
#define assert_str(got, want)                                                                      \
    do {                                                                                           \
        struct str got_ = (got);                                                                   \
        struct str want_ = str_of(want);                                                           \
        if (!str_equal(got_, want_)) {                                                             \
            print_error("got  \"%.*s\"\nwant \"%.*s\"\n", STR_ARG(got_), STR_ARG(want_));          \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

#endif
