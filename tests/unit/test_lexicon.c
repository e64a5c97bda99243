#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/bounds.h"
#include "text/fold.h"
#include "text/lexicon.h"
#include "text/pattern.h"

/* Forms of lemmas and their classes.  Runs in the repository's root: rules/it and rules/en. */

/* A folder with one file, gone after the test. */
struct place {
    struct arena arena;
    char dir[32];
    char path[64];
};

static void
place_open(struct place *place, const char *name, const char *content)
{
    memset(place, 0, sizeof *place);
    strcpy(place->dir, "/tmp/cavillo-test-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    snprintf(place->path, sizeof place->path, "%s/%s", place->dir, name);
    FILE *file = fopen(place->path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void
place_close(struct place *place)
{
    unlink(place->path);
    rmdir(place->dir);
    arena_free(&place->arena);
}

static bool
contains(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

/* The classes of a word, through its signature. */
static uint32_t
find(struct lexicon *lexicon, struct str word, const class_id **classes)
{
    uint32_t count;
    assert_true(lexicon_seal(lexicon));
    *classes = lexicon_classes(lexicon, lexicon_signature(lexicon, word), &count);
    return count;
}

/* --- classes ---------------------------------------------------------------------------------- */

static void
test_classes(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error error;
    struct lexicon *lexicon = lexicon_open(&arena, NULL, "nowhere", STR("none"), &error);
    assert_non_null(lexicon);
    class_id first = lexicon_class(lexicon);
    class_id second = lexicon_class(lexicon);
    assert_int_equal(first, SPAN_CLASSES); /* the ids below belong to spans */
    assert_int_equal(second, SPAN_CLASSES + 1);
    lexicon_add_word(lexicon, first, STR("danno"));
    lexicon_add_word(lexicon, first, STR("danno"));
    lexicon_add_word(lexicon, second, STR("danno,")); /* outer punctuation is off */
    lexicon_add_word(lexicon, second, STR("e_"));
    lexicon_add_word(lexicon, second, STR("..."));

    const class_id *classes;
    uint32_t count = find(lexicon, STR("danno"), &classes);
    assert_int_equal(count, 2);
    assert_int_equal(classes[0], first);
    assert_int_equal(classes[1], second);
    count = find(lexicon, STR("e"), &classes);
    assert_int_equal(count, 0);
    count = find(lexicon, STR(""), &classes);
    assert_int_equal(count, 0);

    const signature *ids = lexicon_signatures(lexicon, second, &count);
    assert_int_equal(count, 2); /* "danno" is also in the first class, "e_" is not */
    assert_true(ids[0] >= SPAN_CLASSES && ids[0] < ids[1]);
    lexicon_signatures(lexicon, 4000, &count);
    assert_int_equal(count, 0);
    lexicon_close(lexicon);
    arena_free(&arena);
}

static void
test_growth(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error error;
    struct lexicon *lexicon = lexicon_open(&arena, NULL, "nowhere", STR("none"), &error);
    class_id class = lexicon_class(lexicon);
    for (unsigned i = 0; i < 20000; i++)
        lexicon_add_word(lexicon, class, arena_format(&arena, "w%u", i));
    assert_true(lexicon_seal(lexicon));
    for (unsigned i = 0; i < 20000; i++) {
        uint32_t count;
        signature id = lexicon_signature(lexicon, arena_format(&arena, "w%u", i));
        const class_id *classes = lexicon_classes(lexicon, id, &count);
        assert_int_equal(count, 1);
        assert_int_equal(classes[0], class);
    }
    arena_free(&arena);
}

/* A stem gives its classes to every word that begins so; a word in both ways has each once. */
static void
test_stems(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error error;
    struct lexicon *lexicon = lexicon_open(&arena, NULL, "nowhere", STR("none"), &error);
    class_id first = lexicon_class(lexicon), second = lexicon_class(lexicon);
    const class_id *classes;
    lexicon_add_word(lexicon, first, STR("respons*"));
    lexicon_add_word(lexicon, first, STR("responsabile"));
    lexicon_add_word(lexicon, second, STR("re*"));
    assert_int_equal(find(lexicon, STR("responsabile"), &classes), 2);
    assert_int_equal(find(lexicon, STR("respons"), &classes), 2);
    assert_int_equal(find(lexicon, STR("respon"), &classes), 1);
    assert_int_equal(classes[0], second);
    assert_int_equal(find(lexicon, STR("re"), &classes), 1);
    assert_int_equal(find(lexicon, STR("r"), &classes), 0);
    assert_int_equal(find(lexicon, STR("irresponsabile"), &classes), 0);
    arena_free(&arena);
}

static void
test_limits(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error error;
    struct lexicon *lexicon = lexicon_open(&arena, NULL, "nowhere", STR("none"), &error);
    class_id class;
    for (uint32_t i = 0; (class = lexicon_class(lexicon)) != CLASS_NONE; i++) {
        lexicon_add_word(lexicon, class, STR("busy"));
        lexicon_add_word(lexicon, class, arena_format(&arena, "w%u", i));
        if (i == 100)
            assert_true(lexicon_seal(lexicon));
    }
    assert_false(lexicon_seal(lexicon)); /* "busy" makes one kind of word too many */
    assert_int_equal(lexicon_class(lexicon), CLASS_NONE);
    lexicon_add_word(lexicon, CLASS_NONE, STR("lost")); /* no crash */
    arena_free(&arena);
}

/* --- form tables ------------------------------------------------------------------------------ */

static void
test_table(void **state)
{
    (void)state;
    struct place place;
    struct error error = {""};
    uint32_t count;
    place_open(&place, "forms", LEXICON_FORMS_HEAD "essere\tessere e_ sono\nsocieta\tsocieta\n");
    struct lexicon *lexicon =
        lexicon_open(&place.arena, place.path, place.dir, STR("it_IT"), &error);
    assert_non_null(lexicon);
    class_id class = lexicon_class(lexicon);
    assert_true(lexicon_add_lemma(lexicon, class, STR("essere"), &error));
    assert_true(lexicon_add_lemma(lexicon, class, STR("SOCIETÀ"), &error));
    const class_id *classes;
    count = find(lexicon, STR("e_"), &classes);
    assert_int_equal(count, 1);
    count = find(lexicon, STR("societa"), &classes);
    assert_int_equal(count, 1);
    /* Not in the table, and the dictionary has no forms.xml here. */
    assert_false(lexicon_add_lemma(lexicon, class, STR("danno"), &error));
    assert_true(contains(error.text, "{danno}"));
    assert_true(contains(error.text, "forms.xml"));
    lexicon_close(lexicon);
    place_close(&place);
}

static void
test_bad_tables(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        const char *expected;
    } cases[] = {
        {"danno\tdanni\n", "not a form table"},
        {"#cavillo-forms 2\ndanno\tdanni\n", "not a form table"},
        {LEXICON_FORMS_HEAD "danno danni\n", "damaged"},
        {LEXICON_FORMS_HEAD "\tdanni\n", "damaged"},
        {LEXICON_FORMS_HEAD "b\tb\na\ta\n", "unsorted"},
        {LEXICON_FORMS_HEAD "a\ta\na\ta\n", "unsorted"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place place;
        struct error error = {""};
        place_open(&place, "forms", cases[i].content);
        assert_null(lexicon_open(&place.arena, place.path, "nowhere", STR("none"), &error));
        if (!contains(error.text, cases[i].expected))
            fail_msg("%s: %s", cases[i].expected, error.text);
        place_close(&place);
    }
}

static void
test_fallback(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error error = {""};
    struct lexicon *lexicon =
        lexicon_open(&arena, "/nonexistent/forms", "rules/it", STR("it_IT"), &error);
    assert_non_null(lexicon);
    class_id class = lexicon_class(lexicon);
    uint32_t count;
    assert_true(lexicon_add_lemma(lexicon, class, STR("escludere"), &error));
    const class_id *classes;
    count = find(lexicon, STR("escluse"), &classes);
    assert_int_equal(count, 1);
    assert_false(lexicon_add_lemma(lexicon, class, STR("xyzzyre"), &error));
    assert_true(contains(error.text, "no dictionary knows the lemma {xyzzyre}"));
    lexicon_close(lexicon);
    arena_free(&arena);
}

/* --- expansion -------------------------------------------------------------------------------- */

struct lemma_forms {
    const char *lemma;
    const char *forms;
};

/* Forms as contracts use them, written by hand. */
static const struct lemma_forms italian[] = {
    {"essere", "è sono sia siano sarà saranno era erano fosse fossero essendo stato stata stati"
               " state essersi esser sarebbe sarebbero siamo"},
    {"avere", "ha hanno abbia abbiano avrà avranno aveva avesse avessero avendo avuto aver"
              " avrebbe ho hai abbiamo averne"},
    {"potere", "può possono possa possano potrà potranno potrebbe potrebbero potesse potessero"
               " potendo potuto poter puoi possiamo potrai potremo potersi"},
    {"dovere", "deve devono debbono debba debbano dovrà dovranno dovrebbe dovrebbero dovesse"
               " dovessero dovendo dovuto dovuta dovuti dovute dover devi dobbiamo"},
    {"volere", "vuole vogliono voglia vogliano vorrà vorranno volesse volessero volendo vuoi"
               " vogliamo volerlo"},
    {"rispondere", "risponde rispondono risponda rispondano risponderà risponderanno rispose"
                   " risposto risposta rispondendo rispondiamo risponderebbe rispondesse"},
    {"escludere", "esclude escludono escluda escludano escluderà escluso esclusa esclusi escluse"
                  " escludendo escludiamo escludersi escludendosi"},
    {"sospendere", "sospende sospendono sospenda sospendano sospenderà sospeso sospesa sospesi"
                   " sospese sospendendo sospendiamo sospenderne sospendendolo sospenderlo"},
    {"interrompere", "interrompe interrompono interrompa interrompano interromperà interrotto"
                     " interrotta interrotti interrotte interrompendo interruppe interrompersi"},
    {"rimuovere", "rimuove rimuovono rimuova rimuovano rimuoverà rimosso rimossa rimossi rimosse"
                  " rimuovendo rimuoverli rimuoviamo"},
    {"mantenere", "mantiene mantengono mantenga mantengano manterrà manterranno mantenuto"
                  " mantenuta mantenendo mantenne manteniamo mantenersi"},
    {"tenere", "tiene tengono tenga tengano terrà terranno tenuto tenuta tenuti tenute tenendo"
               " tenesse tenerne tieni teniamo"},
    {"porre", "pone pongono ponga pongano porrà porranno posto posta posti poste ponendo ponesse"
              " porsi pose"},
    {"disporre", "dispone dispongono disponga dispongano disporrà disposto disposta disposti"
                 " disposte disponendo disporne"},
    {"imporre", "impone impongono imponga imporrà imposto imposta imposti imposte imponendo"
                " imponesse"},
    {"venire", "viene vengono venga vengano verrà verranno venuto venuta venuti venendo venisse"
               " venissero venne vennero"},
    {"intervenire", "interviene intervengono intervenga interverrà intervenuto intervenuta"
                    " intervenute intervenendo intervenire"},
    {"dare", "dà danno dia diano darà daranno dato data dati date dando desse dessero darne"
             " diamo diede"},
    {"fare", "fa fanno faccia facciano farà faranno fatto fatta fatti fatte facendo facesse"
             " facessero farne farsi farlo fai facciamo"},
    {"dire", "dice dicono dica dicano dirà detto detta detti dette dicendo dirsi dicasi disse"},
    {"andare", "va vanno vada vadano andrà andranno andato andata andando andasse"},
    {"stare", "sta stanno stia stiano starà stato stando"},
    {"sapere", "sa sanno sappia sappiano saprà saputo sapendo sapesse sapeva"},
    {"assumere", "assume assumono assuma assumano assumerà assunto assunta assunti assunte"
                 " assumendo assumersi assumiamo assunse"},
    {"ridurre", "riduce riducono riduca riducano ridurrà ridotto ridotta ridotti ridotte"
                " riducendo ridursi riducesse"},
    {"produrre", "produce producono produca produrrà prodotto prodotta prodotti prodotte"
                 " producendo producesse"},
    {"togliere", "toglie tolgono tolga tolgano toglierà tolto tolta tolti tolte togliendo tolse"},
    {"scegliere", "sceglie scelgono scelga scelgano sceglierà scelto scelta scelti scelte"
                  " scegliendo scegliamo"},
    {"risolvere", "risolve risolvono risolva risolvano risolverà risolto risolta risolti risolte"
                  " risolvendo risolversi risolse risoluto"},
    {"recedere", "recede recedono receda recedano recederà recederanno receduto recedendo"
                 " recedesse recedervi recediamo"},
    {"chiudere", "chiude chiudono chiuda chiudano chiuderà chiuso chiusa chiusi chiuse chiudendo"
                 " chiuderlo"},
    {"concludere", "conclude concludono concluda concludano concluso conclusa conclusi concluse"
                   " concludendo concludersi"},
    {"decidere", "decide decidono decida decidano deciderà deciso decisa decisi decise decidendo"
                 " decidessimo decidiamo"},
    {"chiedere", "chiede chiedono chieda chiedano chiederà chiesto chiesta chiesti chieste"
                 " chiedendo chiese chiedergli chiederle chiederti"},
    {"richiedere", "richiede richiedono richieda richiedano richiesto richiesta richiesti"
                   " richieste richiedendo richiedesse"},
    {"perdere", "perde perdono perda perdano perderà perso persa persi perse perduto perduta"
                " perduti perdendo"},
    {"rendere", "rende rendono renda rendano renderà reso resa resi rese rendendo rendersi"
                " resosi rendesse"},
    {"spendere", "spende spendono spenda speso spesa spesi spese spendendo"},
    {"ammettere", "ammette ammettono ammetta ammettano ammesso ammessa ammessi ammesse"
                  " ammettendo"},
    {"permettere", "permette permettono permetta permettano permesso permessa permetterà"
                   " permettendo permettere"},
    {"trasmettere", "trasmette trasmettono trasmetta trasmesso trasmessa trasmessi trasmesse"
                    " trasmettendo trasmetterli"},
    {"pretendere", "pretende pretendono pretenda preteso pretesa pretese pretendendo pretendere"},
    {"intendere", "intende intendono intenda intendano inteso intesa intesi intese intendendo"
                  " intendersi intendiamo intendesse"},
    {"estendere", "estende estendono estenda esteso estesa estesi estese estendendo estendersi"},
    {"accogliere", "accoglie accolgono accolga accolto accolta accolti accolte accogliendo"},
    {"valere", "vale valgono valga valgano varrà valso valendo valesse valevano"},
    {"apparire", "appare appaiono appaia appaiano apparso apparsa apparve appariva"},
    {"limitare", "limita limitano limiti limitino limiterà limitato limitata limitati limitate"
                 " limitando limitarsi limitiamo limitasse"},
    {"modificare", "modifica modificano modifichi modifichino modificherà modificheranno"
                   " modificato modificata modificati modificate modificando modificarle"
                   " modifichiamo modificasse"},
    {"pagare", "paga pagano paghi paghino pagherà pagheranno pagato pagata pagati pagate pagando"
               " pagasse paghiamo"},
    {"cambiare", "cambia cambiano cambi cambino cambierà cambiato cambiata cambiati cambiando"
                 " cambiamo"},
    {"rinunciare", "rinuncia rinunciano rinunci rinuncino rinuncerà rinunciato rinunciando"
                   " rinunciarvi rinunciamo rinunceranno"},
    {"danneggiare", "danneggia danneggiano danneggi danneggino danneggerà danneggiato"
                    " danneggiata danneggiati danneggiando"},
    {"esigere", "esige esigono esiga esigano esigerà esatto esigendo esigesse"},
    {"garantire", "garantisce garantiscono garantisca garantiscano garantirà garantito garantita"
                  " garantiti garantite garantendo garantiamo garantisse"},
    {"fornire", "fornisce forniscono fornisca forniscano fornirà fornito fornita forniti fornite"
                " fornendo fornirne forniamo fornirgli"},
    {"trasferire", "trasferisce trasferiscono trasferisca trasferirà trasferito trasferiti"
                   " trasferendo trasferirli"},
    {"subire", "subisce subiscono subisca subiscano subirà subito subita subiti subite subendo"
               " subisse"},
    {"eseguire", "esegue eseguono esegua eseguano eseguirà eseguito eseguita eseguendo eseguirsi"},
    {"offrire", "offre offrono offra offrano offrirà offerto offerta offerti offerte offrendo"
                " offriamo"},
    {"riservare", "riserva riservano riservi riservino riserverà riservato riservando riservarsi"
                  " riserviamo riservatosi"},
    {"contrarre", "contrae contraggono contragga contrarrà contratto contratta contraendo"
                  " contrasse"},
    {"attribuire", "attribuisce attribuiscono attribuisca attribuito attribuita attribuiti"
                   " attribuendo attribuirgli"},
    {"costituire", "costituisce costituiscono costituisca costituirà costituito costituita"
                   " costituendo"},
    {"avvalersi", "avvale avvalgono avvalga avvalgano avvarrà avvalso avvalendosi avvalersene"
                  " avvalersi"},
    {"contattare", "contatta contattaci contattarci contattando contattarti contattato"
                   " contatteremo contattateci"},
    {"danno", "danno danni"},
    {"perdita", "perdita perdite"},
    {"responsabile", "responsabile responsabili"},
    {"clausola", "clausola clausole"},
    {"società", "società"},
    {"obbligo", "obbligo obblighi"},
    {"banca", "banca banche"},
    {"minaccia", "minaccia minacce"},
    {"servizio", "servizio servizi"},
    {"economico", "economico economica economici economiche"},
    {"diretto", "diretto diretta diretti dirette"},
    {"indiretto", "indiretto indiretta indiretti indirette"},
    {"professionista", "professionista professionisti professioniste"},
    {"problema", "problema problemi"},
    {"contraente", "contraente contraenti"},
    {"fornitore", "fornitore fornitori fornitrice fornitrici"},
    {"obbligazione", "obbligazione obbligazioni"},
    {"necessario", "necessario necessaria necessari necessarie"},
    {"nuovo", "nuovo nuova nuovi nuove"},
    {"unilaterale", "unilaterale unilaterali"},
    {"comunicazione", "comunicazione comunicazioni"},
    {"alcuno", "alcun alcuno alcuna alcuni alcune"},
};

static const struct lemma_forms english[] = {
    {"be", "am is are was were been being"},
    {"have", "has had having"},
    {"do", "does did done doing"},
    {"will", "would will"},
    {"shall", "shall should"},
    {"may", "may might"},
    {"can", "can could cannot"},
    {"lose", "loses lost losing"},
    {"loss", "loss losses"},
    {"withhold", "withholds withheld withholding"},
    {"hold", "holds held holding"},
    {"bear", "bears bore borne bearing"},
    {"give", "gives gave given giving"},
    {"take", "takes took taken taking"},
    {"make", "makes made making"},
    {"pay", "pays paid paying"},
    {"charge", "charges charged charging"},
    {"terminate", "terminates terminated terminating"},
    {"suspend", "suspends suspended suspending"},
    {"cancel", "cancels canceled canceling cancelled cancelling"},
    {"modify", "modifies modified modifying"},
    {"change", "changes changed changing"},
    {"limit", "limits limited limiting"},
    {"exclude", "excludes excluded excluding"},
    {"refer", "refers referred referring"},
    {"occur", "occurs occurred occurring"},
    {"incur", "incurs incurred incurring"},
    {"transfer", "transfers transferred transferring"},
    {"permit", "permits permitted permitting"},
    {"submit", "submits submitted submitting"},
    {"stop", "stops stopped stopping"},
    {"use", "uses used using"},
    {"agree", "agrees agreed agreeing"},
    {"guarantee", "guarantees guaranteed guaranteeing"},
    {"indemnify", "indemnifies indemnified indemnifying"},
    {"liability", "liability liabilities"},
    {"damage", "damage damages damaged damaging"},
    {"party", "party parties"},
    {"fee", "fee fees"},
    {"tax", "tax taxes"},
    {"breach", "breach breaches breached breaching"},
    {"authorize", "authorizes authorized authorizing authorise authorises authorised authorising"},
    {"organization", "organization organizations organisation organisations"},
    {"license", "license licenses licensed licensing licence licences"},
    {"refuse", "refuses refused refusing"},
    {"sue", "sues sued suing"},
    {"write", "writes wrote written writing"},
    {"choose", "chooses chose chosen choosing"},
    {"waive", "waives waived waiving"},
    {"apply", "applies applied applying"},
    {"notify", "notifies notified notifying"},
    {"notice", "notice notices"},
    {"pass", "passes passed passing"},
    {"discuss", "discusses discussed discussing"},
    {"address", "addresses addressed addressing"},
    {"assign", "assigns assigned assigning"},
    {"grant", "grants granted granting"},
    {"appoint", "appoints appointed appointing"},
    {"withdraw", "withdraws withdrew withdrawn withdrawing"},
    {"fulfil", "fulfils fulfilled fulfilling"},
    {"travel", "travels traveled traveling travelled travelling"},
    {"delay", "delays delayed delaying"},
    {"die", "dies died dying"},
    {"analysis", "analysis analyses"},
    {"process", "processes processed processing"},
    {"access", "accesses accessed accessing"},
    {"plan", "plans planned planning"},
    {"set", "sets setting"},
    {"bill", "bills billed billing"},
    {"employee", "employee employees"},
    {"renew", "renews renewed renewing"},
    {"publish", "publishes published publishing"},
    {"disclose", "discloses disclosed disclosing"},
};

/* Words that look like forms and are others. */
static const struct lemma_forms not_italian[] = {
    {"utilizzo", "utilizza utilizzano"},
    {"danno", "danna danne"},
    {"caso", "casa case"},
    {"conto", "conta conte"},
    {"recedere", "recesso recessi recisa"},
    {"accedere", "accesso accessi"},
    {"procedere", "processo processi"},
    {"cedere", "cesto cesta"},
    {"vendere", "veste vendita"},
    {"rendere", "resta resto rendita"},
    {"perdere", "perdita perdite"},
    {"cadere", "caso case"},
    {"vivere", "vita vite"},
    {"vigere", "vita vetta"},
    {"finire", "fine fina"},
    {"volere", "volo voli vola"},
    {"dire", "di da do"},
    {"fare", "fi fo"},
    {"battere", "basso bassa"},
    {"temere", "tenta tento"},
    {"stare", "stesso stesse"},
};

static const struct lemma_forms not_english[] = {
    {"fee", "feed feeing"}, {"see", "seed"},       {"cap", "cape capes caped"},
    {"fin", "fines fined"}, {"be", "bees bed"},    {"car", "caring"},
    {"on", "ones"},         {"bar", "bares bare"},
};

static bool
has_form(const struct str *forms, uint32_t count, struct arena *arena, struct str form)
{
    struct fold fold = fold_new(arena, form.len);
    fold_str(&fold, form);
    struct str folded = fold_core(str_trim((struct str){fold.bytes, fold.length}));
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal(forms[i], folded))
            return true;
    }
    return false;
}

/* How many of the forms listed are among those made; `shown`: those that are, or are not. */
static uint32_t
count_found(const char *dir, const char *dictionary, const struct lemma_forms *table, size_t rows,
            bool show_found, uint32_t *total)
{
    struct error error = {""};
    struct expander *expander = expander_open(dir, str_of(dictionary), &error);
    uint32_t found = 0;
    *total = 0;
    if (!expander)
        fail_msg("%s", error.text);
    for (size_t i = 0; i < rows; i++) {
        struct arena arena = {0};
        struct str *forms;
        uint32_t count = expander_forms(expander, &arena, str_of(table[i].lemma), &forms);
        struct str rest = str_of(table[i].forms);
        struct str form;
        assert_true(count > 0);
        while (str_cut(&rest, ' ', &form)) {
            bool has = has_form(forms, count, &arena, form);
            if (has == show_found)
                print_message("%s: %.*s\n", table[i].lemma, STR_ARG(form));
            found += has;
            ++*total;
        }
        arena_free(&arena);
    }
    expander_close(expander);
    return found;
}

#define ROWS(table) (table), sizeof(table) / sizeof *(table)

static void
test_recall(void **state)
{
    (void)state;
    uint32_t total;
    uint32_t found = count_found("rules/it", "it_IT", ROWS(italian), false, &total);
    assert_true(total > 700);
    assert_true(found * 100 >= total * 99);
    found = count_found("rules/en", "en_US", ROWS(english), false, &total);
    assert_true(total > 200);
    assert_true(found * 100 >= total * 99);
}

static void
test_precision(void **state)
{
    (void)state;
    uint32_t total;
    assert_int_equal(count_found("rules/it", "it_IT", ROWS(not_italian), true, &total), 0);
    assert_int_equal(count_found("rules/en", "en_US", ROWS(not_english), true, &total), 0);
}

static void
test_expander(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error error = {""};
    struct str *forms;
    struct expander *expander = expander_open("rules/it", STR("it_IT"), &error);
    assert_non_null(expander);
    assert_true(expander_forms(expander, &arena, STR("società"), &forms) > 0);
    assert_str(forms[0], "societa");
    assert_true(expander_forms(expander, &arena, STR("dovere"), &forms) > 20);
    assert_str(forms[0], "dovere");
    for (uint32_t i = 2; i < 20; i++) /* sorted and unique behind the lemma's own */
        assert_true(str_compare(forms[i - 1], forms[i]) < 0);
    assert_int_equal(expander_forms(expander, &arena, STR("responsabilita"), &forms), 0);
    assert_int_equal(expander_forms(expander, &arena, STR(""), &forms), 0);
    assert_int_equal(expander_forms(expander, &arena, STR("due parole"), &forms), 0);
    assert_int_equal(expander_forms(expander, &arena, STR("perch\xE9"), &forms), 0);
    char endless[300];
    memset(endless, 'a', sizeof endless);
    assert_int_equal(
        expander_forms(expander, &arena, (struct str){endless, sizeof endless}, &forms), 0);
    expander_close(expander);
    arena_free(&arena);
}

static void
test_bad_forms(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        const char *dictionary;
        const char *expected;
    } cases[] = {
        {"<forms lang='it'>", "it_IT", "forms.xml:1"},
        {"<norms/>", "it_IT", "outermost"},
        {"<forms><paradigm ends='are'>o</paradigm></forms>", "it_IT", "strip"},
        {"<forms>\n<paradigm ends='o' strip='2'>i</paradigm></forms>", "it_IT", "xml:2:1"},
        {"<forms><paradigm ends='o' strip='1' ask='never'>i</paradigm></forms>", "it_IT", "ask"},
        {"<forms><irregular>x</irregular></forms>", "it_IT", "lemma"},
        {"<forms><suffixes>x</suffixes></forms>", "it_IT", "suffixes"},
        {"<forms><same ends='arsi' add='e'/></forms>", "it_IT", "strip"},
        {"<forms><verb/></forms>", "it_IT", "only <paradigm>"},
        {"<!DOCTYPE forms [<!ENTITY a 'b'>]><forms>&a;</forms>", "it_IT", "not allowed"},
        {"<forms/>", "xx_XX", "no such dictionary"},
        {"<forms/>", "../it_IT", "no name of a dictionary"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place place;
        struct error error = {""};
        place_open(&place, "forms.xml", cases[i].content);
        assert_null(expander_open(place.dir, str_of(cases[i].dictionary), &error));
        if (!contains(error.text, cases[i].expected))
            fail_msg("%s: %s", cases[i].content, error.text);
        place_close(&place);
    }
}

/* Each construct of forms.xml by itself; the dictionary is asked unless told not to. */
static void
test_paradigms(void **state)
{
    (void)state;
    static const char content[] =
        "<forms lang='it'>"
        "<suffixes name='clitic'>lo la</suffixes>"
        "<paradigm ends='are' strip='3'>o ano ando+clitic zzz</paradigm>"
        "<paradigm ends='are' strip='3' if='qqq'>i</paradigm>"
        "<paradigm ends='are' strip='3' unless='ate'>a</paradigm>"
        "<paradigm ends='io' strip='1'>-</paradigm>"
        "<paradigm ends='tà' strip='2' ask='no'>xyz</paradigm>"
        "<irregular lemma='frobnire' alone='yes'>frobno frob+clitic</irregular>"
        "<paradigm ends='ire' strip='3' ask='no'>never</paradigm>"
        "<same ends='arsi' strip='2' add='e'/>"
        "</forms>";
    static const struct lemma_forms cases[] = {
        {"pagare", "pagare pagandola pagandolo pagano pago"},
        {"servizio", "servizio servizi"},
        {"società", "societa sociexyz"},
        {"frobnire", "frobnire frobla froblo frobno"},
        {"pagarsi", "pagarsi pagandola pagandolo pagano pagare pago"},
    };
    struct place place;
    struct error error = {""};
    place_open(&place, "forms.xml", content);
    struct expander *expander = expander_open(place.dir, STR("it_IT"), &error);
    assert_non_null(expander);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str *forms;
        struct str rest = str_of(cases[i].forms);
        struct str form;
        uint32_t count = expander_forms(expander, &place.arena, str_of(cases[i].lemma), &forms);
        for (uint32_t k = 0; k < count; k++) {
            assert_true(str_cut(&rest, ' ', &form));
            if (!str_equal(form, forms[k]))
                fail_msg("%s: got %.*s, want %.*s", cases[i].lemma, STR_ARG(forms[k]),
                         STR_ARG(form));
        }
        assert_false(str_cut(&rest, ' ', &form));
    }
    expander_close(expander);
    place_close(&place);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes),   cmocka_unit_test(test_growth),
        cmocka_unit_test(test_stems),     cmocka_unit_test(test_limits),
        cmocka_unit_test(test_table),     cmocka_unit_test(test_bad_tables),
        cmocka_unit_test(test_fallback),  cmocka_unit_test(test_recall),
        cmocka_unit_test(test_precision), cmocka_unit_test(test_expander),
        cmocka_unit_test(test_bad_forms), cmocka_unit_test(test_paradigms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
