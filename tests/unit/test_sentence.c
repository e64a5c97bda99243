#include "unit.h"

#include "text_fixture.h"

#include "base/bounds.h"
#include "base/utf8.h"
#include "text/segment_label.h"

/* Where sentences end, what labels look like, and what holds for any text at all. */

struct row {
    const char *language;
    const char *text;
    const char *parts; /* joined by " | " */
};

static void
test_sentences(void **state)
{
    static const struct row rows[] = {
        {"it", "Il contratto dura un anno. Il Cliente paga! E poi? Nulla.",
         "Il contratto dura un anno. | Il Cliente paga! | E poi? | Nulla."},
        {"it", "Si applica l'art. 4 del d.lgs. 206/2005, cfr. n. 3. Il resto segue.",
         "Si applica l'art. 4 del d.lgs. 206/2005, cfr. n. 3. | Il resto segue."},
        {"it", "La Rossi S.p.A. Europa risponde. La Rossi S.p.A. Il Cliente paga.",
         "La Rossi S.p.A. Europa risponde. | La Rossi S.p.A. | Il Cliente paga."},
        {"it", "Il sig. G. Bianchi firma il modulo. Firma qui.",
         "Il sig. G. Bianchi firma il modulo. | Firma qui."},
        {"it", "Costa 3.000 euro (IVA incl. Il resto è gratis) al mese. Poi cala.",
         "Costa 3.000 euro (IVA incl. Il resto è gratis) al mese. | Poi cala."},
        {"it", "Foto, video, ecc. L'Utente li carica. Foto, ecc. caricate.",
         "Foto, video, ecc. | L'Utente li carica. | Foto, ecc. caricate."},
        {"it", "Disse: «Pago io.» Poi uscì. \"Sito\" indica la pagina.",
         "Disse: «Pago io.» | Poi uscì. | \"Sito\" indica la pagina."},
        {"it", "Paga entro il 2025. Dopo scade. Il termine è di 30 giorni. 5 giorni bastano.",
         "Paga entro il 2025. | Dopo scade. | Il termine è di 30 giorni. | 5 giorni bastano."},
        {"it", "Attendere... Il servizio parte. Attendere... 3 minuti.",
         "Attendere... | Il servizio parte. | Attendere... 3 minuti."},
        {"it", "Vedi www.sito.example. (segue sotto) ed e-mail a b@c.example. Fine.",
         "Vedi www.sito.example. (segue sotto) ed e-mail a b@c.example. | Fine."},
        {"it", "Prima frase.\u00a0Seconda frase.", "Prima frase. | Seconda frase."},
        {"en", "Google-like firms, e.g. Acme Inc. (the \"Firm\"), pay. They do.",
         "Google-like firms, e.g. Acme Inc. (the \"Firm\"), pay. | They do."},
        {"en", "You contract with Acme Inc. These terms apply. U.S. law governs.",
         "You contract with Acme Inc. | These terms apply. | U.S. law governs."},
        {"en", "See No. 5 and Sec. 3 above. It ends at 5 p.m. The shop closes.",
         "See No. 5 and Sec. 3 above. | It ends at 5 p.m. | The shop closes."},
        {"en", "We pay; you get. Nothing; else counts", "We pay; you get. | Nothing; else counts"},
    };
    struct text_fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct document *document = text_segmented(f, rows[i].language, rows[i].text);
        struct str all = STR("");
        for (uint32_t u = 0; u < document->units.count; u++) {
            struct span span = document->units.items[u].span;
            all = arena_format(&f->arena, "%.*s%s%.*s", STR_ARG(all), u > 0 ? " | " : "",
                               (int)span_len(span), document->text.data + span.begin);
        }
        assert_str(all, rows[i].parts);
    }
}

