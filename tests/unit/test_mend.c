/* text/mend: each kind of damage, look-alikes that must stay, and a language without dictionary. */

#include "unit.h"

#include <glob.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "pipeline.h"
#include "text/mend.h"
#include "text/repair.h"

static const char *const rules[] = {"rules"};
static struct pipeline pipeline;

static int
open_rules(void **state)
{
    struct str unknown = STR("unknown");
    struct pipeline_settings settings = {
        .rules = rules,
        .rules_count = 1,
        .program_dir = "build",
        .input_lang = STR("auto"),
        .facts = {PARTY_CONSUMER, unknown, unknown, unknown, STR("")},
    };
    struct error error = {""};

    (void)state;
    if (!pipeline_open(&pipeline, &settings, &error))
        print_error("%s\n", error.text);
    return error.text[0] != '\0';
}

static int
close_rules(void **state)
{
    (void)state;
    pipeline_close(&pipeline);
    return 0;
}

static struct mender *
mender_of(const char *language)
{
    struct error error = {""};
    struct wording *wording =
        pipeline_wording(&pipeline, languages_find(&pipeline.languages, str_of(language)), &error);

    if (!wording)
        fail_msg("%s", error.text);
    return wording->mender;
}

/* The text as rules see it once it is mended. */
static struct str
mended(struct arena *arena, struct mender *mender, struct str text, struct document *document)
{
    struct source source = {STR("a.txt"), text};
    struct error error;
    struct str out;
    struct repaired walk;
    uint32_t code_point, offset;

    if (!document_build(document, arena, &source, &error))
        fail_msg("%s", error.text);
    repair_document(document);
    mend_document(mender, document);
    for (uint32_t i = 1; i < document->edits.count; i++)
        assert_true(document->edits.items[i - 1].span.end <= document->edits.items[i].span.begin);
    walk = repaired_begin(document, (struct span){0, (uint32_t)document->text.len});
    out = (struct str){arena_new(arena, char, text.len + document->edits.count + 5), 0};
    while (repaired_next(&walk, &code_point, &offset))
        out.len += utf8_put(code_point, (char *)(uintptr_t)out.data + out.len);
    return out;
}

static uint32_t
noted(const struct document *document, const char *message)
{
    for (uint32_t i = 0; i < document->notes.count; i++)
        if (strcmp(document->notes.items[i].message, message) == 0)
            return document->notes.items[i].number;
    return 0;
}

struct mend_case {
    const char *language;
    const char *text;
    const char *want; /* NULL: nothing changes */
};

static void
check_cases(const struct mend_case *cases, size_t count, struct mender *of_all)
{
    for (size_t i = 0; i < count; i++) {
        struct arena arena = {0};
        struct document document;
        struct mender *mender = of_all ? of_all : mender_of(cases[i].language);
        const char *want = cases[i].want ? cases[i].want : cases[i].text;

        assert_str(mended(&arena, mender, str_of(cases[i].text), &document), want);
        assert_int_equal(noted(&document, "note.mended") > 0, cases[i].want != NULL);
        arena_free(&arena);
    }
}

/* Certain without a dictionary: letters set wide, digits inside words, pieces that are nothing. */
static const struct mend_case certain[] = {
    {"it", "Il Gestore non è r e s p o n s a b i l e dei danni.",
     "Il Gestore non è responsabile dei danni."},
    {"it", "Il Gestore non è resp0nsabi1e dei danni.", "Il Gestore non è responsabile dei danni."},
    {"it", "IL GESTORE NON È RESP0NSABILE.", "IL GESTORE NON È RESPONSABILE."},
    {"it", "Il Gestore non è respon sabile dei danni.", "Il Gestore non è responsabile dei danni."},
    {"en", "The provider is not l i a b l e for damages.",
     "The provider is not liable for damages."},
    {"en", "The provider is not 1iab1e for damages.", "The provider is not liable for damages."},
};

/* Many damaged words: the dictionary is asked. */
static const struct mend_case doubtful[] = {
    {"it",
     "Il c1iente accetta. Il Gestore può rnodificare il contratto e sospcndere il servizio "
     "senzapreavviso, e non è respon sabile dei danni nei confronti dellasocietà o del "
     "consurnatore.",
     "Il cliente accetta. Il Gestore può modificare il contratto e sospendere il servizio "
     "senza preavviso, e non è responsabile dei danni nei confronti della società o del "
     "consumatore."},
};

