/* The PDF helper's answer: what a good one becomes, and that no bad one is taken. */

#include "unit.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/bounds.h"
#include "base/utf8.h"
#include "text/boxes.h"
#include "text/pdf.h"
#include "text/pdf_protocol.h"
#include "text/repair.h"

/* An answer under construction. */
struct answer {
    char bytes[4096];
    size_t len;
    uint32_t pages, lines;
};

static void
put(struct answer *a, const void *bytes, size_t len)
{
    assert_true(a->len + len <= sizeof a->bytes);
    memcpy(a->bytes + a->len, bytes, len);
    a->len += len;
}

static void
put_number(struct answer *a, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        char c = (char)(number >> 8 * i);
        put(a, &c, 1);
    }
}

static void
put_head(struct answer *a, char kind, uint32_t flags, uint32_t number)
{
    put(a, &kind, 1);
    put_number(a, flags, 1);
    put_number(a, number, 2);
}

static void
begin(struct answer *a)
{
    *a = (struct answer){.len = 0};
    put(a, PDF_MAGIC, strlen(PDF_MAGIC));
}

static void
page(struct answer *a, uint32_t flags)
{
    put_head(a, 'P', flags, 0);
    put_number(a, 59500, 4);
    put_number(a, 84200, 4);
    a->pages++;
}

/* A line whose i-th box is 1000 wide and stands at 1000 * i, `row` * 1000 from the top. */
static void
line_at(struct answer *a, uint32_t number, uint32_t flags, uint32_t row, const char *text)
{
    struct str s = str_of(text);
    uint32_t count = 0;
    size_t at = 0;

    while (at < s.len) {
        utf8_next(s, &at);
        count++;
    }
    put_head(a, 'L', flags, 0);
    put_number(a, number, 4);
    put_number(a, count, 4);
    put_number(a, (uint32_t)s.len, 4);
    put(a, s.data, s.len);
    for (uint32_t i = 0; i < count; i++) {
        put_number(a, i * 1000, 2);
        put_number(a, row * 1000, 2);
        put_number(a, i * 1000 + 1000, 2);
        put_number(a, row * 1000 + 900, 2);
    }
    a->lines++;
}

static void
line(struct answer *a, uint32_t flags, uint32_t row, const char *text)
{
    line_at(a, a->pages, flags, row, text);
}

static void
finish(struct answer *a)
{
    put_head(a, 'E', 0, 0);
    put_number(a, a->pages, 4);
    put_number(a, a->lines, 4);
}

static bool
take(struct arena *arena, struct document *document, const char *bytes, size_t len,
     struct error *error)
{
    *document = (struct document){.arena = arena, .name = STR("x.pdf")};
    return pdf_take(document, (struct str){bytes, len}, error);
}

/* Two pages, a word parted at the foot of the first, a footnote of it on the second. */
static void
make_good(struct answer *a)
{
    begin(a);
    page(a, 0);
    line(a, PDF_LINE_RUNNING, 1, "Condizioni");
    line(a, PDF_LINE_APART, 3, "Il Gestore è respon-");
    line(a, PDF_LINE_RUNNING, 60, "1");
    page(a, 0);
    line(a, PDF_LINE_RUNNING, 1, "Condizioni");
    line(a, PDF_LINE_JOINS, 2, "sabile di");
    line(a, PDF_LINE_JOINS, 3, "tutto.");
    line_at(a, 1, PDF_LINE_APART, 50, "Nota");
    line(a, PDF_LINE_APART, 5, "Fine.");
    finish(a);
}

static void
test_good(void **state)
{
    struct arena arena = {0};
    struct document document;
    struct error error;
    struct answer a;

    (void)state;
    make_good(&a);
    assert_true(take(&arena, &document, a.bytes, a.len, &error));
    assert_str(document.text, "Condizioni\n\nIl Gestore è respon-\n1\n\fCondizioni\nsabile di\n"
                              "tutto.\n\nNota\n\nFine.\n");
    assert_int_equal(document.origin_kind, ORIGIN_BOXES);
    assert_int_equal(document.pages.count, 2);
    assert_int_equal(document.laid.count, 8);
    assert_int_equal(document_page(&document, (uint32_t)str_find(document.text, STR("Nota"))), 1);
    assert_int_equal(document_page(&document, (uint32_t)str_find(document.text, STR("Fine"))), 2);
    arena_free(&arena);
}

