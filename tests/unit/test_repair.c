/* text/repair: each kind of edit, on texts small enough to read; and properties of all edits. */

#include "unit.h"

#include "base/utf8.h"
#include "text/repair.h"

static struct arena arena;

static int
free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct document
repaired(struct str raw)
{
    struct source source = {STR("a.txt"), raw};
    struct document document;
    struct error error;

    if (!document_build(&document, &arena, &source, &error))
        fail_msg("%s", error.text);
    repair_document(&document);
    return document;
}

/* The text as the view sees it. */
static struct str
walk(const struct document *document, struct span span)
{
    struct repaired walk = repaired_begin(document, span);
    char *out = arena_new(&arena, char, (size_t)span_len(span) + document->edits.count + 5);
    uint32_t code_point;
    uint32_t offset;
    uint32_t before = span.begin;
    size_t len = 0;

    while (repaired_next(&walk, &code_point, &offset)) {
        assert_true(offset >= before && offset < span.end);
        before = offset;
        len += utf8_put(code_point, out + len);
    }
    return (struct str){out, len};
}

static struct str
walk_all(const struct document *document)
{
    return walk(document, (struct span){0, (uint32_t)document->text.len});
}

/* A break that carries no edit ends a paragraph: the lines of `want` are the paragraphs. */
struct repair_case {
    const char *name;
    const char *text;
    const char *want;
};

static void
check_cases(const struct repair_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct document document = repaired(str_of(cases[i].text));
        struct str got = walk_all(&document);

        if (!str_equal(got, str_of(cases[i].want)))
            fail_msg("%s:\ngot  \"%.*s\"\nwant \"%s\"", cases[i].name, STR_ARG(got), cases[i].want);
    }
}

#define CHECK(cases) check_cases((cases), sizeof(cases) / sizeof *(cases))

static void
test_invisible(void **state)
{
    static const struct repair_case cases[] = {
        {"soft hyphen", "respon\xC2\xADsabile", "responsabile"},
        {"zero-width space", "danni\xE2\x80\x8B.", "danni."},
        {"joiners and marks",
         "a\xE2\x80\x8D"
         "b\xE2\x81\xA0"
         "c\xE2\x80\x8E"
         "d\xEF\xBB\xBF"
         "e",
         "abcde"},
        {"no-break space stays",
         "a\xC2\xA0"
         "b",
         "a\xC2\xA0"
         "b"},
        {"nothing to do", "Il Gestore.\n\nL'Utente.", "Il Gestore.\n\nL'Utente."},
    };

    (void)state;
    CHECK(cases);
}

/* Lines of 60 columns and less, so that the paragraph is told by its width. */
#define WRAPPED                                                                                    \
    "Il presente contratto disciplina la fornitura del servizio,\n"                                \
    "secondo le condizioni che il Cliente dichiara di conoscere\n"                                 \
    "e di accettare in ogni loro parte, e che il Gestore si\n"                                     \
    "impegna a rendere disponibili sul proprio sito.\n"
#define UNWRAPPED                                                                                  \
    "Il presente contratto disciplina la fornitura del servizio, "                                 \
    "secondo le condizioni che il Cliente dichiara di conoscere "                                  \
    "e di accettare in ogni loro parte, e che il Gestore si "                                      \
    "impegna a rendere disponibili sul proprio sito.\n"

