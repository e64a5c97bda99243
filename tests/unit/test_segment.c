#include "unit.h"

#include "text_fixture.h"

/*
 * Headings, clauses, lists and their lead-ins, flags.  Documents are rendered one unit a line:
 * "[6.1] S> text" opens a clause, further units of it are indented; H1 = heading of level 1,
 * I = item "lead-in + item", > = a list hangs from it, j = opens with a joiner.
 */

static struct str
render_unit(struct arena *arena, const struct document *document, uint32_t index)
{
    static const char kinds[] = "SICH";
    const struct unit *unit = &document->units.items[index];
    const struct clause *clause = &document->clauses.items[unit->clause];
    struct str line = STR("    ");
    if (index == clause->first_unit)
        line = arena_format(arena, "[%.*s] ", STR_ARG(clause->path));
    line = arena_format(arena, "%.*s%c", STR_ARG(line), kinds[unit->kind]);
    for (uint32_t h = 0; h < document->headings.count; h++)
        if (document->headings.items[h].unit == index)
            line = arena_format(arena, "%.*s%u", STR_ARG(line),
                                (unsigned)document->headings.items[h].level);
    line = arena_format(arena, "%.*s%s%s", STR_ARG(line), unit->joined ? "j" : "",
                        unit->leadin ? ">" : "");
    if (unit->path.len > 0)
        line = arena_format(arena, "%.*s(%.*s)", STR_ARG(line), STR_ARG(unit->path));
    for (uint32_t p = 0; p < unit->piece_count; p++) {
        struct span piece = document->pieces.items[unit->first_piece + p];
        struct str text = document_readable(arena, document, piece);
        line = arena_format(arena, "%.*s%s%.*s", STR_ARG(line), p > 0 ? " + " : " ", STR_ARG(text));
    }
    return line;
}

static struct str
render(struct arena *arena, const struct document *document)
{
    struct str all = STR("");
    for (uint32_t i = 0; i < document->units.count; i++)
        all = arena_format(arena, "%.*s%.*s\n", STR_ARG(all),
                           STR_ARG(render_unit(arena, document, i)));
    return all;
}

struct row {
    const char *language;
    const char *text;
    const char *units;
};

static void
check_rows(struct text_fixture *f, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct document *document = text_segmented(f, rows[i].language, rows[i].text);
        assert_str(render(&f->arena, document), rows[i].units);
    }
}

#define CHECK(state, rows) check_rows(*(state), rows, sizeof rows / sizeof *rows)