/* What looks like damage and is none. */
static const struct mend_case sound[] = {
    {"it", "Il Cliente riceve una copia del contratto e può recedere entro 14 giorni.", NULL},
    {"it", "Scriva a info@c1iente.it o veda www.c1iente.it/rnodifica.html per i moduli.", NULL},
    {"it", "Il modello A4 e il formato MP3 a 5G sono descritti nell'allegato B2B.", NULL},
    {"it", "I punti a b c d dell'elenco; la lettera a e la lettera o.", NULL},
    {"it", "Il software di WhatsApp, LinkedIn e PayPal è di terzi.", NULL},
    {"it", "La società Danese Responsa Bile S.r.l. ha sede a Roma.", NULL},
    {"en", "You may become a member within the limits, whenever, wherever and however.", NULL},
    {"en", "See www.l1able.example and the file l1able_text.txt for more.", NULL},
};

#define COUNT(cases) (sizeof(cases) / sizeof((cases)[0]))

static void
damage_is_mended(void **state)
{
    (void)state;
    check_cases(certain, COUNT(certain), NULL);
    check_cases(doubtful, COUNT(doubtful), NULL);
}

static void
sound_words_stay(void **state)
{
    (void)state;
    check_cases(sound, COUNT(sound), NULL);
}

/* No dictionary: what is doubtful stays, what is certain is mended all the same. */
static void
without_dictionary(void **state)
{
    struct arena arena = {0};
    struct error error = {""};
    struct languages languages = {arena_new(&arena, struct language, 1), 1};
    struct document document;
    struct mender *mender;
    struct wording *wording =
        pipeline_wording(&pipeline, languages_find(&pipeline.languages, STR("it")), &error);

    (void)state;
    assert_non_null(wording);
    languages.items[0] = *wording->language;
    languages.items[0].dictionary = STR("xx_XX");
    mender = mender_new(&arena, &languages, &languages.items[0], wording->ruleset.lexicon);
    check_cases(certain, 3, mender);
    assert_str(mended(&arena, mender,
                      str_of("Può rnodificare, sospcndere, consurnatore, "
                             "dellasocietà, senzapreavviso."),
                      &document),
               "Può rnodificare, sospcndere, consurnatore, dellasocietà, senzapreavviso.");
    mender_close(mender);
    arena_free(&arena);
}

/* The contracts of corpus/ are clean. */
static void
clean_contracts_stay(void **state)
{
    static const char *const languages[] = {"it", "en"};

    (void)state;
    for (size_t l = 0; l < 2; l++) {
        glob_t files;
        char pattern[32];

        snprintf(pattern, sizeof pattern, "corpus/%s/*.txt", languages[l]);
        assert_int_equal(glob(pattern, 0, NULL, &files), 0);
        for (size_t i = 0; i < files.gl_pathc; i++) {
            struct arena arena = {0};
            struct document document;
            struct source source;
            struct error error;

            assert_true(read_path(&arena, files.gl_pathv[i], 1 << 26, &source, &error));
            mended(&arena, mender_of(languages[l]), source.bytes, &document);
            if (noted(&document, "note.mended") > 0)
                fail_msg("%s: words mended in a clean contract", files.gl_pathv[i]);
            arena_free(&arena);
        }
        globfree(&files);
    }
}

/* A MB of one letter, of letters with blanks, of confusions: nothing to mend, and it ends. */
static void
hostile_texts_end(void **state)
{
    static const char *const pieces[] = {"a", "a ", "rn", "rnri ", "1l", "0 ", "nonil"};

    (void)state;
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct arena arena = {0};
        struct document document;
        size_t length = strlen(pieces[i]);
        size_t size = (size_t)1 << 20;
        char *text = arena_new(&arena, char, size);

        for (size_t at = 0; at < size; at++)
            text[at] = pieces[i][at % length];
        mended(&arena, mender_of("it"), (struct str){text, size}, &document);
        assert_true(noted(&document, "note.mended") <= BOUND_MEND_GUESSES);
        arena_free(&arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_is_mended),   cmocka_unit_test(sound_words_stay),
        cmocka_unit_test(without_dictionary), cmocka_unit_test(clean_contracts_stay),
        cmocka_unit_test(hostile_texts_end),
    };

    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