static void
test_wrapped(void **state)
{
    static const struct repair_case cases[] = {
        {"a paragraph", WRAPPED, UNWRAPPED},
        {"two, by a blank line", WRAPPED "\n" WRAPPED, UNWRAPPED "\n" UNWRAPPED},
        {"two, by a short last line", WRAPPED WRAPPED, UNWRAPPED UNWRAPPED},
        {"numbered", "1. Oggetto\n" WRAPPED "2. Durata\n" WRAPPED,
         "1. Oggetto\n" UNWRAPPED "2. Durata\n" UNWRAPPED},
        {"numbered behind a full line",
         WRAPPED "Il servizio ha la durata indicata nel modulo di richiesta\n"
                 "6.1 Il Cliente paga il canone.\n",
         UNWRAPPED "Il servizio ha la durata indicata nel modulo di richiesta\n"
                   "6.1 Il Cliente paga il canone.\n"},
        {"a reference is no label",
         WRAPPED "Il canone si paga entro i termini previsti dall'articolo\n"
                 "6.1 del presente contratto, salvo diverso accordo.\n",
         UNWRAPPED "Il canone si paga entro i termini previsti dall'articolo "
                   "6.1 del presente contratto, salvo diverso accordo.\n"},
        {"nor behind an abbreviation",
         WRAPPED "Il Cliente paga il canone entro i termini di cui all'art.\n"
                 "6 del presente contratto, salvo diverso accordo.\n",
         UNWRAPPED "Il Cliente paga il canone entro i termini di cui all'art. "
                   "6 del presente contratto, salvo diverso accordo.\n"},
        {"a list", WRAPPED "Il Cliente si impegna a:\na) pagare il canone;\nb) restituire.\n",
         UNWRAPPED "Il Cliente si impegna a:\na) pagare il canone;\nb) restituire.\n"},
        {"bullets",
         WRAPPED "Il Cliente si impegna, per tutta la durata del contratto, a\n"
                 "\xE2\x80\xA2 pagare il canone\n\xE2\x80\xA2 restituire gli apparati\n",
         UNWRAPPED "Il Cliente si impegna, per tutta la durata del contratto, a\n"
                   "\xE2\x80\xA2 pagare il canone\n\xE2\x80\xA2 restituire gli apparati\n"},
        {"an article", WRAPPED "Art. 5\nRecesso\n" WRAPPED,
         UNWRAPPED "Art. 5\nRecesso\n" UNWRAPPED},
        {"capitals above a paragraph", WRAPPED "RECESSO E DISDETTA\n" WRAPPED,
         UNWRAPPED "RECESSO E DISDETTA\n" UNWRAPPED},
        {"a paragraph of capitals",
         WRAPPED "\nIL GESTORE NON RISPONDE IN ALCUN CASO DEI DANNI\n"
                 "INDIRETTI CHE IL CLIENTE DOVESSE SUBIRE DURANTE\nIL SERVIZIO.\n",
         UNWRAPPED "\nIL GESTORE NON RISPONDE IN ALCUN CASO DEI DANNI "
                   "INDIRETTI CHE IL CLIENTE DOVESSE SUBIRE DURANTE IL SERVIZIO.\n"},
        {"a label on its own line",
         WRAPPED "6.1\nIl Gestore fattura.\n\n\xE2\x80\xA2\n\nIl canone.\n",
         UNWRAPPED "6.1 Il Gestore fattura.\n\n\xE2\x80\xA2 Il canone.\n"},
        {"CRLF",
         "Il Gestore non risponde dei danni che il Cliente subisce\r\n"
         "per effetto di eventi fuori dal suo controllo.\r\n",
         "Il Gestore non risponde dei danni che il Cliente subisce "
         "per effetto di eventi fuori dal suo controllo.\r\n"},
        {"indented",
         "  Il Gestore non risponde dei danni che il Cliente subisce\n"
         "  per effetto di eventi fuori dal suo controllo.\n",
         "  Il Gestore non risponde dei danni che il Cliente subisce "
         "per effetto di eventi fuori dal suo controllo.\n"},
    };

    (void)state;
    CHECK(cases);
}

