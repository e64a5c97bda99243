#include "unit.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "text/segment.h"
#include "text/view.h"

/* The view of a unit: words, mentions, values, and the way back to text. */

struct fixture {
    struct arena arena;
    struct language language;
    struct lexicon *lexicon;
    struct document document;
};

static struct word_list
list(struct arena *arena, const char *words)
{
    struct word_list made = {arena_new(arena, struct str, 32), 0};
    struct str rest = str_of(words), word;
    while (str_cut(&rest, ' ', &word))
        made.words[made.count++] = word;
    return made;
}

static int
set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct error error;
    struct arena *a = &f->arena;
    f->lexicon = lexicon_open(a, NULL, "/nonexistent", STR("none"), &error);
    assert_non_null(f->lexicon);
    f->language.negation = list(a, "mai non");
    f->language.prepositions = list(a, "dal per");
    f->language.genitives = list(a, "del dell di");
    f->language.first_plural = list(a, "*iamo noi");
    f->language.conditions = list(a, "se");
    f->language.numerals = list(a, "milioni trenta");
    f->language.numeral_values = arena_new(a, int64_t, 2);
    f->language.numeral_values[0] = 1000000;
    f->language.numeral_values[1] = 30;
    f->language.units_days = list(a, "giorni mesi");
    f->language.duration_days = arena_new(a, int64_t, 2);
    f->language.duration_days[0] = 1;
    f->language.duration_days[1] = 30;
    f->language.currencies = list(a, "eur euro");
    f->language.months = list(a, "gennaio febbraio");
    f->language.article_words = list(a, "art");
    f->language.nouns = arena_new(a, struct party_noun, 2);
    f->language.nouns[0] = (struct party_noun){STR("gestore"), ROLE_PROVIDER};
    f->language.nouns[1] = (struct party_noun){STR("utente"), ROLE_USER};
    f->language.noun_count = 2;
    *state = f;
    return 0;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    lexicon_close(f->lexicon);
    arena_free(&f->arena);
    free(f);
    return 0;
}

/* One unit whose pieces are separated by '|' in the source. */
static const struct view *
view_of(struct fixture *f, const char *source)
{
    struct document *d = &f->document;
    *d = (struct document){.arena = &f->arena, .text = str_of(source)};
    uint32_t begin = 0, pieces = 0;
    for (uint32_t i = 0; i <= d->text.len; i++) {
        if (i < d->text.len && d->text.data[i] != '|')
            continue;
        array_push(&f->arena, &d->pieces, ((struct span){begin, i}));
        begin = i + 1;
        pieces++;
    }
    struct unit unit = {.span = d->pieces.items[pieces - 1], .piece_count = pieces};
    array_push(&f->arena, &d->units, unit);
    return view_unit(view_maker_new(&f->arena, d, &f->language, f->lexicon), 0);
}

static void
words_lead_back_to_text(void **state)
{
    struct fixture *f = *state;
    const struct view *view =
        view_of(f, "\xC3\x88 esclusa la RESPONSABILIT\xC3\x80, dell\xE2\x80\x99Utente.");
    static const char *const words[] = {"\xC3\x88", "esclusa", "la", "RESPONSABILIT\xC3\x80",
                                        "dell",     "Utente"};
    assert_int_equal(view->word_count, 6);
    for (uint32_t i = 0; i < 6; i++) {
        assert_str(str_span(f->document.text, view->words[i].text), words[i]);
        assert_int_equal(view->bytes[view->words[i].begin], ' ');
        assert_int_equal(view_word_at(view, view->words[i].begin), i);
        assert_int_equal(view_word_at(view, view->words[i].end - 1), i);
    }
}

static void
mentions_have_roles(void **state)
{
    struct fixture *f = *state;
    const struct view *view = view_of(f, "Il Gestore avvisa l'utente del gestore.");
    assert_int_equal(view->words[1].role, ROLE_PROVIDER);
    assert_int_equal(view->words[4].role, ROLE_USER);
    assert_int_equal(view->words[6].role, ROLE_PROVIDER);
    assert_int_equal(view->words[2].role, ROLE_NONE);
    assert_true(view->classes[0] & 1u << (2 * SPAN_PROVIDER));
    assert_true(view->classes[0] & 1u << (2 * SPAN_USER));
    assert_false(view->classes[0] & 1u << (2 * SPAN_THIRD));
}