static void
test_joins(void **state)
{
    struct arena arena = {0};
    struct document document;
    struct error error;
    struct answer a;
    struct str text;

    (void)state;
    make_good(&a);
    assert_true(take(&arena, &document, a.bytes, a.len, &error));
    array_push(&arena, &document.lines, 0);
    for (uint32_t i = 0; i + 1 < document.text.len; i++)
        if (document.text.data[i] == '\n')
            array_push(&arena, &document.lines, i + 1);
    repair_document(&document);
    uint32_t begin = (uint32_t)str_find(document.text, STR("Il Gestore"));
    uint32_t end = (uint32_t)str_find(document.text, STR("Nota"));
    text = document_readable(&arena, &document, (struct span){begin, end});
    assert_str(text, "Il Gestore è responsabile di tutto.");

    /* Of the quotation's lines only, none of the running ones. */
    struct rectangle r[8];
    size_t count = document_rectangles(&document, (struct span){begin + 3, end - 2}, r, 8);
    assert_int_equal(count, 3);
    assert_int_equal(r[0].page, 1);
    assert_int_equal(r[1].page, 2);
    assert_float_equal(r[0].x0, 3000 * 595.0F / 65535, 0.01F);
    assert_float_equal(r[0].x1, 20000 * 595.0F / 65535, 0.01F);
    assert_float_equal(r[0].y0, 3000 * 842.0F / 65535, 0.01F);
    assert_float_equal(r[2].y1, 3900 * 842.0F / 65535, 0.01F);
    assert_int_equal(document_rectangles(&document, (struct span){begin, end}, r, 1), 1);
    arena_free(&arena);
}

/* Every answer that is cut short is refused; so is one with something behind its end. */
static void
test_cut(void **state)
{
    struct document document;
    struct error error;
    struct answer a;

    (void)state;
    make_good(&a);
    put(&a, "x", 1);
    for (size_t len = 0; len <= a.len; len++) {
        struct arena arena = {0};
        char *copy = malloc(len + 1); /* so that reading behind its end is seen */

        assert_non_null(copy);
        memcpy(copy, a.bytes, len);
        assert_int_equal(take(&arena, &document, copy, len, &error), len == a.len - 1);
        free(copy);
        arena_free(&arena);
    }
}