static void
test_clauses_and_headings(void **state)
{
    static const struct row rows[] = {
        {"it", /* one clause a numbered paragraph; others inherit the article */
         "CONDIZIONI GENERALI\n\nArticolo 1 - Oggetto\n\n1.1 Il contratto regola il servizio. Il "
         "prezzo è a parte.\n\nSegue un paragrafo senza numero.\n\n1.2 Il listino è allegato.\n\n"
         "Articolo 2 - Durata\n\nIl contratto dura un anno.\n",
         "[] H1 CONDIZIONI GENERALI\n"
         "[1] H2 Oggetto\n"
         "[1.1] S Il contratto regola il servizio.\n"
         "    S Il prezzo è a parte.\n"
         "[1.1] S Segue un paragrafo senza numero.\n"
         "[1.2] S Il listino è allegato.\n"
         "[2] H2 Durata\n"
         "[2] S Il contratto dura un anno.\n"},
        {"it", /* parts above articles, commas below them, annexes with letters */
         "PARTE I - NORME COMUNI\n\nArt. 1. Recesso\n\n1. Il Cliente può recedere.\n\n2. Il "
         "Gestore "
         "risponde.\n\nPARTE II - ALTRE NORME\n\nArt. 2. Foro\n\n1. È competente il giudice.\n\n"
         "ALLEGATO A\n\nA.1 Il presente allegato integra il contratto.\n",
         "[] H1 NORME COMUNI\n"
         "[1] H2 Recesso\n"
         "[1.1] S Il Cliente può recedere.\n"
         "[1.2] S Il Gestore risponde.\n"
         "[] H1 ALTRE NORME\n"
         "[2] H2 Foro\n"
         "[2.1] S È competente il giudice.\n"
         "[] H1 ALLEGATO A\n"
         "[A.1] S Il presente allegato integra il contratto.\n"},
        {"en", /* depth of numbers is depth of headings */
         "1. Services\n\n1.1 Scope\n\nWe provide the service to you as described here.\n\n1.2 "
         "Limits\n\nYou may not resell it to anybody else at all.\n\n2. Fees\n\nYou pay every "
         "month in advance by card.\n",
         "[1] H1 Services\n"
         "[1.1] H2 Scope\n"
         "[1.1] S We provide the service to you as described here.\n"
         "[1.2] H2 Limits\n"
         "[1.2] S You may not resell it to anybody else at all.\n"
         "[2] H1 Fees\n"
         "[2] S You pay every month in advance by card.\n"},
        {"it", /* a label alone on its line joins the next; an article number joins its title */
         "1.\nScopo del servizio\nIl servizio consente di prenotare un viaggio in tutta Italia.\n"
         "2.\nPrezzi\nI prezzi sono indicati sul sito e comprendono le imposte dovute.\n",
         "[1] H1 Scopo del servizio\n"
         "[1] S Il servizio consente di prenotare un viaggio in tutta Italia.\n"
         "[2] H1 Prezzi\n"
         "[2] S I prezzi sono indicati sul sito e comprendono le imposte dovute.\n"},
        {"it", /* run-in headings where they are the habit */
         "6.1 Sospensione. Il Gestore può sospendere il servizio quando lo ritiene opportuno "
         "per ragioni tecniche.\n\n6.2 Manutenzione. Gli interventi sono annunciati sul sito con "
         "un giorno di anticipo almeno.\n\n6.3 Guasti: I guasti sono riparati entro tre giorni "
         "lavorativi dalla segnalazione del Cliente.\n",
         "[6.1] H1 Sospensione.\n"
         "    S Il Gestore può sospendere il servizio quando lo ritiene opportuno per ragioni "
         "tecniche.\n"
         "[6.2] H1 Manutenzione.\n"
         "    S Gli interventi sono annunciati sul sito con un giorno di anticipo almeno.\n"
         "[6.3] H1 Guasti:\n"
         "    S I guasti sono riparati entro tre giorni lavorativi dalla segnalazione del "
         "Cliente.\n"},
        {"it", /* short sentences are no headings */
         "9.1 Il Gestore non è responsabile.\n\n9.2 L'Utente provvede al backup.\n\n9.3 Nessun "
         "rimborso è dovuto al Cliente in alcun caso dal Gestore del servizio.\n",
         "[9.1] S Il Gestore non è responsabile.\n"
         "[9.2] S L'Utente provvede al backup.\n"
         "[9.3] S Nessun rimborso è dovuto al Cliente in alcun caso dal Gestore del servizio.\n"},
        {"it", /* a label is no sentence */
         "Articolo 5. Il Cliente può recedere in ogni momento e senza spese dal contratto.\n\n"
         "iii. Il Gestore restituisce il canone.\n",
         "[5] S Il Cliente può recedere in ogni momento e senza spese dal contratto.\n"
         "[5 lett. iii] S Il Gestore restituisce il canone.\n"},
        {"en", /* questions as headings, addresses are none */
         "How can I leave?\n\nYou can close your account at any time in the settings page.\n\n"
         "Write to us at:\n\nLarkmoor Storage\n\n9 Cooper's Landing, 40177 Harrow\n\n"
         "help@larkmoor.example\n",
         "[] H1 How can I leave?\n"
         "[] S You can close your account at any time in the settings page.\n"
         "[] S> Write to us at:\n"
         "    I Write to us at: + Larkmoor Storage\n"
         "    I Write to us at: + 9 Cooper's Landing, 40177 Harrow\n"
         "    I Write to us at: + help@larkmoor.example\n"},
    };
    CHECK(state, rows);
}