static const struct {
    const char *text;
    enum span_class kind;
    int64_t amount;
} value_cases[] = {
    {"entro 30 giorni", SPAN_DURATION, 30},
    {"entro trenta (30) giorni", SPAN_DURATION, 30},
    {"entro 30 (trenta) giorni", SPAN_DURATION, 30},
    {"entro 2 mesi", SPAN_DURATION, 60},
    {"entro 15 lunghi giorni", SPAN_DURATION, 15},
    {"fino a 1.000 euro", SPAN_MONEY, 100000},
    {"fino a 2 milioni di euro", SPAN_MONEY, 200000000},
    {"fino a eur 3 milioni", SPAN_MONEY, 300000000},
    {"fino a \xE2\x82\xAC 1.000,50", SPAN_MONEY, 100050},
    {"dal 1 gennaio 2026", SPAN_DATE, 20260101},
    {"February 3, 2026", SPAN_KINDS, 0},
};

static void
values_are_typed(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof value_cases / sizeof value_cases[0]; i++) {
        const struct view *view = view_of(f, value_cases[i].text);
        if (value_cases[i].kind == SPAN_KINDS) {
            assert_int_equal(view->value_count, 0);
            continue;
        }
        assert_int_equal(view->value_count, 1);
        assert_int_equal(view->values[0].kind, value_cases[i].kind);
        assert_int_equal(view->values[0].amount, value_cases[i].amount);
    }
    const struct view *view = view_of(f, "di cui all'art. 6.1.");
    assert_int_equal(view->value_count, 1);
    assert_true(view->values[0].amount == article_key(STR("6.1")));
}

/* What stands in round brackets, to its end; a bracket without its other half opens nothing. */
static void
asides_are_told_apart(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        const char *asides; /* one sign a word */
    } rows[] = {
        {"uno (due tre) quattro", "-xx-"}, {"uno (due (tre) quattro) cinque", "-xxx-"},
        {"uno (due tre quattro", "----"},  {"uno due) tre", "---"},
        {"uno (due tre).", "-xx"},         {"a) uno (due), tre", "--x-"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct view *view = view_of(f, rows[i].text);
        assert_int_equal(view->word_count, strlen(rows[i].asides));
        for (uint32_t w = 0; w < view->word_count; w++)
            assert_int_equal((view->words[w].flags & WORD_ASIDE) != 0, rows[i].asides[w] == 'x');
    }
}

static void
lead_in_is_told_apart(void **state)
{
    struct fixture *f = *state;
    const struct view *view = view_of(f, "Non risponde di:|a) danni gravi;");
    assert_true(view->words[2].flags & WORD_STOP);
    f->language.open_lead_ins = true;
    view = view_of(f, "Non risponde di:|a) danni gravi;");
    assert_int_equal(view->own_word, 3);
    assert_int_equal(view->word_count, 6);
    assert_true(view->words[0].flags & WORD_NEGATION);
    assert_false(view->words[2].flags & WORD_STOP); /* the lead-in's colon stops nothing */
    view = view_of(f, "Non risponde di: danni gravi;");
    assert_true(view->words[2].flags & WORD_STOP);
}

static void
long_unit_is_cut(void **state)
{
    struct fixture *f = *state;
    size_t size = BOUND_UNIT_VIEW * 2;
    char *text = arena_new(&f->arena, char, size + 1);
    memset(text, 'a', size);
    for (size_t i = 0; i < size; i += 7)
        text[i] = ' ';
    const struct view *view = view_of(f, text);
    assert_true(view->cut);
    assert_true(view->word_count > 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_lead_back_to_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mentions_have_roles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_are_typed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(asides_are_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lead_in_is_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_unit_is_cut, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