static void
test_hyphens(void **state)
{
    static const struct repair_case cases[] = {
        {"a parted word",
         WRAPPED "Il Gestore, nei limiti di quanto la legge vuole, \xC3\xA8 re-\nsponsabile.\n",
         UNWRAPPED "Il Gestore, nei limiti di quanto la legge vuole, \xC3\xA8 responsabile.\n"},
        {"even in a short text", "Il Gestore non \xC3\xA8 respon-\nsabile.",
         "Il Gestore non \xC3\xA8 responsabile."},
        {"its own hyphen",
         "La sub-licenza \xC3\xA8 vietata. Il Cliente non concede alcuna sub-\n"
         "licenza.",
         "La sub-licenza \xC3\xA8 vietata. Il Cliente non concede alcuna sub-licenza."},
        {"its own, capital elsewhere",
         "Sub-licenza vietata. Il Cliente non concede alcuna sub-\n"
         "licenza.",
         "Sub-licenza vietata. Il Cliente non concede alcuna sub-licenza."},
        {"not before a capital", "Il Gestore - Telecom-\nItalia - risponde.",
         "Il Gestore - Telecom-\nItalia - risponde."},
        {"a real hyphen character", "Il Gestore non \xC3\xA8 respon\xE2\x80\x90\nsabile.",
         "Il Gestore non \xC3\xA8 responsabile."},
        {"a soft hyphen", "Il Gestore non \xC3\xA8 respon\xC2\xAD\nsabile.",
         "Il Gestore non \xC3\xA8 responsabile."},
        {"an accent before it", "Non vale la propriet\xC3\xA0-\nesclusiva.",
         "Non vale la propriet\xC3\xA0"
         "esclusiva."},
        {"capitals among wrapped lines",
         WRAPPED "NEI LIMITI DELLA LEGGE IL GESTORE NON RISPONDE DI ALCUN DAN-\n"
                 "NO, DIRETTO O INDIRETTO, CHE L'UTENTE ABBIA A SUBIRE PER EF-\n"
                 "FETTO DELLA SOSPENSIONE O DELLA CHIUSURA DEL SERVIZIO, ANCHE\n"
                 "SE NE ERA STATO AVVISATO PRIMA CHE IL FATTO AVVENISSE E POTE-\n"
                 "VA EVITARLO CON LA NORMALE DILIGENZA.\n",
         UNWRAPPED "NEI LIMITI DELLA LEGGE IL GESTORE NON RISPONDE DI ALCUN DANNO, DIRETTO O "
                   "INDIRETTO, CHE L'UTENTE ABBIA A SUBIRE PER EFFETTO DELLA SOSPENSIONE O DELLA "
                   "CHIUSURA DEL SERVIZIO, ANCHE SE NE ERA STATO AVVISATO PRIMA CHE IL FATTO "
                   "AVVENISSE E POTEVA EVITARLO CON LA NORMALE DILIGENZA.\n"},
        {"spaced, under headings with dashes",
         "Articolo 1 - Oggetto\n\nArticolo 2 - Durata\n\nArticolo 3 - Recesso\n\nArticolo 4 - "
         "Foro\n\n"
         "Il Gestore non risponde dei danni, anche indiretti, che l'u -\n"
         "tente abbia a subire per effetto di sospensioni del ser -\n"
         "vizio dovute a cause che non dipendono dalla sua respon -\n"
         "sabilit\xC3\xA0.\n",
         "Articolo 1 - Oggetto\n\nArticolo 2 - Durata\n\nArticolo 3 - Recesso\n\nArticolo 4 - "
         "Foro\n\n"
         "Il Gestore non risponde dei danni, anche indiretti, che l'utente abbia a subire per "
         "effetto di sospensioni del servizio dovute a cause che non dipendono dalla sua "
         "responsabilit\xC3\xA0.\n"},
        {"spaced, as -layout writes",
         "Il Gestore non risponde dei danni, anche indiretti, che l'u -\n"
         "tente abbia a subire per effetto di sospensioni del ser -\n"
         "vizio dovute a cause che non dipendono dalla sua respon -\n"
         "sabilit\xC3\xA0.\n",
         "Il Gestore non risponde dei danni, anche indiretti, che l'utente abbia a subire per "
         "effetto di sospensioni del servizio dovute a cause che non dipendono dalla sua "
         "responsabilit\xC3\xA0.\n"},
        {"a dash at the end",
         WRAPPED "Il servizio - se attivo - e l'assistenza - se richiesta -\n"
                 "sono a carico - del pari - del Cliente.\n",
         UNWRAPPED "Il servizio - se attivo - e l'assistenza - se richiesta - "
                   "sono a carico - del pari - del Cliente.\n"},
    };

    (void)state;
    CHECK(cases);
}

