/* text/document: decoding and the way back, lines, pages, positions, parts. */

#include "unit.h"

#include "base/utf8.h"
#include "text/document.h"

static struct arena arena;

static int
free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static bool
build(struct document *document, struct str raw, struct error *error)
{
    struct source source = {STR("a.txt"), raw};

    return document_build(document, &arena, &source, error);
}

static struct document
built(struct str raw)
{
    struct document document;
    struct error error;

    if (!build(&document, raw, &error))
        fail_msg("%s", error.text);
    return document;
}

static void
test_encodings(void **state)
{
    static const struct {
        const char *raw;
        size_t len; /* 0 = up to the NUL */
        enum encoding encoding;
        const char *text;
        uint32_t bad;
    } cases[] = {
        {"perch\xC3\xA9", 0, ENCODING_UTF8, "perch\xC3\xA9", 0},
        {"\xEF\xBB\xBFperch\xC3\xA9", 0, ENCODING_UTF8, "perch\xC3\xA9", 0},
        {"perch\xE9", 0, ENCODING_WINDOWS1252, "perch\xC3\xA9", 0},
        {"\x80 100 \x93"
         "ciao\x94",
         0, ENCODING_WINDOWS1252,
         "\xE2\x82\xAC 100 \xE2\x80\x9C"
         "ciao\xE2\x80\x9D",
         0},
        {"a\x81"
         "b",
         0, ENCODING_WINDOWS1252,
         "a\xEF\xBF\xBD"
         "b",
         1},
        {"\xFF\xFE"
         "a\0\xE8\0\xAC\x20",
         8, ENCODING_UTF16LE, "a\xC3\xA8\xE2\x82\xAC", 0},
        {"\xFE\xFF\0a\0\xE8\x20\xAC", 8, ENCODING_UTF16BE, "a\xC3\xA8\xE2\x82\xAC", 0},
        {"a\0b\0\n\0c\0", 8, ENCODING_UTF16LE, "ab\nc", 0},
        {"\0a\0b\0\n\0c", 8, ENCODING_UTF16BE, "ab\nc", 0},
        {"\xFF\xFE\x3D\xD8\x00\xDE", 6, ENCODING_UTF16LE, "\xF0\x9F\x98\x80", 0},
        {"\xFF\xFE"
         "a\0\x3D\xD8"
         "b\0",
         8, ENCODING_UTF16LE,
         "a\xEF\xBF\xBD"
         "b",
         1},
        {"\xFF\xFE"
         "a\0\x00\xDE"
         "b\0",
         8, ENCODING_UTF16LE,
         "a\xEF\xBF\xBD"
         "b",
         1},
        {"\xFF\xFE"
         "a\0b",
         5, ENCODING_UTF16LE, "a\xEF\xBF\xBD", 1},
        /* Good sequences outnumber the bad: still UTF-8. */
        {"\xC3\xA8 \xC3\xA8 \xC3\xA8 \xFF", 0, ENCODING_UTF8,
         "\xC3\xA8 \xC3\xA8 \xC3\xA8 \xEF\xBF\xBD", 1},
        {"\xEF\xBB\xBF"
         "a\xE8",
         0, ENCODING_UTF8, "a\xEF\xBF\xBD", 1},
        /* An accidental pair in Windows-1252. */
        {"\xE8 \xE8 \xC8\xBB \xE9", 0, ENCODING_WINDOWS1252,
         "\xC3\xA8 \xC3\xA8 \xC3\x88\xC2\xBB \xC3\xA9", 0},
        {"uno\r\ndue", 0, ENCODING_UTF8, "uno\r\ndue", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = cases[i].len ? cases[i].len : strlen(cases[i].raw);
        struct document document = built((struct str){cases[i].raw, len});

        if (!str_equal(document.text, str_of(cases[i].text)) ||
            document.encoding != cases[i].encoding)
            fail_msg("case %zu: encoding %d, text \"%.*s\"", i, (int)document.encoding,
                     STR_ARG(document.text));
        assert_int_equal(document.notes.count, cases[i].bad ? 1 : 0);
        if (cases[i].bad) {
            assert_string_equal(document.notes.items[0].message, "note.bad-bytes");
            assert_int_equal(document.notes.items[0].number, cases[i].bad);
        }
    }
}

static void
test_refused(void **state)
{
    static const struct {
        const char *raw;
        size_t len;
        const char *error; /* what its text must hold */
    } cases[] = {
        {"%PDF-1.7\n", 0, "cavillo-pdf"},
        {"\n%PDF-1.4", 0, "cavillo-pdf"},
        {"PK\3\4....", 0, "DOCX"},
        {"\xD0\xCF\x11\xE0", 0, "convert it to plain text"},
        {"{\\rtf1 ciao}", 0, "RTF"},
        {"\x89PNG\r\n", 0, "tesseract"},
        {"\xFF\xD8\xFF\xE0", 0, "JPEG"},
        {"\x1F\x8B\b", 0, "gunzip"},
        {"\xEF\xBB\xBF <HTML><BODY>", 0, "without text"},
        {"<?xml version='1.0'?><!-- x --><html>", 0, "without text"},
        {"\xFF\xFE<\0h\0t\0m\0l\0>\0", 14, "without text"},
        {"testo\0altro", 11, "binary"},
        {"testo molto lungo che non ha altro\0", 35, "binary"},
        {"\1\2\3\4\5\6\7\1\2\3 a", 0, "binary"},
        {"\xFF\xFE\0\0a\0\0\0", 8, "binary"}, /* UTF-32 */
        {" \t\r\n\f\xC2\xA0\xE2\x80\x8B\xC2\xAD\n", 0, "holds no text"},
        {"\f\f\f", 0, "ocrmypdf"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = cases[i].len ? cases[i].len : strlen(cases[i].raw);
        struct document document;
        struct error error = {"no error"};

        if (build(&document, (struct str){cases[i].raw, len}, &error) ||
            !strstr(error.text, cases[i].error) || strncmp(error.text, "a.txt: ", 7) != 0)
            fail_msg("case %zu: %s", i, error.text);
    }
}

static uint32_t
random_below(uint64_t *random, uint32_t limit)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return (uint32_t)(*random >> 33) % limit;
}

enum {
    POINTS_MAX = 3000,
};

/* A generated input, with the offsets of every code point in text and in the raw bytes. */
struct sample {
    char raw[4 * POINTS_MAX + 4];
    char text[4 * POINTS_MAX];
    uint32_t raw_at[POINTS_MAX + 1];
    uint32_t text_at[POINTS_MAX + 1];
    uint32_t count;
};

/* What a Windows-1252 byte stands for; a few are enough. */
static uint32_t
windows_byte(unsigned char byte)
{
    return byte == 0x80 ? 0x20AC : byte == 0x92 ? 0x2019 : byte;
}

static size_t
put_utf16(uint32_t c, bool big, char *out)
{
    uint32_t units[2] = {c, 0};
    size_t count = 1;

    if (c > 0xFFFF) {
        units[0] = 0xD800 + ((c - 0x10000) >> 10);
        units[1] = 0xDC00 + ((c - 0x10000) & 0x3FF);
        count = 2;
    }
    for (size_t i = 0; i < count; i++) {
        out[2 * i + big] = (char)(units[i] & 0xFF);
        out[2 * i + !big] = (char)(units[i] >> 8);
    }
    return 2 * count;
}

enum kind {
    CLEAN,
    WITH_BOM,
    BROKEN, /* a bad byte now and then */
    WINDOWS,
    LITTLE,
    BIG,
    KINDS,
};

/* One code point; returns the number of raw bytes. */
static size_t
put_point(enum kind kind, uint64_t *random, char *raw, uint32_t *c)
{
    static const uint32_t wide[] = {'a', 'b', ' ', '\n', 0xE8, 0x20AC, 0x4E2D, 0x1F600};

    *c = random_below(random, 4) ? 'a' + random_below(random, 26) : wide[random_below(random, 8)];
    switch (kind) {
    case WINDOWS:
        raw[0] = (char)(*c < 0x80 ? *c : (unsigned char)"\xE8\x80\x92\xF9"[*c % 4]);
        *c = windows_byte((unsigned char)raw[0]);
        return 1;
    case LITTLE:
    case BIG:
        return put_utf16(*c, kind == BIG, raw);
    case BROKEN:
        if (random_below(random, 600) == 0) {
            *c = 0xFFFD;
            raw[0] = '\xFF';
            return 1;
        }
        break;
    default:
        break;
    }
    return utf8_put(*c, raw);
}

static void
generate(struct sample *sample, enum kind kind, uint64_t *random)
{
    static const struct str marks[KINDS] = {
        {"", 0},         {"\xEF\xBB\xBF", 3}, {"\xC3\xA8\xC3\xA8", 4},
        {"\xE8\x80", 2}, {"\xFF\xFE", 2},     {"\xFE\xFF", 2},
    };
    uint32_t raw = 0;
    uint32_t text = 0;

    sample->count = 1 + random_below(random, POINTS_MAX - 10);
    memcpy(sample->raw, marks[kind].data, marks[kind].len);
    raw = (uint32_t)marks[kind].len;
    if (kind == BROKEN || kind == WINDOWS) { /* no mark, but letters that decide the matter */
        struct str letters = kind == BROKEN ? marks[kind] : STR("\xC3\xA8\xE2\x82\xAC");

        memcpy(sample->text, letters.data, letters.len);
        text = (uint32_t)letters.len;
    }
    for (uint32_t i = 0; i < sample->count; i++) {
        uint32_t c;

        sample->raw_at[i] = raw;
        sample->text_at[i] = text;
        raw += (uint32_t)put_point(kind, random, sample->raw + raw, &c);
        text += (uint32_t)utf8_put(c, sample->text + text);
    }
    sample->raw_at[sample->count] = raw;
    sample->text_at[sample->count] = text;
}

/*
 * In every encoding: the text is what was meant, any span leads to exactly its raw bytes, and a
 * span that cuts through a code point to those of the whole one.
 */
static void
check_sample(const struct sample *sample, uint64_t *random)
{
    struct document document = built((struct str){sample->raw, sample->raw_at[sample->count]});

    assert_true(
        str_equal(document.text, (struct str){sample->text, sample->text_at[sample->count]}));
    for (int i = 0; i < 20; i++) {
        uint32_t a = random_below(random, sample->count + 1);
        uint32_t b = a + random_below(random, sample->count + 1 - a);
        struct span span = {sample->text_at[a], sample->text_at[b]};
        struct span raw = document_raw(&document, span);

        assert_int_equal(raw.begin, sample->raw_at[a]);
        assert_int_equal(raw.end, sample->raw_at[b]);
        if (document.origin.count && b < sample->count &&
            sample->text_at[b + 1] - sample->text_at[b] > 1) {
            raw = document_raw(&document, (struct span){span.end + 1, span.end + 1});
            assert_int_equal(raw.begin, sample->raw_at[b]);
            assert_int_equal(raw.end, sample->raw_at[b + 1]);
        }
    }
}

static void
test_origin(void **state)
{
    static struct sample sample;
    uint64_t random = 42;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        struct arena_mark mark = arena_mark(&arena);

        generate(&sample, (enum kind)(i % KINDS), &random);
        check_sample(&sample, &random);
        arena_reset(&arena, mark);
    }
}