static void
test_lists_by_labels(void **state)
{
    static const struct row rows[] = {
        {"it", /* letters, nested Roman numbers, back to letters, one clause */
         "9.3 Il Gestore non risponde di:\n\na) danni indiretti;\n\nb) accessi abusivi, e in "
         "particolare:\n\ni. intrusioni;\n\nii. furti di dati;\n\nc) perdita di dati.\n\n"
         "9.4 Il Cliente risponde.\n",
         "[9.3] S> Il Gestore non risponde di:\n"
         "    I(9.3 lett. a) Il Gestore non risponde di: + danni indiretti;\n"
         "    I>(9.3 lett. b) Il Gestore non risponde di: + accessi abusivi, e in particolare:\n"
         "    I(9.3 lett. b lett. i) Il Gestore non risponde di: + accessi abusivi, e in "
         "particolare: + intrusioni;\n"
         "    I(9.3 lett. b lett. ii) Il Gestore non risponde di: + accessi abusivi, e in "
         "particolare: + furti di dati;\n"
         "    I(9.3 lett. c) Il Gestore non risponde di: + perdita di dati.\n"
         "[9.4] S Il Cliente risponde.\n"},
        {"en", /* a lead-in without colon; further sentences of an item are plain */
         "4. We are not liable for\n\n(a) lost profits. This holds even if we knew; and\n\n(b) "
         "lost data.\n",
         "[4] S> We are not liable for\n"
         "    I(4(a)) We are not liable for + lost profits.\n"
         "    S This holds even if we knew; and\n"
         "    I(4(b)) We are not liable for + lost data.\n"},
        {"it", /* bullets; a tail in lower case goes on with the sentence */
         "Il Gestore non risponde per:\n\n• guasti;\n\n• ritardi\n\nsalvo il caso di dolo o colpa "
         "grave.\n\nIl Cliente paga.\n",
         "[] S> Il Gestore non risponde per:\n"
         "    I Il Gestore non risponde per: + guasti;\n"
         "    I Il Gestore non risponde per: + ritardi\n"
         "    I Il Gestore non risponde per: + salvo il caso di dolo o colpa grave.\n"
         "[] S Il Cliente paga.\n"},
        {"it", /* from i to l, as Italian counts; a sentence between items */
         "1. Definizioni di servizio:\n\nh) posta;\n\ni) archivio;\n\nl) rubrica.\n",
         "[1] S> Definizioni di servizio:\n"
         "    I(1 lett. h) Definizioni di servizio: + posta;\n"
         "    I(1 lett. i) Definizioni di servizio: + archivio;\n"
         "    I(1 lett. l) Definizioni di servizio: + rubrica.\n"},
        {"it", /* numbers as items, the next article is none */
         "5. Il Cliente si impegna a:\n\n1) pagare;\n\n2) custodire le chiavi.\n\n6. Il Gestore "
         "fornisce il servizio.\n",
         "[5] S> Il Cliente si impegna a:\n"
         "    I(5.1) Il Cliente si impegna a: + pagare;\n"
         "    I(5.2) Il Cliente si impegna a: + custodire le chiavi.\n"
         "[6] S Il Gestore fornisce il servizio.\n"},
        {"it", /* numbered paragraphs that go on with the lead-in */
         "7.1 Il Gestore garantisce che:\n\n7.1.1 userà ogni cura;\n\n7.1.2 rispetterà la "
         "legge.\n\n"
         "7.2 Il Cliente paga il canone ogni mese.\n",
         "[7.1] S> Il Gestore garantisce che:\n"
         "    I(7.1.1) Il Gestore garantisce che: + userà ogni cura;\n"
         "    I(7.1.2) Il Gestore garantisce che: + rispetterà la legge.\n"
         "[7.2] S Il Cliente paga il canone ogni mese.\n"},
        {"en", /* letters without a lead-in are paragraphs of their own */
         "3. Your account\n\n(a) You keep your password secret.\n\n(b) You tell us about misuse.\n",
         "[3] H1 Your account\n"
         "[3(a)] S You keep your password secret.\n"
         "[3(b)] S You tell us about misuse.\n"},
        {"it", /* four levels: the outermost lead-in and the two innermost */
         "2. Sono vietati:\n\na) usi che:\n\ni) danneggiano:\n\n• reti che:\n\n- servono a "
         "tutti.\n",
         "[2] S> Sono vietati:\n"
         "    I>(2 lett. a) Sono vietati: + usi che:\n"
         "    I>(2 lett. a lett. i) Sono vietati: + usi che: + danneggiano:\n"
         "    I> Sono vietati: + usi che: + danneggiano: + reti che:\n"
         "    I Sono vietati: + danneggiano: + reti che: + servono a tutti.\n"},
    };
    CHECK(state, rows);
}