#define HEAD "Alfa S.p.A. - Condizioni\n\n"
#define FOOT(n) "\nPagina " #n " di 3\n\f"

static void
test_pages(void **state)
{
    static const struct repair_case cases[] = {
        {"header and footer in mid-sentence",
         HEAD "Il Gestore non risponde in alcun caso\n" FOOT(1) HEAD
         "dei danni indiretti.\n\nIl Cliente accetta.\n" FOOT(2) HEAD
         "Fine del contratto.\n" FOOT(3),
         "Il Gestore non risponde in alcun caso dei danni indiretti.\n\n"
         "Il Cliente accetta.\nFine del contratto.\n\n\f"},
        {"a word parted by them",
         HEAD "Il Gestore non \xC3\xA8 respon-\n" FOOT(1) HEAD "sabile dei danni.\n" FOOT(2) HEAD
         "Fine.\n" FOOT(3),
         "Il Gestore non \xC3\xA8 responsabile dei danni.\nFine.\n\n\f"},
        {"its own hyphen at the edge",
         HEAD "La sub-licenza no. Nessuna sub-\n" FOOT(1) HEAD "licenza \xC3\xA8 data.\n" FOOT(2)
             HEAD "Fine.\n" FOOT(3),
         "La sub-licenza no. Nessuna sub-licenza \xC3\xA8 data.\nFine.\n\n\f"},
        {"bare page numbers", "Uno.\n1\n\fDue.\n2\n\fTre.\n3\n\f", "Uno.\nDue.\nTre.\n\n\f"},
        {"numbers in dashes, and they begin at five",
         "Uno.\n- 5 -\n\fDue.\n- 6 -\n\fTre.\n- 7 -\n\f", "Uno.\nDue.\nTre.\n\n\f"},
        {"left and right pages differ",
         "Alfa 1\nUno.\n\f2 Beta\nDue.\n\fAlfa 3\nTre.\n\f4 Beta\nQuattro.\n\fAlfa 5\nCinque.\n\f"
         "6 Beta\nSei.\n",
         "Uno.\nDue.\nTre.\nQuattro.\nCinque.\nSei.\n"},
        {"two header lines", "Alfa\nRevisione 4\nUno.\n\fAlfa\nRevisione 4\nDue.\n",
         "Uno.\nDue.\n"},
        {"headings are not numbers of pages",
         "Art. 1\nUno.\n\fArt. 7\nDue.\n\fArt. 9\nTre.\n\fArt. 12\nQuattro.\n",
         "Art. 1\nUno.\n\fArt. 7\nDue.\n\fArt. 9\nTre.\n\fArt. 12\nQuattro.\n"},
        {"bullets are not furniture",
         "\xE2\x80\xA2\nUno.\n\f\xE2\x80\xA2\nDue.\n\f\xE2\x80\xA2\nTre.\n",
         "\xE2\x80\xA2\nUno.\n\f\xE2\x80\xA2\nDue.\n\f\xE2\x80\xA2\nTre.\n"},
        {"repeated behind other text is text",
         "Primo.\nSempre uguale.\nUno.\nx\ny\nz\n\fSecondo.\nSempre uguale.\nDue.\nxa\nya\nza\n\f"
         "Terzo.\nSempre uguale.\nTre.\nxb\nyb\nzb\n",
         "Primo.\nSempre uguale.\nUno.\nx\ny\nz\n\fSecondo.\nSempre uguale.\nDue.\nxa\nya\nza\n\f"
         "Terzo.\nSempre uguale.\nTre.\nxb\nyb\nzb\n"},
        {"a page without furniture, in mid-sentence",
         "Il Gestore non risponde in alcun caso\n\fdei danni indiretti.\n",
         "Il Gestore non risponde in alcun caso dei danni indiretti.\n"},
        {"and at the end of one", "Il Gestore risponde.\n\fIl Cliente paga.\n",
         "Il Gestore risponde.\n\fIl Cliente paga.\n"},
        {"an item begins the page", "Il Cliente deve\n\fa) pagare il canone.\n",
         "Il Cliente deve\n\fa) pagare il canone.\n"},
        {"a heading begins the page", "Il Cliente accetta\n\fArticolo 5\nRecesso.\n",
         "Il Cliente accetta\n\fArticolo 5\nRecesso.\n"},
        {"nothing but furniture is none", "Alfa\n\fAlfa\n\fAlfa\n", "Alfa\n\fAlfa\n\fAlfa\n"},
    };

    (void)state;
    CHECK(cases);
}