static void
test_labels(void **state)
{
    static const struct {
        const char *text;
        enum label_kind kind;
        const char *path;
        const char *behind;
    } rows[] = {
        {"1. Oggetto", LABEL_NUMBER, "1", "Oggetto"},
        {"1) Oggetto", LABEL_NUMBER, "1", "Oggetto"},
        {"6.1 Sospensione", LABEL_NUMBER, "6.1", "Sospensione"},
        {"6.1.2. Il Gestore", LABEL_NUMBER, "6.1.2", "Il Gestore"},
        {"6.1Il Gestore", LABEL_NUMBER, "6.1", "Il Gestore"},
        {"7 - Foro", LABEL_NUMBER, "7", "Foro"},
        {"1.2.3.4.5.6.7.8.9.10 Testo", LABEL_NUMBER, "1.2.3.4.5.6.7.8", "Testo"},
        {"A.3 Annesso", LABEL_NUMBER, "A.3", "Annesso"},
        {"Art. 5 Recesso", LABEL_ARTICLE, "5", "Recesso"},
        {"ART.5 – Recesso", LABEL_ARTICLE, "5", "Recesso"},
        {"Articolo 5 - Recesso", LABEL_ARTICLE, "5", "Recesso"},
        {"Articolo IV", LABEL_ARTICLE, "IV", ""},
        {"Sezione 3.2: Foro", LABEL_ARTICLE, "3.2", "Foro"},
        {"\u00a7 5 Foro", LABEL_ARTICLE, "5", "Foro"},
        {"Allegato A - Prezzi", LABEL_PART, "A", "Prezzi"},
        {"TITOLO II NORME", LABEL_PART, "II", "NORME"},
        {"a) danni", LABEL_LETTER, "a", "danni"},
        {"(a) danni", LABEL_LETTER, "a", "danni"},
        {"lett. b) danni", LABEL_LETTER, "b", "danni"},
        {"(iv) danni", LABEL_LETTER, "iv", "danni"},
        {"ii. danni", LABEL_LETTER, "ii", "danni"},
        {"B. Recesso", LABEL_LETTER, "B", "Recesso"},
        {"\u2022 danni", LABEL_BULLET, NULL, "danni"},
        {"- danni", LABEL_BULLET, NULL, "danni"},
        {"\u2013 danni", LABEL_BULLET, NULL, "danni"},
        {"* danni", LABEL_BULLET, NULL, "danni"},
        {"o\tdanni", LABEL_BULLET, NULL, "danni"},
        {"o in altro modo", LABEL_NONE, NULL, NULL},
        {"12.5% di sconto", LABEL_NONE, NULL, NULL},
        {"2021-01-23", LABEL_NONE, NULL, NULL},
        {"30.04.2022 entra", LABEL_NONE, NULL, NULL},
        {"10.000 euro", LABEL_NONE, NULL, NULL},
        {"2025 Il testo", LABEL_NONE, NULL, NULL},
        {"Articolo 5 si applica", LABEL_NONE, NULL, NULL},
        {"l'articolo 5", LABEL_NONE, NULL, NULL},
        {"e il resto", LABEL_NONE, NULL, NULL},
        {"Il. danni", LABEL_NONE, NULL, NULL},
        {"**grassetto**", LABEL_NONE, NULL, NULL},
        {"- 3 -", LABEL_NONE, NULL, NULL},
        {"(IVA inclusa)", LABEL_NONE, NULL, NULL},
    };
    struct text_fixture *f = *state;
    const struct language *italian = languages_find(&f->languages, STR("it"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str text = str_of(rows[i].text);
        struct label label;
        label_parse(text, 0, (uint32_t)text.len, italian, &label);
        if (label.kind != rows[i].kind)
            print_error("%s\n", rows[i].text);
        assert_int_equal(label.kind, rows[i].kind);
        if (rows[i].path)
            assert_str(label_path(&f->arena, text, &label), rows[i].path);
        if (rows[i].behind)
            assert_str(str_slice(text, label.text, text.len), rows[i].behind);
    }
}

/* --- any text ----------------------------------------------------------------------------- */

static bool
is_boundary(struct str text, uint32_t offset)
{
    return offset == text.len || ((unsigned char)text.data[offset] & 0xC0) != 0x80;
}

/* Is the byte inside a cut? */
static bool
is_cut(const struct document *document, uint32_t offset)
{
    for (uint32_t i = 0; i < document->edits.count; i++) {
        const struct edit *edit = &document->edits.items[i];
        if (edit->kind == EDIT_CUT && edit->span.begin <= offset && offset < edit->span.end)
            return true;
    }
    return false;
}

static void
check_span(const struct document *document, struct span span)
{
    assert_true(span.begin < span.end);
    assert_true(span.end <= document->text.len);
    assert_true(is_boundary(document->text, span.begin));
    assert_true(is_boundary(document->text, span.end));
}

static void
check_units(const struct document *document)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < document->units.count; i++) {
        const struct unit *unit = &document->units.items[i];
        check_span(document, unit->span);
        assert_true(unit->span.begin >= end);
        end = unit->span.end;
        assert_true(unit->piece_count >= 1);
        assert_true(unit->piece_count <= BOUND_LEADIN_LEVELS + 1);
        for (uint32_t p = 0; p < unit->piece_count; p++) {
            struct span piece = document->pieces.items[unit->first_piece + p];
            check_span(document, piece);
            bool own = p + 1 == unit->piece_count;
            assert_true(own ? span_contains(unit->span, piece)
                            : piece.end <= unit->span.begin &&
                                  span_len(piece) <= BOUND_LEADIN_BYTES);
        }
        const struct clause *clause = &document->clauses.items[unit->clause];
        assert_true(i >= clause->first_unit && i < clause->first_unit + clause->unit_count);
        assert_true(span_contains(clause->span, unit->span));
    }
}

