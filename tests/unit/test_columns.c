/* text/columns: pages with two columns side by side, and all that only looks like that. */

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text/columns.h"
#include "text/document.h"
#include "text/repair.h"

static struct arena arena;

static int
free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* Wrapped lines; the first ends in mid-word, the last is short. */
static const char *const left[] = {
    "Il presente contratto regola la fornitu-",
    "ra del servizio di posta elettronica da",
    "parte della societ\xC3\xA0 al cliente, che con la",
    "firma accetta tutte le condizioni qui",
    "riportate e quelle del listino in vigore",
    "al momento dell'ordine, e dichiara di",
    "averne ricevuto copia su un supporto",
    "durevole prima di concludere il con-",
    "tratto. Il cliente comunica alla so-",
    "ciet\xC3\xA0 ogni modifica dei propri dati e ri-",
    "mane il solo responsabile dei ritardi che",
};
static const char *const right[] = {
    "siano dovuti alla mancata comunicazione",
    "dei medesimi. La durata \xC3\xA8 di un anno dal",
    "giorno della attivazione e si rinnova di",
    "anno in anno, salvo disdetta inviata con",
    "un preavviso di trenta giorni rispetto",
    "alla scadenza. La disdetta \xC3\xA8 fatta con",
    "lettera raccomandata oppure con la posta",
    "certificata, e in ogni caso senza alcuna",
    "spesa per il cliente, fatti salvi i costi",
    "che sono indicati nel listino e sono ef-",
    "fettivi.",
};
enum {
    LINES = sizeof left / sizeof *left,
};

struct buffer {
    char data[1 << 16];
    size_t len;
};

static void
add(struct buffer *buffer, const char *text)
{
    size_t len = strlen(text);

    assert_true(buffer->len + len < sizeof buffer->data);
    memcpy(buffer->data + buffer->len, text, len + 1);
    buffer->len += len;
}

/* `width` in code points. */
static void
add_padded(struct buffer *buffer, const char *text, size_t width)
{
    size_t points = 0;

    for (const char *c = text; *c; c++)
        points += ((unsigned char)*c & 0xC0) != 0x80;
    add(buffer, text);
    for (; points < width; points++)
        add(buffer, " ");
}

/* The two columns, the right one from column `at` on, from line `turn` on from `later` on. */
static void
add_columns(struct buffer *buffer, size_t at, size_t turn, size_t later)
{
    for (size_t i = 0; i < LINES; i++) {
        add_padded(buffer, left[i], i < turn ? at : later);
        add(buffer, right[i]);
        add(buffer, "\n");
    }
}

static void
add_stacked(struct buffer *buffer)
{
    for (size_t i = 0; i < LINES; i++) {
        add(buffer, left[i]);
        add(buffer, "\n");
    }
    for (size_t i = 0; i < LINES; i++) {
        add(buffer, right[i]);
        add(buffer, "\n");
    }
}

static struct str
content(const struct buffer *buffer)
{
    return (struct str){buffer->data, buffer->len};
}

static void
assert_separated(const struct buffer *in, const struct buffer *want)
{
    struct str out;

    assert_true(columns_separate(&arena, content(in), &out));
    assert_str(out, want->data);
}

static void
assert_untouched(struct str text)
{
    struct str out = STR("as it was");

    if (columns_separate(&arena, text, &out))
        print_error("%.*s\n", STR_ARG(out));
    assert_str(out, "as it was");
}

static void
test_plain(void **state)
{
    static const size_t gutters[] = {44, 45, 50, 70};
    struct buffer in, want;

    (void)state;
    for (size_t i = 0; i < sizeof gutters / sizeof *gutters; i++) {
        in.len = want.len = 0;
        add_columns(&in, gutters[i], 0, gutters[i]);
        add_stacked(&want);
        assert_separated(&in, &want);
    }
}