static void
test_unwrapped(void **state)
{
    static const char sentences[] =
        "Termini di servizio\n"
        "1. Oggetto\n"
        "Il Gestore fornisce il servizio secondo quanto indicato nella pagina di riepilogo.\n"
        "Il Cliente paga.\n"
        "1.1.\n"
        "Cosa accade in caso di ritardo nel pagamento del canone?\n"
        "Il servizio si sospende\n"
        "senza preavviso, come indicato nella pagina dei prezzi e nelle regole d'uso pre-\n"
        "viste per ciascun servizio.\n"
        "Il Gestore non risponde di:\n"
        "danni indiretti;\n"
        "lucro cessante;\n"
        "perdita di dati.\n"
        "\xE2\x80\xA2\n"
        "Il Cliente pu\xC3\xB2 recedere in ogni momento, anche senza indicarne il motivo.\n"
        "La legge applicabile \xC3\xA8 quella italiana.\n"
        "Il foro competente \xC3\xA8 quello di residenza del Cliente, se consumatore.\n"
        "Per ogni altro caso decide il foro di Roma.\n"
        "Grazie per aver letto.\n";
    struct document document = repaired(STR(sentences));

    (void)state;
    if (document.edits.count)
        fail_msg("%u edits: \"%.*s\"", document.edits.count, STR_ARG(walk_all(&document)));
}

/*
 * Sentences one a line, then a wrapped annex: each is read in its own way.  Where they meet, up to
 * a hundred rows either side may be taken for the other.
 */
static void
test_mixed(void **state)
{
    char *text = arena_new(&arena, char, 100000);
    struct document document;
    struct str got;
    uint32_t breaks = 0;
    size_t len = 0;

    (void)state;
    for (int i = 0; i < 200; i++) {
        len += (size_t)sprintf(text + len, "La frase numero %d finisce qui%.*s.\nsenza maiuscola%s",
                               i, i % 40, ", e poi ancora oltre, come si vede bene",
                               i % 20 ? ".\nAltra frase, questa pi\xC3\xB9 lunga.\n" : ".\n");
        breaks = i < 160 ? (uint32_t)len : breaks;
    }
    for (int i = 0; i < 100; i++)
        len += (size_t)sprintf(text + len, WRAPPED "\n");
    document = repaired((struct str){text, len});
    got = walk(&document, (struct span){0, breaks});
    assert_true(str_equal(got, (struct str){text, breaks}));
    assert_true(document.edits.count >= 75 * 3);
    got = walk(&document, (struct span){(uint32_t)(len - sizeof(WRAPPED "\n") + 1), (uint32_t)len});
    assert_str(got, UNWRAPPED "\n");
}