static void
test_lists_by_lines(void **state)
{
    static const struct row rows[] = {
        {"en", /* no labels: small letters until a full stop */
         "By using the service you agree not to:\nharm others;\nsend spam; or\nbreak the law.\nWe "
         "may close your account without notice at any time we like.\n",
         "[] S> By using the service you agree not to:\n"
         "    I By using the service you agree not to: + harm others;\n"
         "    I By using the service you agree not to: + send spam; or\n"
         "    I By using the service you agree not to: + break the law.\n"
         "[] S We may close your account without notice at any time we like.\n"},
        {"it", /* indentation shows the items, and sentences that go on with one */
         "L'Utente accetta di:\n    Non violare la legge.\n    Non usare virus.\nCiò vale anche "
         "per "
         "i programmi scaricati da altri siti della rete.\n    Non disturbare gli altri.\nIl "
         "Gestore "
         "controlla ogni segnalazione ricevuta dagli altri utenti del servizio.\n",
         "[] S> L'Utente accetta di:\n"
         "    I L'Utente accetta di: + Non violare la legge.\n"
         "    I L'Utente accetta di: + Non usare virus.\n"
         "    Sj Ciò vale anche per i programmi scaricati da altri siti della rete.\n"
         "    I L'Utente accetta di: + Non disturbare gli altri.\n"
         "[] S Il Gestore controlla ogni segnalazione ricevuta dagli altri utenti del "
         "servizio.\n"},
        {"it", /* a label left at the end of the line before */
         "4.4.\nLa Società non sarà responsabile per: 4.4.1.\nperdite di reddito; 4.4.2.\nperdite "
         "di "
         "dati.\n5.\nFORO\nPer ogni lite è competente il giudice di Castel Sarmena.\n",
         "[4.4] S> La Società non sarà responsabile per:\n"
         "    I(4.4.1) La Società non sarà responsabile per: + perdite di reddito;\n"
         "    I(4.4.2) La Società non sarà responsabile per: + perdite di dati.\n"
         "[5] H1 FORO\n"
         "[5] S Per ogni lite è competente il giudice di Castel Sarmena.\n"},
        {"it", /* the same behind a no-break blank */
         "4.4.\nLa Società non sarà responsabile per:\xC2\xA0"
         "4.4.1.\nperdite di reddito;\xC2\xA0"
         "4.4.2.\nperdite di dati.\n",
         "[4.4] S> La Società non sarà responsabile per:\n"
         "    I(4.4.1) La Società non sarà responsabile per: + perdite di reddito;\n"
         "    I(4.4.2) La Società non sarà responsabile per: + perdite di dati.\n"},
        {"it", /* a sentence broken behind an abbreviation, in a bracket; a joiner stays */
         "Il fornitore offre alloggi (per es.\nalberghi e ostelli) in tutta Italia.\nTuttavia può "
         "rifiutare una prenotazione.\n",
         "[] S Il fornitore offre alloggi (per es. alberghi e ostelli) in tutta Italia.\n"
         "    Sj Tuttavia può rifiutare una prenotazione.\n"},
        {"it", /* sentences of a numbered paragraph, one a line */
         "3.1 Il canone si paga ogni mese entro il giorno cinque.\nIl ritardo comporta interessi.\n"
         "3.2 La fattura è elettronica e resta nell'area riservata.\n",
         "[3.1] S Il canone si paga ogni mese entro il giorno cinque.\n"
         "    S Il ritardo comporta interessi.\n"
         "[3.2] S La fattura è elettronica e resta nell'area riservata.\n"},
        {"it", /* phrases without a verb, until a sentence comes; the heading behind them */
         "Il Gestore non risponde di:\nPerdita diretta o indiretta di profitti.\nDanni accidentali "
         "o specifici di qualsiasi genere\nderivanti da guasti.\nLa responsabilità è limitata al "
         "canone pagato nell'anno.\n",
         "[] S> Il Gestore non risponde di:\n"
         "    I Il Gestore non risponde di: + Perdita diretta o indiretta di profitti.\n"
         "    I Il Gestore non risponde di: + Danni accidentali o specifici di qualsiasi genere\n"
         "    I Il Gestore non risponde di: + derivanti da guasti.\n"
         "[] S La responsabilità è limitata al canone pagato nell'anno.\n"},
        {"it", /* a letter left behind a conjunction */
         "IL GESTORE NON RISPONDE DI: i. DANNI INDIRETTI O ii.\nPERDITA DI DATI E PROFITTI.\n",
         "[] S> IL GESTORE NON RISPONDE DI:\n"
         "    I IL GESTORE NON RISPONDE DI: + DANNI INDIRETTI O\n"
         "    I IL GESTORE NON RISPONDE DI: + PERDITA DI DATI E PROFITTI.\n"},
        {"en", /* capitals behind a lead-in in small letters are the next heading */
         "Please note the following key points:\nyou pay in advance;\nYOUR CONTENT\nYou keep all "
         "rights in the content that you upload to the service.\n",
         "[] S> Please note the following key points:\n"
         "    I Please note the following key points: + you pay in advance;\n"
         "[] H1 YOUR CONTENT\n"
         "[] S You keep all rights in the content that you upload to the service.\n"},
    };
    CHECK(state, rows);
}