/* The layout moves the right column within the page, so far that no column is free all along. */
static void
test_shifted(void **state)
{
    struct buffer in = {.len = 0}, want = {.len = 0};

    (void)state;
    for (int i = 0; i < 2; i++) {
        add_columns(&in, 44, 0, 44);
        add(&in,
            "Una intestazione che prende tutta la larghezza della pagina, da un lato all'altro\n");
    }
    for (size_t i = 0; i < LINES; i++) {
        add(&in, "                  "); /* the left column reaches to where the right one began */
        add_padded(&in, left[i], 44);
        add(&in, right[i]);
        add(&in, "\n");
    }
    for (int i = 0; i < 2; i++) {
        add_stacked(&want);
        add(&want,
            "Una intestazione che prende tutta la larghezza della pagina, da un lato all'altro\n");
    }
    for (size_t i = 0; i < LINES; i++) {
        add(&want, "                  ");
        add(&want, left[i]);
        add(&want, "\n");
    }
    for (size_t i = 0; i < LINES; i++) {
        add(&want, right[i]);
        add(&want, "\n");
    }
    assert_separated(&in, &want);
    in.len = want.len = 0;
    add_columns(&in, 44, 5, 56);
    add_stacked(&want);
    assert_true(columns_separate(&arena, content(&in), &(struct str){0}));
}

/* Lines of the columns that do not stand at the same height. */
static void
test_offset(void **state)
{
    struct buffer in = {.len = 0}, want = {.len = 0};

    (void)state;
    for (size_t i = 0; i < LINES; i++) {
        if (i > 7) {
            add(&in, left[i]);
            add(&in, "\n");
        }
        add_padded(&in, i > 7 ? "" : left[i], 46);
        add(&in, right[i]);
        add(&in, "\n");
    }
    add_stacked(&want);
    assert_separated(&in, &want);
}

/* Pages, with a header and a footer that stand at one side each, and a last page with one column.
 */
static void
test_pages(void **state)
{
    struct buffer in = {.len = 0}, want = {.len = 0};
    char line[120];

    (void)state;
    for (int page = 1; page <= 3; page++) {
        snprintf(line, sizeof line, "Contratto di posta%60sPagina %d\n\n", "", page);
        add(&in, line);
        add(&want, line);
        add_columns(&in, 45, 0, 45);
        add_stacked(&want);
        snprintf(line, sizeof line, "\n%d\n\f", page);
        add(&in, line);
        add(&want, line);
    }
    for (size_t i = 0; i < LINES; i++) {
        add(&in, left[i]);
        add(&in, "\n");
        add(&want, left[i]);
        add(&want, "\n");
    }
    assert_separated(&in, &want);
}

/* A last page with three lines of the right column follows the pages before. */
static void
test_last_page(void **state)
{
    struct buffer in = {.len = 0}, want = {.len = 0};

    (void)state;
    add_columns(&in, 45, 0, 45);
    add(&in, "\f");
    add_stacked(&want);
    add(&want, "\f");
    for (size_t i = 0; i < 5; i++) {
        add_padded(&in, left[i + 3], i < 3 ? 47 : 0);
        add(&in, i < 3 ? right[i + 5] : "");
        add(&in, "\n");
        add(&want, left[i + 3]);
        add(&want, "\n");
    }
    for (size_t i = 0; i < 3; i++) {
        add(&want, right[i + 5]);
        add(&want, "\n");
    }
    assert_separated(&in, &want);
}

static void
test_three(void **state)
{
    struct buffer in = {.len = 0};
    struct str out;
    size_t at;

    (void)state;
    for (size_t i = 0; i < LINES; i++) {
        add_padded(&in, left[i], 45);
        add_padded(&in, right[i], 45);
        add(&in, left[i]);
        add(&in, "\n");
    }
    assert_true(columns_separate(&arena, content(&in), &out));
    at = str_find(out, STR("che\nsiano dovuti"));
    assert_true(at < out.len);
    assert_true(str_find(out, STR("fettivi.\nIl presente")) < out.len);
}

/* What a reader of the document gets: whole words, no way back to bytes, a note. */
static void
test_document(void **state)
{
    struct buffer in = {.len = 0};
    struct source source = {STR("a.txt"), {in.data, 0}};
    struct document document;
    struct error error;
    struct str read;

    (void)state;
    add_columns(&in, 45, 0, 45);
    add(&in, "\fLetto, approvato e sottoscritto.\n");
    source.bytes.len = in.len;
    assert_true(document_build(&document, &arena, &source, &error));
    assert_int_equal(document.origin_kind, ORIGIN_NONE);
    assert_int_equal(document.notes.count, 1);
    assert_string_equal(document.notes.items[0].message, "note.columns");
    assert_int_equal(document_page(&document, (uint32_t)document.text.len - 2), 2);
    repair_document(&document);
    read = document_readable(&arena, &document, (struct span){0, (uint32_t)document.text.len});
    assert_true(str_find(read, STR("la fornitura del servizio")) < read.len);
    assert_true(str_find(read, STR("dei ritardi che siano dovuti alla")) < read.len);
    assert_true(str_find(read, STR("sono effettivi.")) < read.len);
}