/* Every visible, uncut byte lies in a unit; clauses and headings are in order. */
static void
check_document(const struct document *document)
{
    check_units(document);
    uint32_t unit = 0, next_unit = 0;
    for (size_t at = 0; at < document->text.len;) {
        uint32_t offset = (uint32_t)at;
        uint32_t code_point = utf8_next(document->text, &at);
        while (unit < document->units.count && document->units.items[unit].span.end <= offset)
            unit++;
        bool held =
            unit < document->units.count && document->units.items[unit].span.begin <= offset;
        bool blank = code_point != UTF8_BAD && utf8_is_blank(code_point);
        assert_true(held || blank || is_cut(document, offset));
    }
    for (uint32_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.items[i];
        assert_int_equal(clause->first_unit, next_unit);
        assert_true(clause->unit_count > 0);
        next_unit += clause->unit_count;
        assert_true(clause->heading < (int32_t)document->headings.count);
    }
    assert_int_equal(next_unit, document->units.count);
    for (uint32_t i = 0; i < document->headings.count; i++) {
        const struct heading *heading = &document->headings.items[i];
        assert_true(heading->parent < (int32_t)i);
        assert_true(heading->first_clause < heading->end_clause);
        assert_true(heading->end_clause <= document->clauses.count);
        assert_int_equal(document->units.items[heading->unit].kind, UNIT_HEADING);
        assert_int_equal(document->units.items[heading->unit].clause, heading->first_clause);
        if (heading->parent >= 0) {
            const struct heading *parent = &document->headings.items[heading->parent];
            assert_true(parent->level < heading->level);
            assert_true(heading->end_clause <= parent->end_clause);
        }
    }
}

static uint32_t
random_next(uint64_t *random, uint32_t below)
{
    *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*random >> 33) % below;
}

static const char *const bits[] = {
    "Il Gestore ",
    "non risponde ",
    "di",
    "per: ",
    "danni",
    ". ",
    "; ",
    ", ",
    ":\n",
    "\n",
    "\n\n",
    "a) ",
    "(b) ",
    "(ii) ",
    "iii. ",
    "1. ",
    "6.1 ",
    "6.1.2 ",
    "12) ",
    "Art. 5 - ",
    "Articolo 12\n",
    "PARTE II\n",
    "§ 3 ",
    "• ",
    "- ",
    "o  ",
    "A. ",
    "TITOLO ",
    "RECESSO\n",
    "(",
    ")",
    "«",
    "»",
    "\"",
    "“",
    "”",
    "è",
    "à",
    "S.p.A. ",
    "Inc. (",
    "ecc. ",
    "3.000 ",
    "....... 7",
    "____",
    "?",
    "!",
    "…",
    "\t",
    "    ",
    "\r\n",
    "\f",
    "\xc2\xa0",
    "\xef\xbf\xbd",
    "漢字",
    "\xcc\x80",
    "e/o\n",
    "; e\n",
    "si intende",
    "artt. 1341 e 1342 c.c. approva specificamente le clausole: ",
    "da 3 a 7 ",
    "in tal caso ",
    "4.4.3.\n",
    "\xe2\x80\x8b",
    "1.1.1.1.1.1.1.1.1.1 ",
    "\x01",
};