static void
test_lines_and_pages(void **state)
{
    static const struct {
        const char *text;
        uint32_t lines;
        uint32_t pages;
        uint32_t words;
    } cases[] = {
        {"uno", 1, 0, 1},
        {"uno\n", 1, 0, 1},
        {"uno\n\ndue tre", 3, 0, 3},
        {"uno\r\ndue\r\n", 2, 0, 2},
        {"uno\fdue", 1, 2, 2},
        {"uno\n\f", 2, 1, 1},
        {"uno\n\fdue\n\f\n \f", 4, 2, 2},
        {"\funo", 1, 2, 1},
        {"uno\f\fdue", 1, 3, 2},
        {"uno\xC2\xA0"
         "due\xE2\x80\x94tre",
         1, 0, 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document document = built(str_of(cases[i].text));

        if (document.lines.count != cases[i].lines || document.pages.count != cases[i].pages ||
            document.words != cases[i].words)
            fail_msg("case %zu: %u lines, %u pages, %u words", i, document.lines.count,
                     document.pages.count, document.words);
    }
}

static void
test_position(void **state)
{
    struct document document = built(STR("uno\nperch\xC3\xA9 no\n\fdue"));
    struct position position;
    char *line;

    (void)state;
    position = document_position(&document, 0);
    assert_int_equal(position.line, 1);
    assert_int_equal(position.column, 1);
    position = document_position(&document, 12); /* "no" */
    assert_int_equal(position.line, 2);
    assert_int_equal(position.column, 8);
    position = document_position(&document, 3); /* the line break itself */
    assert_int_equal(position.line, 1);
    assert_int_equal(position.column, 4);
    assert_int_equal(document_page(&document, 0), 1);
    assert_int_equal(document_page(&document, 14), 1); /* the form feed */
    assert_int_equal(document_page(&document, 16), 2);
    assert_int_equal(document_page(&document, 1000), 2);
    position = document_position(&document, 1000);
    assert_int_equal(position.line, 3);

    /* A line of many columns, each of two bytes. */
    line = arena_new(&arena, char, 40000);
    for (size_t i = 0; i < 40000; i += 2)
        memcpy(line + i, "\xC3\xA8", 2);
    document = built((struct str){line, 40000});
    for (uint32_t i = 0; i <= 40000; i += 998)
        assert_int_equal(document_position(&document, i).column, i / 2 + 1);
    assert_int_equal(document_page(&document, 5), 0);
}

static void
test_sha256(void **state)
{
    struct document document = built(STR("\xEF\xBB\xBF"
                                         "abc"));

    (void)state;
    /* Of the raw bytes, mark included. */
    assert_string_equal(document.sha256,
                        "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c");
}

static void
add_edit(struct document *document, uint32_t begin, uint32_t end, enum edit_kind kind, char letter)
{
    struct edit edit = {{begin, end}, kind, letter};

    array_push(document->arena, &document->edits, edit);
}

static void
test_parts(void **state)
{
    /*            0         1         2         3         4 */
    /*            0123456789012345678901234567890123456789012345 */
    const char *raw = "Il Gestore non\nPagina 2\nri-\nsponde dei\ndanni.";
    struct document document = built(str_of(raw));
    struct span parts[4];

    (void)state;
    add_edit(&document, 14, 15, EDIT_BLANK, 0);
    add_edit(&document, 15, 24, EDIT_CUT, 0); /* a footer */
    add_edit(&document, 26, 28, EDIT_CUT, 0); /* a hyphen */
    add_edit(&document, 38, 39, EDIT_BLANK, 0);
    assert_int_equal(document_parts(&document, (struct span){3, 45}, parts, 4), 2);
    assert_str(str_span(document.text, parts[0]), "Gestore non");
    assert_str(str_span(document.text, parts[1]), "ri-\nsponde dei\ndanni.");
    assert_int_equal(document_parts(&document, (struct span){3, 45}, parts, 1), 1);
    assert_int_equal(document_parts(&document, (struct span){14, 24}, parts, 4), 0);
    assert_int_equal(document_parts(&document, (struct span){24, 28}, parts, 4), 1);
    assert_int_equal(document_parts(&document, (struct span){5, 5}, parts, 4), 0);
    /* A span that begins within the footer. */
    assert_int_equal(document_parts(&document, (struct span){18, 30}, parts, 4), 1);
    assert_str(str_span(document.text, parts[0]), "ri-\nsp");
    assert_str(document_readable(&arena, &document, (struct span){3, 45}),
               "Gestore non risponde dei danni.");
    assert_str(document_readable(&arena, &document, (struct span){14, 24}), "");
    assert_str(document_readable(&arena, &document, (struct span){7, 12}), "ore n");
}

static void
test_readable(void **state)
{
    struct document document = built(STR(" art.5  resp0nsabile\n\xC2\xA0perch\xC3\xA9 "));

    (void)state;
    add_edit(&document, 5, 5, EDIT_SPLIT, 0);
    add_edit(&document, 12, 13, EDIT_SWAP, 'o');
    assert_str(document_readable(&arena, &document, (struct span){0, 31}),
               "art. 5 responsabile perch\xC3\xA9");
    assert_str(document_readable(&arena, &document, (struct span){5, 6}), "5");
    assert_str(document_readable(&arena, &document, (struct span){1, 5}), "art.");
    assert_str(document_readable(&arena, &document, (struct span){0, 1}), "");
}

static void
test_clauses(void **state)
{
    struct document document = built(STR("1. Oggetto\n1.1 Servizio\nIl testo.\n"));
    static const struct span spans[] = {{0, 10}, {11, 23}, {24, 33}};

    (void)state;
    assert_int_equal(document_clause_at(&document, 5), 0);
    assert_int_equal(document_unit_at(&document, 5), 0);
    assert_str(document_heading_path(&arena, &document, 0), "");
    for (uint32_t i = 0; i < 3; i++) {
        struct unit unit = {.span = spans[i], .clause = i};
        struct clause clause = {.span = spans[i], .heading = (int32_t)i - 1};
        struct heading heading = {.unit = i, .parent = (int32_t)i - 1};

        array_push(&arena, &document.units, unit);
        array_push(&arena, &document.clauses, clause);
        if (i < 2)
            array_push(&arena, &document.headings, heading);
    }
    assert_int_equal(document_clause_at(&document, 0), 0);
    assert_int_equal(document_clause_at(&document, 10), 0);
    assert_int_equal(document_clause_at(&document, 11), 1);
    assert_int_equal(document_unit_at(&document, 32), 2);
    assert_int_equal(document_unit_at(&document, 4000), 2);
    assert_str(document_heading_path(&arena, &document, 0), "");
    assert_str(document_heading_path(&arena, &document, 1), "1. Oggetto");
    assert_str(document_heading_path(&arena, &document, 2), "1. Oggetto > 1.1 Servizio");
    assert_str(document_heading_path(&arena, &document, 9), "");
}

static void
test_notes(void **state)
{
    struct document document = built(STR("testo"));

    (void)state;
    document_note(&document, "note.one", 2);
    document_note(&document, "note.two", 1);
    document_note(&document, "note.one", 3);
    assert_int_equal(document.notes.count, 2);
    assert_int_equal(document.notes.items[0].number, 5);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_encodings, free_arena),
        cmocka_unit_test_teardown(test_refused, free_arena),
        cmocka_unit_test_teardown(test_origin, free_arena),
        cmocka_unit_test_teardown(test_lines_and_pages, free_arena),
        cmocka_unit_test_teardown(test_position, free_arena),
        cmocka_unit_test_teardown(test_sha256, free_arena),
        cmocka_unit_test_teardown(test_parts, free_arena),
        cmocka_unit_test_teardown(test_readable, free_arena),
        cmocka_unit_test_teardown(test_clauses, free_arena),
        cmocka_unit_test_teardown(test_notes, free_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
