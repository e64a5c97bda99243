#include "unit.h"

#include "text_fixture.h"

#include "base/bounds.h"
#include "text/party.h"

/* Who is who: "P name" provider, "U" user, "T" third party, longest name first. */

static struct str
render(struct arena *arena, const struct document *document)
{
    static const char roles[] = "-PUT";
    struct str all = STR("");
    for (uint32_t i = 0; i < document->names.count; i++) {
        const struct party_name *name = &document->names.items[i];
        all = arena_format(arena, "%.*s%s%c %.*s", STR_ARG(all), i > 0 ? "; " : "",
                           roles[name->role], STR_ARG(name->folded));
    }
    return all;
}

static struct document *
parties_of(struct text_fixture *f, const char *language, const char *text)
{
    struct document *document = text_segmented(f, language, text);
    party_document(document, languages_find(&f->languages, str_of(language)));
    return document;
}

struct row {
    const char *language;
    const char *text;
    const char *names;
};

static void
check_rows(struct text_fixture *f, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct document *document = parties_of(f, rows[i].language, rows[i].text);
        assert_str(render(&f->arena, document), rows[i].names);
    }
}

#define CHECK(state, rows) check_rows(*(state), rows, sizeof rows / sizeof *rows)

static void
test_definitions(void **state)
{
    static const struct row rows[] = {
        {"it", /* a company, its short name, the noun and pronoun beside it */
         "Rossi Posta S.p.A., con sede in Roma (di seguito \"Rossi\", \"noi\" o il \"Gestore\"), "
         "offre il servizio.",
         "P rossi posta; P gestore; P rossi; P noi"},
        {"en", "This service is run by Larkmoor Storage Ltd (\"Larkmoor\", \"we\" or \"us\").",
         "P larkmoor storage; P larkmoor; P us; P we"},
        {"it", /* a name in brackets right behind the company */
         "Il servizio è offerto da Gelsi S.r.l. («Portale del Gelso»), Roma.",
         "P portale del gelso; P gelsi"},
        {"it", /* initials */
         "Il servizio è di Nuova Alba Telematica S.p.A., via Roma 1, iscritta al registro delle "
         "imprese di Roma (\"NAT\").",
         "P nuova alba telematica; P nat"},
        {"it", /* terms that are no party are no names */
         "Rossi S.p.A. gestisce il sito rossi.example (il \"Sito\") e i servizi che vi si trovano "
         "(i \"Servizi\").",
         "P rossi"},
        {"it", /* what a term means tells its role */
         "Per \"Titolare di Account\" si intende la persona che ha aperto un account. "
         "\"Inserzione\" "
         "indica l'annuncio. «Abbonato»: il soggetto che paga il canone.",
         "U titolare di account; U abbonato"},
        {"it", /* several names before one meaning */
         "Rossi S.p.A. è il fornitore. Le parole \"noi\", \"nostro\" e \"Rossi Mail\" si "
         "riferiscono a Rossi S.p.A., società con sede a Roma.",
         "P rossi mail; P rossi; P noi"},
        {"en", /* two brackets, two parties */
         "This contract is between Acme Payments Limited (\"AP\") and you (\"Buyer\").",
         "P acme payments; U buyer; P ap"},
        {"it", /* without quotation marks, after the phrase */
         "La Telco Uno S.p.A., di seguito denominata Telco, fornisce l'accesso.",
         "P telco uno; P telco"},
        {"it", /* somebody else's provider */
         "Booking Alfa S.r.l. è un intermediario. Per \"Fornitore di Viaggi\" si intende il "
         "fornitore dell'alloggio.",
         "T fornitore di viaggi; T fornitori di viaggi; P booking alfa"},
        {"en", "Acme Travel Ltd is an agent. \"Trip Provider\" means the owner of a place to stay.",
         "T trip providers; T trip provider; P acme travel"},
        {"it", /* "Banca" is the provider where the contract says so */
         "La Banca Alfa S.p.A. (di seguito \"Banca\") apre un conto al cliente.",
         "P banca; P alfa"},
        {"it", /* a word explained, in small letters */
         "Per \"controllo\" si intende la maggioranza dei voti in assemblea.", ""},
    };
    CHECK(state, rows);
}

static void
test_companies(void **state)
{
    static const struct row rows[] = {
        {"it", /* the first is the provider, one of its name too, others are third */
         "Il servizio è di Rossi S.p.A. e di Rossi Europa S.r.l., Roma. I pagamenti sono gestiti "
         "da "
         "Verdi Pagamenti S.p.A. per tutti.",
         "T verdi pagamenti; P rossi europa; P rossi"},
        {"en", /* words in capitals are no company */
         "THE SERVICE IS PROVIDED AS IS AND LIABILITY IS LIMITED TO THE FEES. You contract with "
         "Larkmoor Storage, Inc.",
         "P larkmoor storage"},
        {"en", "Under Oak Ltd. is the provider here. The store is run by Fruit Inc. alone.",
         "T fruit; P oak"},
        {"it", "La Società Gelsi S.p.A. risponde.", "P gelsi"},
        {"it", "società a responsabilità limitata e spa del nord", ""},
    };
    CHECK(state, rows);
}