static void
add_edits(struct document *document, uint64_t *random)
{
    uint32_t at = random_next(random, 40);
    while (at < document->text.len) {
        uint32_t end = at + random_next(random, 6);
        if (end > document->text.len)
            break;
        while (!is_boundary(document->text, at))
            at--;
        while (!is_boundary(document->text, end))
            end++;
        enum edit_kind kind = (enum edit_kind)random_next(random, 2);
        if (at == end)
            kind = EDIT_SPLIT;
        struct edit edit = {{at, end}, kind, 'l'};
        bool blanks = true;
        for (uint32_t i = at; i < end; i++)
            blanks = blanks && (document->text.data[i] == '\n' || document->text.data[i] == ' ');
        if (kind != EDIT_BLANK || blanks)
            array_push(document->arena, &document->edits, edit);
        at = end + 1 + random_next(random, 60);
    }
}

static void
test_any_text(void **state)
{
    struct text_fixture *f = *state;
    uint64_t random = 20240611;
    char text[3000];
    for (uint32_t round = 0; round < 1500; round++) {
        size_t length = 0;
        uint32_t pieces = 1 + random_next(&random, 120);
        for (uint32_t i = 0; i < pieces && length + 100 < sizeof text; i++) {
            const char *bit = bits[random_next(&random, sizeof bits / sizeof *bits)];
            memcpy(text + length, bit, strlen(bit));
            length += strlen(bit);
        }
        text[length++] = 'x'; /* never all blank */
        struct arena_mark mark = arena_mark(&f->arena);
        struct document *document = text_document(f, (struct str){text, length});
        if (round % 3 == 0)
            add_edits(document, &random);
        if (round % 3 == 1)
            repair_document(document);
        segment_document(document, &f->languages.items[round % f->languages.count]);
        check_document(document);
        arena_reset(&f->arena, mark);
    }
}

/* --- bounds ------------------------------------------------------------------------------- */

static struct document *
repeated(struct text_fixture *f, const char *head, const char *bit, uint32_t times,
         const char *tail)
{
    size_t step = strlen(bit), length = strlen(head);
    char *text = arena_new(&f->arena, char, length + step * times + strlen(tail) + 1);
    memcpy(text, head, length);
    for (uint32_t i = 0; i < times; i++, length += step)
        memcpy(text + length, bit, step);
    memcpy(text + length, tail, strlen(tail));
    struct document *document = text_document(f, (struct str){text, length + strlen(tail)});
    segment_document(document, languages_find(&f->languages, STR("it")));
    return document;
}

static void
test_hostile_texts(void **state)
{
    static const struct {
        const char *head, *bit;
        uint32_t times;
        const char *tail;
    } rows[] = {
        {"", "1.", 100000, " Testo"}, {"", "(a) ", 50000, "x"},
        {"", "((((", 50000, "x"},     {"Il Gestore non risponde di:\n", "a) di:\n", 20000, "x"},
        {"", "• di:\n", 30000, "x"},  {"", "1. Titolo\n", 20000, "x"},
        {"", "A. ", 50000, "x"},      {"", ". ", 50000, "x"},
        {"", "\"", 50000, "x"},       {"", "a", 200000, ""},
        {"", "parola ", 60000, "."},  {"Elenco: ", "uno; ", 30000, "x"},
        {"", "x\n", 50000, ""},       {"x", "          ", 30000, "x"},
        {"", "Art. 1\n", 30000, "x"}, {"approva specificamente 1341: ", "1, ", 30000, "x"},
        {"", "Uguale\n", 30000, "x"},
    };
    struct text_fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena_mark mark = arena_mark(&f->arena);
        struct document *document =
            repeated(f, rows[i].head, rows[i].bit, rows[i].times, rows[i].tail);
        check_document(document);
        arena_reset(&f->arena, mark);
    }
}