/* --- not columns ------------------------------------------------------------------------------ */

static const char *const others[] = {
    /* prices */
    "Attivazione della linea telefonica             39,00 euro una tantum\n"
    "Canone mensile del servizio di base            24,90 euro al mese\n"
    "Uscita del tecnico senza guasto                60,00 euro a chiamata\n"
    "Invio del conto su carta                       1,50 euro per ogni invio\n"
    "Disattivazione della linea                     28,80 euro una tantum\n"
    "Trasloco della linea                           70,00 euro una tantum\n"
    "Cambio del numero                              12,00 euro una tantum\n"
    "Terminale in comodato                          gratuito\n"
    "Assistenza telefonica                          gratuita\n",
    /* contents */
    "Oggetto del contratto e sue parti         .......................... pagina uno\n"
    "durata del servizio e suo rinnovo         .......................... pagina due\n"
    "recesso del cliente e disdetta            .......................... pagina tre\n"
    "pagamenti e fatture del fornitore         .......................... pagina otto\n"
    "garanzie e responsabilit\xC3\xA0 delle parti     .......................... pagina nove\n"
    "legge e foro di tutte le controversie     .......................... pagina dieci\n"
    "dati personali e loro trattamento         .......................... pagina venti\n"
    "modifiche delle condizioni generali       .......................... pagina trenta\n"
    "comunicazioni fra le parti                .......................... pagina trenta\n",
    /* definitions */
    "Cliente         la persona fisica o giuridica che conclude il presente contratto\n"
    "                per scopi estranei alla propria attivit\xC3\xA0, o anche per questi,\n"
    "                e che ne accetta le condizioni prima della attivazione, con la\n"
    "                firma o con il primo uso del servizio.\n"
    "Servizio        la posta elettronica, l'archivio e la rubrica, come descritti nel\n"
    "                listino e nelle pagine del sito, con le limitazioni che sono\n"
    "                indicate per le singole offerte.\n"
    "Canone          la somma che il cliente paga ogni mese per il servizio, al netto\n"
    "                degli sconti e delle promozioni che siano in corso al momento\n"
    "                dell'ordine.\n",
    /* code */
    "static int                              /* the number of lines that\n"
    "count(const char *s)                    /* the string has */\n"
    "{                                       /* no check */\n"
    "    int n = 0;                          /* result */\n"
    "    for (; *s; s++)                     /* every character */\n"
    "        n += *s == '\\n';                /* one more */\n"
    "    if (n == 0)                         /* no line at all */\n"
    "        n = 1;                          /* but there is one */\n"
    "    return n;                           /* done */\n"
    "}                                       /* end */\n",
    /* addresses, signatures */
    "Spett.le Ditta                                        Milano, 3 maggio 2026\n"
    "Rossi e Figli s.n.c.\n"
    "via Garibaldi 3\n"
    "20121 Milano\n\n"
    "         Il fornitore                                  Il cliente\n"
    "     ____________________                          ____________________\n",
    /* justified with blanks */
    "Il  presente  contratto  regola la fornitura del  servizio di  posta elettronica\n"
    "da parte  della societ\xC3\xA0  al  cliente,  che con  la firma  accetta  le condizioni\n"
    "qui riportate  e  quelle  del  listino  in vigore al  momento dell'ordine,  e di\n"
    "averne  ricevuto  copia  su  un supporto  durevole  prima di concludere il detto\n"
    "contratto. Il cliente  comunica  alla societ\xC3\xA0  ogni modifica dei propri  dati  e\n"
    "rimane  il  solo  responsabile dei  ritardi  che  siano  dovuti  alla  detta sua\n"
    "mancata  comunicazione  dei  medesimi.  La  durata  \xC3\xA8  di un  anno  dal  giorno\n"
    "della attivazione e  si  rinnova  di  anno in  anno,  salvo la disdetta  inviata\n"
    "con  un preavviso di  trenta giorni  rispetto alla  scadenza. La  disdetta \xC3\xA8 da\n"
    "fare  con  lettera  raccomandata  oppure con  la  posta  certificata, e senza le\n",
    "",
    "\f\f\f",
    "una riga",
};