/* A good answer with one field of its only line changed. */
static void
test_lies(void **state)
{
    static const struct {
        const char *name;
        size_t at; /* from the line's head */
        char bytes[5];
        size_t len;
    } lies[] = {
        {"none", 0, "L", 1},
        {"kind", 0, "Q", 1},
        {"flags", 1, "\x08", 1},
        {"indent", 2, "\xFF", 1},
        {"page 0", 4, "\0", 1},
        {"page 2", 4, "\2", 1},
        {"more code points than characters", 8, "\6", 1},
        {"fewer", 8, "\3", 1},
        {"none at all", 8, "\0", 1},
        {"a billion", 8, "\xFF\xFF\xFF\x7F", 4},
        {"more bytes", 12, "\6", 1},
        {"four billion", 12, "\xFF\xFF\xFF\xFF", 4},
        {"line break", 16, "\n", 1},
        {"form feed", 17, "\f", 1},
        {"zero", 16, "\0", 1},
        {"leading blank", 16, " ", 1},
        {"bad byte", 16, "\xFF", 1},
        {"half a character", 19, "\xC3", 1},
        {"control character", 16, "\xC2\x85", 2},
        {"box turned sideways", 20, "\xFF\xFF", 2},
        {"box upside down", 22, "\xFF\xFF", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        struct arena arena = {0};
        struct document document;
        struct error error;
        struct answer a;
        size_t at;

        begin(&a);
        page(&a, 0);
        at = a.len + lies[i].at;
        line(&a, 0, 1, "abcd");
        finish(&a);
        memcpy(a.bytes + at, lies[i].bytes, lies[i].len);
        if (take(&arena, &document, a.bytes, a.len, &error) != (i == 0))
            fail_msg("%s", lies[i].name);
        arena_free(&arena);
    }
}

static void
test_failures(void **state)
{
    static const struct {
        int code;
        const char *message;
    } failures[] = {
        {PDF_FAILURE_DAMAGED, "is damaged"},
        {PDF_FAILURE_PASSWORD, "password"},
        {PDF_FAILURE_PAGES, "has 7 pages"},
        {PDF_FAILURE_TEXT, "characters"},
        {PDF_FAILURE_INPUT, "handed to"},
        {PDF_FAILURE_COUNT, "no sense"},
        {0, "no sense"},
        {255, "no sense"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        struct arena arena = {0};
        struct document document;
        struct error error;
        struct answer a;

        begin(&a);
        put_head(&a, 'F', (uint32_t)failures[i].code, 0);
        put_number(&a, 7, 4);
        assert_false(take(&arena, &document, a.bytes, a.len, &error));
        assert_true(str_starts(str_of(error.text), STR("x.pdf: ")));
        assert_non_null(strstr(error.text, failures[i].message));
        arena_free(&arena);
    }
}

/* No text: a scan names its way out, an empty document does not, running lines alone are none. */
static void
test_no_text(void **state)
{
    struct arena arena = {0};
    struct document document;
    struct error error;
    struct answer a;

    (void)state;
    begin(&a);
    page(&a, PDF_PAGE_PICTURE);
    page(&a, PDF_PAGE_PICTURE);
    line(&a, PDF_LINE_RUNNING, 1, "2");
    finish(&a);
    assert_false(take(&arena, &document, a.bytes, a.len, &error));
    assert_non_null(strstr(error.text, "ocrmypdf -l ita"));
    begin(&a);
    page(&a, 0);
    finish(&a);
    assert_false(take(&arena, &document, a.bytes, a.len, &error));
    assert_non_null(strstr(error.text, "no text on its 1 page"));
    begin(&a);
    finish(&a);
    assert_false(take(&arena, &document, a.bytes, a.len, &error));
    begin(&a);
    page(&a, PDF_PAGE_PICTURE);
    page(&a, 0);
    line(&a, 0, 1, "Testo");
    finish(&a);
    assert_true(take(&arena, &document, a.bytes, a.len, &error));
    assert_int_equal(document.notes.count, 1);
    assert_int_equal(document.notes.items[0].number, 1);
    arena_free(&arena);
}

/* Whatever bytes are changed: either refused, or a document that keeps its promises. */
static void
test_random(void **state)
{
    uint32_t seed = 1;
    uint32_t taken = 0;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct arena arena = {0};
        struct document document;
        struct error error;
        struct answer a;

        make_good(&a);
        for (int i = 0; i < 1 + round % 3; i++) {
            seed = seed * 1664525 + 1013904223;
            a.bytes[seed % a.len] = (char)(seed >> 24);
        }
        if (take(&arena, &document, a.bytes, a.len, &error)) {
            struct rectangle r[4];

            taken++;
            assert_true(utf8_valid(document.text));
            for (uint32_t i = 0; i < document.laid.count; i++) {
                const struct laid_line *laid = &document.laid.items[i];

                assert_true(laid->page >= 1 && laid->page <= document.sizes.count);
                assert_true(laid->begin < document.text.len && laid->box < document.boxes.count);
            }
            document_rectangles(&document, (struct span){0, (uint32_t)document.text.len}, r, 4);
        }
        arena_free(&arena);
    }
    assert_in_range(taken, 1000, 19999);
}

static void
test_kind(void **state)
{
    (void)state;
    assert_true(pdf_is(STR("%PDF-1.4\n")));
    assert_true(pdf_is(STR("\xEF\xBB\xBF%PDF-1.4\n")));
    assert_true(pdf_is(STR("\r\n %PDF-2.0")));
    assert_false(pdf_is(STR("%PDF")));
    assert_false(pdf_is(STR("")));
    assert_false(pdf_is(STR("Il file comincia con %PDF-1.4")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),     cmocka_unit_test(test_joins),
        cmocka_unit_test(test_cut),      cmocka_unit_test(test_lies),
        cmocka_unit_test(test_failures), cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_random),   cmocka_unit_test(test_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