static bool
has_note(const struct document *document, const char *message)
{
    for (uint32_t i = 0; i < document->notes.count; i++)
        if (strcmp(document->notes.items[i].message, message) == 0)
            return true;
    return false;
}

static void
test_long_sentences(void **state)
{
    struct text_fixture *f = *state;
    struct document *document = repeated(f, "", "parola di troppo, ", 2000, "fine.");
    check_document(document);
    assert_true(has_note(document, "note.long-sentences"));
    assert_true(document->units.count > 2);
    for (uint32_t i = 0; i < document->units.count; i++) {
        struct span span = document->units.items[i].span;
        assert_true(span_len(span) <= BOUND_UNIT_VIEW / 2);
        char last = document->text.data[span.end - 1];
        assert_true(last == ',' || last == '.'); /* cut where a reader would */
    }
}

static void
test_composed_limit(void **state)
{
    struct text_fixture *f = *state;
    const char *head = "Nella misura massima consentita dalla legge il Gestore, i suoi affiliati "
                       "e i loro dipendenti non rispondono in alcun caso, per qualsiasi causa e a "
                       "qualsiasi titolo, dei danni che l'Utente possa subire in seguito a:\n";
    struct document *document = repeated(f, head, "• guasti;\n", 400, "");
    check_document(document);
    assert_true(has_note(document, "note.composed-limit"));
    const struct unit *first = &document->units.items[1];
    const struct unit *last = &document->units.items[document->units.count - 1];
    assert_int_equal(first->piece_count, 2);
    assert_int_equal(last->kind, UNIT_ITEM);
    assert_int_equal(last->piece_count, 1);

    document = repeated(f, "", "parole di troppo ", 60, "quindi:\na) danni.\n");
    check_document(document);
    last = &document->units.items[document->units.count - 1];
    struct span leadin = document->pieces.items[last->first_piece];
    assert_true(span_len(leadin) <= BOUND_LEADIN_BYTES);
    assert_true(span_len(leadin) > BOUND_LEADIN_BYTES - 20);
    assert_int_equal(document->text.data[leadin.begin - 1], ' '); /* at a word */
}

/* A footer in mid-sentence, a soft line break, a hyphen at the end of a line. */
static void
test_edits(void **state)
{
    struct text_fixture *f = *state;
    static const char text[] = "Il Gestore non ri-\nsponde\nPagina 3\ndei danni. Il Cliente paga.\n"
                               "Poi recede.\n";
    struct document *document = text_document(f, STR(text));
    const struct edit edits[] = {
        {{17, 19}, EDIT_CUT, 0}, /* "-\n" */
        {{25, 26}, EDIT_BLANK, 0},
        {{26, 35}, EDIT_CUT, 0}, /* "Pagina 3\n" */
    };
    for (size_t i = 0; i < 3; i++)
        array_push(document->arena, &document->edits, edits[i]);
    segment_document(document, languages_find(&f->languages, STR("it")));
    check_document(document);
    assert_int_equal(document->units.count, 3);
    assert_str(document_readable(&f->arena, document, document->units.items[0].span),
               "Il Gestore non risponde dei danni.");
    assert_str(str_span(document->text, document->units.items[1].span), "Il Cliente paga.");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),      cmocka_unit_test(test_labels),
        cmocka_unit_test(test_any_text),       cmocka_unit_test(test_hostile_texts),
        cmocka_unit_test(test_long_sentences), cmocka_unit_test(test_composed_limit),
        cmocka_unit_test(test_edits),
    };
    return cmocka_run_group_tests(tests, text_set_up, text_tear_down);
}