/* `sentence` so many times, with a line break behind each. */
static char *
repeat(struct arena *arena, const char *sentence, uint32_t times, const char *tail)
{
    size_t length = strlen(sentence);
    char *text = arena_new(arena, char, length *times + strlen(tail) + 1);
    for (uint32_t i = 0; i < times; i++)
        memcpy(text + length * i, sentence, length);
    memcpy(text + length * times, tail, strlen(tail));
    return text;
}

static void
test_brand(void **state)
{
    static const struct {
        const char *language;
        const char *sentence;
        const char *tail;
        const char *names;
    } rows[] = {
        {"it", "L'Utente accetta che Portalume modifichi il Servizio.\n", "", "P portalume"},
        {"it", "Il Cliente paga con la Carta di Credito.\n", "", ""}, /* capitals, but no name */
        {"it", "Il cliente usa la Bacheca del sito.\n", "", ""},      /* takes an article */
        {"it", "Chi usa Bacheca può scrivere in bacheca.\n", "", ""}, /* a word in small letters */
        {"it", "Se usi il servizio di Alba Brina paghi.\n", "", "P alba brina"}, /* two words */
        {"it", "Il servizio di Alba si collega a Brina.\n", "", ""},             /* two as good */
        {"it", "Il servizio di Alba si collega a Brina.\n", "Brina Srl è il fornitore.\n",
         "P brina"}, /* but one is a company, and named in time */
        {"it", "\"Zeta\" indica il canone e di Zeta parliamo.\n", "",
         ""}, /* a term of the contract */
        {"en", "You use Larkmoor with your Larkmoor account, or Larkmoor alone.\n", "",
         "P larkmoor"},
        {"en", "YOU ACCEPT THE RISKS OF USING IT.\n", "", ""},
        {"it", "Il conto presso la Banca è gratuito.\n", "", "P banca"}, /* nothing else is there */
        {"it", "Il conto di mySaldo è gratuito.\n", "", "P mysaldo"},
    };
    struct text_fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = repeat(&f->arena, rows[i].sentence, 7, rows[i].tail);
        struct document *document = parties_of(f, rows[i].language, text);
        struct str names = render(&f->arena, document);
        if (!str_equal(names, str_of(rows[i].names)))
            print_error("%s", rows[i].sentence);
        assert_str(names, rows[i].names);
    }
    /* Rare names are no brands. */
    char *rare = repeat(&f->arena, "Qui si parla di altro.\n", 20, "Si parla di Portalume.\n");
    assert_int_equal(parties_of(f, "it", rare)->names.count, 0);
}

static void
test_places_and_conflicts(void **state)
{
    struct text_fixture *f = *state;
    const char *text = "Rossi S.p.A. (di seguito «Gestore») offre il servizio. Il cliente (di "
                       "seguito «Utente») paga.";
    struct document *document = parties_of(f, "it", text);
    assert_int_equal(document->names.count, 3);
    for (uint32_t i = 0; i < document->names.count; i++) {
        const struct party_name *name = &document->names.items[i];
        struct str source = str_span(document->text, name->defined);
        assert_true(source.len > 0);
        assert_true(str_find(source, STR("(")) == source.len);
        assert_int_equal(name->words, 1);
    }
    assert_int_equal(document->notes.count, 0);

    document = parties_of(f, "it",
                          "Rossi S.p.A. (di seguito «Titolare») offre il servizio. «Titolare»: la "
                          "persona che lo usa.");
    assert_int_equal(document->notes.count, 1);
    assert_string_equal(document->notes.items[0].message, "note.party-conflict");
}

/* Many definitions, and texts made to confuse. */
static void
test_hostile_texts(void **state)
{
    static const char *const bits[] = {"(\"A\", ",    "\"Nome ",
                                       "S.p.A. ",     "di seguito ",
                                       "«X» indica ", "(di seguito «Uno» o «Due», «Tre») ",
                                       "Rossi ",      "l'«"};
    struct text_fixture *f = *state;
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
        struct arena_mark mark = arena_mark(&f->arena);
        struct document *document = parties_of(f, "it", repeat(&f->arena, bits[i], 5000, "x"));
        assert_true(document->names.count <= BOUND_PARTY_NAMES);
        arena_reset(&f->arena, mark);
    }
    char text[40 * 300] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < 200; i++)
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "La Ditta%c%c S.p.A. (\"Ditta%c%c\").\n", 'a' + (int)(i / 20),
                                   'a' + (int)(i % 20), 'a' + (int)(i / 20), 'a' + (int)(i % 20));
    struct document *document = parties_of(f, "it", text);
    assert_int_equal(document->names.count, BOUND_PARTY_NAMES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_definitions),   cmocka_unit_test(test_companies),
        cmocka_unit_test(test_brand),         cmocka_unit_test(test_places_and_conflicts),
        cmocka_unit_test(test_hostile_texts),
    };
    return cmocka_run_group_tests(tests, text_set_up, text_tear_down);
}