/* Begins, ends and offsets of the walk over single edits. */
static void
test_walk(void **state)
{
    struct document document = repaired(STR("ab-\ncd ef"));
    struct edit edits[] = {
        {{2, 4}, EDIT_CUT, 0},
        {{5, 5}, EDIT_SPLIT, 0},
        {{6, 7}, EDIT_BLANK, 0},
        {{7, 8}, EDIT_SWAP, 'x'},
    };

    (void)state;
    document.edits.count = 0;
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
        array_push(&arena, &document.edits, edits[i]);
    assert_str(walk_all(&document), "abc d xf");
    assert_str(walk(&document, (struct span){0, 2}), "ab");
    assert_str(walk(&document, (struct span){0, 3}), "ab");
    assert_str(walk(&document, (struct span){3, 5}), "c");
    assert_str(walk(&document, (struct span){4, 6}), "c d");
    assert_str(walk(&document, (struct span){5, 9}), " d xf");
    assert_str(walk(&document, (struct span){7, 9}), "xf");
    assert_str(walk(&document, (struct span){8, 9}), "f");
    assert_str(walk(&document, (struct span){2, 2}), "");
    assert_str(walk(&document, (struct span){9, 9}), "");
}

static uint32_t
random_below(uint64_t *random, uint32_t limit)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return (uint32_t)(*random >> 33) % limit;
}

/* Whatever the text: sorted, apart, on character boundaries, and no letter is lost but at pages. */
static void
check_edits(const struct document *document)
{
    bool pages = document->pages.count > 0;
    uint32_t before = 0;

    for (uint32_t i = 0; i < document->edits.count; i++) {
        const struct edit *edit = &document->edits.items[i];
        struct str inside = str_span(document->text, edit->span);

        assert_true(edit->span.begin >= before && edit->span.begin < edit->span.end);
        assert_true(edit->span.end <= document->text.len);
        before = edit->span.end;
        assert_true(((unsigned char)inside.data[0] & 0xC0) != 0x80);
        for (size_t at = 0; at < inside.len;) {
            uint32_t c = utf8_next(inside, &at);

            assert_true(c != UTF8_BAD);
            assert_false(edit->kind == EDIT_BLANK && !utf8_is_blank(c));
            assert_false(!pages && (utf8_is_letter(c) || utf8_is_digit(c)));
        }
    }
}

static void
test_any_text(void **state)
{
    static const char *const bits[] = {
        "a",
        "il ",
        "Gestore ",
        "-",
        "-\n",
        "\n",
        "\n\n",
        "\f",
        ". ",
        ";\n",
        ":\n",
        "1.",
        "6.1",
        "(a) ",
        "Art. 5",
        "PAGINA ",
        "\t",
        " ",
        "e\xCC\x80",
        "\xC2\xAD",
        "\xC2\xA0",
        "\xE2\x80\x8B",
        "\xE2\x80\xA2",
        "\xE2\x80\x90\n",
        "\xFF",
        "\r\n",
        "\xE2\x82",
        " -\n",
        "Pagina 3 di 8\n",
        "servizio, secondo le condizioni che il Cliente conosce\n",
    };
    static char text[4000];
    uint64_t random = 7;

    (void)state;
    for (int i = 0; i < 4000; i++) {
        struct arena_mark mark = arena_mark(&arena);
        struct source source = {STR("a.txt"), {text, 0}};
        uint32_t count = random_below(&random, 60);
        struct document document;

        for (uint32_t j = 0; j < count; j++) {
            const char *bit = bits[random_below(&random, sizeof bits / sizeof *bits)];

            memcpy(text + source.bytes.len, bit, strlen(bit));
            source.bytes.len += strlen(bit);
        }
        if (document_build(&document, &arena, &source, NULL)) {
            repair_document(&document);
            check_edits(&document);
            walk_all(&document);
        }
        arena_reset(&arena, mark);
    }
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_invisible, free_arena),
        cmocka_unit_test_teardown(test_wrapped, free_arena),
        cmocka_unit_test_teardown(test_hyphens, free_arena),
        cmocka_unit_test_teardown(test_pages, free_arena),
        cmocka_unit_test_teardown(test_unwrapped, free_arena),
        cmocka_unit_test_teardown(test_mixed, free_arena),
        cmocka_unit_test_teardown(test_walk, free_arena),
        cmocka_unit_test_teardown(test_any_text, free_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