static void
test_lists_inside_paragraphs(void **state)
{
    static const struct row rows[] = {
        {"it",
         "12.1 Il Gestore non risponde di: a) danni indiretti; b) perdite di dati, quali: (i) "
         "file; "
         "(ii) messaggi; c) ritardi. Il Cliente non può agire.\n",
         "[12.1] S> Il Gestore non risponde di:\n"
         "    I(12.1 lett. a) Il Gestore non risponde di: + danni indiretti;\n"
         "    I>(12.1 lett. b) Il Gestore non risponde di: + perdite di dati, quali:\n"
         "    I(12.1 lett. b lett. i) Il Gestore non risponde di: + perdite di dati, quali: + "
         "file;\n"
         "    I(12.1 lett. b lett. ii) Il Gestore non risponde di: + perdite di dati, quali: + "
         "messaggi;\n"
         "    I(12.1 lett. c) Il Gestore non risponde di: + ritardi.\n"
         "    S Il Cliente non può agire.\n"},
        {"it", /* goes on in the next block */
         "8. È vietato: (a) rivendere il servizio;\n\n(b) disturbare gli altri.\n",
         "[8] S> È vietato:\n"
         "    I(8 lett. a) È vietato: + rivendere il servizio;\n"
         "    I(8 lett. b) È vietato: + disturbare gli altri.\n"},
        {"it", /* semicolons behind a colon */
         "Non rispondiamo di: danni diretti; danni indiretti (lucro; interessi); ritardi.\n",
         "[] S> Non rispondiamo di:\n"
         "    I Non rispondiamo di: + danni diretti;\n"
         "    I Non rispondiamo di: + danni indiretti (lucro; interessi);\n"
         "    I Non rispondiamo di: + ritardi.\n"},
        {"it", /* numbers of several levels behind a colon and semicolons */
         "4.4 Il Gestore può: 4.4.1. cambiare il prezzo; 4.4.2. sospendere il servizio; 4.4.3. "
         "recedere.\n\n4.5 Si applicano: art. 3.1; art. 3.2.\n",
         "[4.4] S> Il Gestore può:\n"
         "    I(4.4.1) Il Gestore può: + cambiare il prezzo;\n"
         "    I(4.4.2) Il Gestore può: + sospendere il servizio;\n"
         "    I(4.4.3) Il Gestore può: + recedere.\n"
         "[4.5] S Si applicano: art. 3.1; art. 3.2.\n"},
        {"it", /* references are no list, nor is a short sentence with (a) and (b) */
         "Si applica l'art. 3, lett. a), b) e c). Si può (a) recedere o (b) restare.\n",
         "[] S Si applica l'art. 3, lett. a), b) e c).\n"
         "    S Si può (a) recedere o (b) restare.\n"},
        {"en", /* a long sentence with (i) and (ii) is */
         "You acknowledge and agree that, to the fullest extent that the law of your country "
         "permits and regardless of the cause, neither the provider nor its partners will be "
         "liable (i) for any loss of profits, revenues or savings that you may have expected; "
         "(ii) for any loss or corruption of the files that you keep with us or with others.\n",
         "[] S> You acknowledge and agree that, to the fullest extent that the law of your country "
         "permits and regardless of the cause, neither the provider nor its partners will be "
         "liable\n"
         "    I You acknowledge and agree that, to the fullest extent that the law of your country "
         "permits and regardless of the cause, neither the provider nor its partners will be "
         "liable + for any loss of profits, revenues or savings that you may have expected;\n"
         "    I You acknowledge and agree that, to the fullest extent that the law of your country "
         "permits and regardless of the cause, neither the provider nor its partners will be "
         "liable + for any loss or corruption of the files that you keep with us or with "
         "others.\n"},
    };
    CHECK(state, rows);
}