static void
test_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_untouched(str_of(others[i]));
    for (size_t i = 0; i < LINES; i++)
        assert_untouched(str_of(left[i]));
}

/* A table on a page between pages with columns keeps its rows. */
static void
test_table_between(void **state)
{
    struct buffer in = {.len = 0}, want = {.len = 0};

    (void)state;
    add_columns(&in, 45, 0, 45);
    add_stacked(&want);
    for (int i = 0; i < 3; i++) {
        add(&in, "\f");
        add(&in, others[i]);
        add(&want, "\f");
        add(&want, others[i]);
    }
    assert_separated(&in, &want);
}

/* --- hostile ------------------------------------------------------------------------------------
 */

static double
seconds(struct str text)
{
    clock_t begin = clock();
    struct str out;

    columns_separate(&arena, text, &out);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

static void
test_hostile(void **state)
{
    enum { BYTES = 10 << 20 };
    static const char *const patterns[] = {
        " ",
        "\n",
        "\f",
        "a",
        "a\n",
        " a\f",
        "a  ",
        "\t",
        "parola di testo che va a capo con la       parola di testo che va a capo con la\n",
        "parola di testo che va a capo con la       parola di testo che va a capo con la\n\f",
        "a\na\na\na\na\na\na\naaaaaaaaaaaaaaaaaaa   aaaaaaaaaaaaaaaaaaaaa\n",
        "\xC3\xA8\t\xC3\xA8 \n\t\t\t\t\t\t\t\t\t\xC3\xA8",
    };
    char *text = malloc(BYTES);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        size_t len = strlen(patterns[i]);

        for (size_t at = 0; at < BYTES; at++)
            text[at] = patterns[i][at % len];
        /* Far above what it takes, far below what a quadratic search would. */
        assert_true(seconds((struct str){text, BYTES - BYTES % len}) < 20);
        arena_free(&arena);
    }
    free(text);
}

/* Nothing is lost but blanks, whatever the text. */
static void
test_letters_kept(void **state)
{
    enum { BYTES = 6000, ROUNDS = 300 };
    static const char signs[] = "abc e,. -\t";
    char *text = malloc(BYTES);
    uint32_t random = 1;
    int cut = 0;

    (void)state;
    assert_non_null(text);
    for (int round = 0; round < ROUNDS; round++) {
        struct str out = {text, BYTES};
        uint32_t sums[2] = {0, 0}, gutter = 30 + (uint32_t)round % 40, column = 0;

        for (size_t i = 0; i < BYTES; i++) {
            random = random * 1664525U + 1013904223U;
            text[i] = signs[(random >> 16) % (sizeof signs - 1)];
            if (column >= gutter && column < gutter + 3)
                text[i] = ' ';
            if (column++ > 2 * gutter - (random >> 24) % 16) {
                text[i] = (random >> 20) % 50 ? '\n' : '\f';
                column = 0;
            }
        }
        cut += columns_separate(&arena, (struct str){text, BYTES}, &out);
        for (size_t i = 0; i < BYTES; i++)
            sums[0] += strchr(" \t\n", text[i]) ? 0 : (unsigned char)text[i];
        for (size_t i = 0; i < out.len; i++)
            sums[1] += strchr(" \t\n", out.data[i]) ? 0 : (unsigned char)out.data[i];
        assert_int_equal(sums[0], sums[1]);
        arena_free(&arena);
    }
    assert_true(cut > ROUNDS / 10);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_plain, free_arena),
        cmocka_unit_test_teardown(test_shifted, free_arena),
        cmocka_unit_test_teardown(test_offset, free_arena),
        cmocka_unit_test_teardown(test_pages, free_arena),
        cmocka_unit_test_teardown(test_last_page, free_arena),
        cmocka_unit_test_teardown(test_three, free_arena),
        cmocka_unit_test_teardown(test_document, free_arena),
        cmocka_unit_test_teardown(test_others, free_arena),
        cmocka_unit_test_teardown(test_table_between, free_arena),
        cmocka_unit_test_teardown(test_hostile, free_arena),
        cmocka_unit_test_teardown(test_letters_kept, free_arena),
    };

    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