/* --- flags -------------------------------------------------------------------------------- */

static uint32_t
flags_at(const struct document *document, const char *needle)
{
    uint32_t offset = (uint32_t)str_find(document->text, str_of(needle));
    assert_true(offset < document->text.len);
    return document->clauses.items[document_clause_at(document, offset)].flags;
}

static void
test_contents(void **state)
{
    struct text_fixture *f = *state;
    struct document *document = text_segmented(
        f, "it",
        "INDICE\n\nArticolo 1 - Oggetto ........ 2\n\nArticolo 2 - Recesso ........ 3\n\nArticolo "
        "1 "
        "- Oggetto\n\nIl contratto regola il servizio.\n\nArticolo 2 - Recesso\n\nIl Cliente può "
        "recedere.\n");
    assert_int_equal(flags_at(document, "Oggetto ...") & CLAUSE_CONTENTS, CLAUSE_CONTENTS);
    assert_int_equal(flags_at(document, "Recesso ...") & CLAUSE_CONTENTS, CLAUSE_CONTENTS);
    assert_int_equal(flags_at(document, "Il contratto") & CLAUSE_CONTENTS, 0);
    assert_int_equal(document->headings.count, 2);

    document = text_segmented(
        f, "en",
        "Cloud Terms\nOur service\nYour account\nYour duties\nOur liability\nOur service\nWe keep "
        "your files on our servers as described here.\nYour account\nYou need an account to use "
        "the service at all.\nYour duties\nYou must not break the law while you use it.\nOur "
        "liability\nWe are liable for what we do wrong on purpose.\n");
    assert_int_equal(flags_at(document, "Cloud Terms"), 0);
    assert_int_equal(flags_at(document, "Your duties\nOur"), CLAUSE_CONTENTS);
    assert_int_equal(flags_at(document, "We keep your"), 0);
    assert_int_equal(flags_at(document, "Your account\nYou need"), 0);
}

static void
test_flags(void **state)
{
    struct text_fixture *f = *state;
    struct document *document = text_segmented(
        f, "it",
        "1.1 Ai fini del contratto si intende per:\n\na) «Gestore»: chi offre il servizio;\n\nb) "
        "«Utente»: chi lo usa.\n\n1.2 \"Canone\" indica il prezzo del servizio.\n\n1.3 «Sito»: la "
        "pagina del Gestore. Il Gestore non risponde del Sito.\n\nArticolo 2 - Clausole per "
        "imprese "
        "e professionisti\n\n2.1 Il foro è Milano.\n\nArticolo 3 - Foro\n\n3.1 Se il Cliente è un "
        "consumatore, decide il giudice della sua residenza.\n\n3.2 Se risiedi negli Stati Uniti, "
        "decide un arbitro.\n\n3.4 Per gli utenti non residenti negli Stati Uniti decide il "
        "giudice.\n\n3.3 Il contratto è regolato dalla legge italiana e ciò vale anche "
        "fuori da ogni dubbio se il Cliente è un consumatore.\n\nTesto degli articoli del "
        "codice\n\n"
        "Il patto che esclude la responsabilità è nullo.\n");
    assert_int_equal(flags_at(document, "1.1 Ai"), CLAUSE_DEFINITION);
    assert_int_equal(flags_at(document, "1.2"), CLAUSE_DEFINITION);
    assert_int_equal(flags_at(document, "1.3"), 0); /* says more than what a word means */
    assert_int_equal(flags_at(document, "2.1"), CLAUSE_BUSINESS);
    assert_int_equal(flags_at(document, "3.1"), CLAUSE_CONSUMER);
    assert_int_equal(flags_at(document, "3.2"), CLAUSE_ELSEWHERE);
    assert_int_equal(flags_at(document, "3.4"), 0);
    assert_int_equal(flags_at(document, "3.3"), 0); /* only what opens a clause limits it */
    assert_int_equal(flags_at(document, "Il patto"), CLAUSE_QUOTATION);
    /* lines that stand above the paragraphs of one article, and end there or at the next */
    document = text_segmented(
        f, "en",
        "If you are a resident of the United States\n\n12.1 A dispute goes to a judge.\n\n12.2 The "
        "place is Boston.\n\nIf you live in the European Union\n\n13.1 You may go to any "
        "court.\n\n"
        "If you are a resident of the United States, tell us.\n\nWe keep a list.\n\nThis notice "
        "comes with the library:\n\nThis software is provided by its authors as is.\n");
    assert_int_equal(flags_at(document, "12.1"), CLAUSE_ELSEWHERE);
    assert_int_equal(flags_at(document, "12.2"), CLAUSE_ELSEWHERE);
    assert_int_equal(flags_at(document, "13.1"), 0);
    assert_int_equal(flags_at(document, "We keep"), 0);
    assert_int_equal(flags_at(document, "This software"), CLAUSE_QUOTATION);
    document = text_segmented(f, "it",
                              "Clausole per imprese\n\n5.1 Il foro è Milano.\n\n6.1 "
                              "Il prezzo è fisso.\n");
    assert_int_equal(flags_at(document, "5.1"), CLAUSE_BUSINESS);
    assert_int_equal(flags_at(document, "6.1"), 0);
}

static struct str
approved(struct arena *arena, const struct document *document)
{
    struct str all = STR("");
    for (uint32_t i = 0; i < document->approved.count; i++)
        all = arena_format(arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "",
                           STR_ARG(document->approved.items[i]));
    return all;
}

static void
test_approvals(void **state)
{
    static const struct row rows[] = {
        {"it",
         "Ai sensi degli artt. 1341 e 1342 c.c. il Cliente approva specificamente le clausole: 3 "
         "(Recesso e 30 giorni), 6.1 e 6.2 (Sospensione); 12 lett. b) e c); da 15 a 17; art. 20.\n",
         "3, 6.1, 6.2, 12 lett. b, 12 lett. c, 15, 16, 17, 20"},
        {"it",
         "Il Cliente dichiara di approvare specificamente, ex artt. 1341 e 1342 c.c., gli articoli "
         "4, 5.2 e 9 (Responsabilità limitata a 100 euro).\n",
         "4, 5.2, 9"},
        {"it", /* numbers as list items */
         "20. Il Cliente approva specificamente le clausole seguenti:\n\n3. Recesso;\n\n9. Foro; "
         "e\n\n14.2. Penali.\n",
         "3, 9, 14.2"},
        {"it", "Il Cliente approva espressamente il prezzo del servizio.\n", ""},
        {"en",
         "Pursuant to articles 1341 and 1342 of the civil code the Customer specifically approves "
         "sections 4(b), 7 to 9 and 11.3.\n",
         "4(b), 7, 8, 9, 11.3"},
    };
    struct text_fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct document *document = text_segmented(f, rows[i].language, rows[i].text);
        assert_str(approved(&f->arena, document), rows[i].units);
        assert_int_equal(document->has_approval, rows[i].units[0] != '\0');
        bool flagged = document->clauses.items[document->clauses.count - 1].flags & CLAUSE_APPROVAL;
        assert_int_equal(flagged, document->has_approval);
    }
}

static void
test_sections(void **state)
{
    struct text_fixture *f = *state;
    struct document *document = text_segmented(
        f, "en",
        "PART ONE\n\nPART I - GENERAL\n\n1. Services\n\n1.1 We provide the service.\n\n2. Fees\n\n"
        "2.1 You pay.\n\nPART II - SPECIAL\n\n3. Courts\n\n3.1 The courts decide.\n");
    assert_int_equal(document->headings.count, 6);
    const struct heading *h = document->headings.items;
    assert_int_equal(h[1].parent, -1);
    assert_int_equal(h[2].parent, 1); /* Services stands in Part I */
    assert_int_equal(h[3].parent, 1);
    assert_int_equal(h[5].parent, 4);
    assert_int_equal(h[1].end_clause, h[4].first_clause);
    assert_int_equal(h[2].end_clause, h[3].first_clause);
    assert_int_equal(h[4].end_clause, document->clauses.count);
    const struct clause *last = &document->clauses.items[document->clauses.count - 1];
    assert_int_equal(last->heading, 5);
    assert_str(document_heading_path(&f->arena, document, document->clauses.count - 1),
               "PART II - SPECIAL > 3. Courts");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clauses_and_headings),
        cmocka_unit_test(test_lists_by_labels),
        cmocka_unit_test(test_lists_by_lines),
        cmocka_unit_test(test_lists_inside_paragraphs),
        cmocka_unit_test(test_contents),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_approvals),
        cmocka_unit_test(test_sections),
    };
    return cmocka_run_group_tests(tests, text_set_up, text_tear_down);
}
