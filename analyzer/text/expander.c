#include "text/lexicon.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/read.h"
#include "text/speller.h"
#include "text/xml.h"

/*
 * Lemma -> forms.  forms.xml proposes (paradigms: endings for lemmas that end in a certain way),
 * the dictionary disposes; irregular forms are kept unasked.  See rules/README.md, "Forms".
 */

struct suffixes {
    struct str name;
    struct str words; /* blank-separated */
};

struct paradigm {
    struct str ends;
    size_t strip;      /* bytes taken off the lemma */
    struct str probes; /* applies only if the dictionary knows stem + one of these; may be empty */
    struct str vetoes; /* ... and none of these */
    bool ask;          /* false: kept without asking the dictionary */
    struct str endings;
};

struct irregular {
    struct str lemma;
    struct str forms;
    bool alone; /* no paradigm applies to this lemma */
};

/* A lemma that ends so has the forms of another: riservarsi, riservare. */
struct alias {
    struct str ends;
    size_t strip;
    struct str add;
};

struct expander {
    struct arena arena;
    struct speller *speller;
    ARRAY(struct suffixes) suffixes;
    ARRAY(struct paradigm) paradigms;
    ARRAY(struct irregular) irregulars;
    ARRAY(struct alias) aliases;
};

/* Forms of one lemma while they are made. */
struct expansion {
    struct expander *expander;
    struct arena *arena;
    ARRAY(struct str) forms;
};

/* Bytes of the last `letters` code points of `ends`; false if it has fewer. */
static bool
strip_bytes(struct str ends, int64_t letters, size_t *bytes)
{
    size_t at = ends.len;
    for (; letters > 0; letters--) {
        if (at == 0)
            return false;
        at--;
        while (at > 0 && ((unsigned char)ends.data[at] & 0xC0) == 0x80)
            at--;
    }
    *bytes = ends.len - at;
    return true;
}

static bool
bad(struct error *error, const char *path, const struct xml_node *node, const char *what)
{
    return error_set(error, "%s:%u:%u: %s", path, (unsigned)node->line, (unsigned)node->column,
                     what);
}

/* `strip` letters of `ends`, as bytes. */
static bool
read_strip(const struct xml_node *node, size_t *bytes, const char *path, struct error *error)
{
    struct str ends = xml_attribute(node, "ends");
    int64_t letters;
    if (!ends.data || !str_number(xml_attribute(node, "strip"), &letters) || letters < 0)
        return bad(error, path, node, "this needs ends=\"...\" and strip=\"number\"");
    if (!strip_bytes(ends, letters, bytes))
        return bad(error, path, node, "`strip` takes off more letters than `ends` has");
    return true;
}

static bool
read_paradigm(struct expander *expander, const struct xml_node *node, const char *path,
              struct error *error)
{
    struct str ask = xml_attribute(node, "ask");
    struct paradigm made = {
        .ends = xml_attribute(node, "ends"),
        .probes = xml_attribute(node, "if"),
        .vetoes = xml_attribute(node, "unless"),
        .ask = !str_equal(ask, STR("no")),
        .endings = xml_words(&expander->arena, node),
    };
    if (!read_strip(node, &made.strip, path, error))
        return false;
    if (ask.data && made.ask && !str_equal(ask, STR("yes")))
        return bad(error, path, node, "ask is \"yes\" or \"no\"");
    array_push(&expander->arena, &expander->paradigms, made);
    return true;
}

static bool
read_child(struct expander *expander, const struct xml_node *node, const char *path,
           struct error *error)
{
    struct arena *arena = &expander->arena;
    if (xml_is(node, "paradigm"))
        return read_paradigm(expander, node, path, error);
    if (xml_is(node, "irregular")) {
        struct irregular made = {
            .lemma = xml_attribute(node, "lemma"),
            .forms = xml_words(arena, node),
            .alone = str_equal(xml_attribute(node, "alone"), STR("yes")),
        };
        if (made.lemma.len == 0)
            return bad(error, path, node, "an <irregular> needs lemma=\"...\"");
        array_push(arena, &expander->irregulars, made);
        return true;
    }
    if (xml_is(node, "suffixes")) {
        struct suffixes made = {xml_attribute(node, "name"), xml_words(arena, node)};
        if (made.name.len == 0 || made.words.len == 0)
            return bad(error, path, node, "<suffixes> need a name and words");
        array_push(arena, &expander->suffixes, made);
        return true;
    }
    if (xml_is(node, "same")) {
        struct alias made = {.ends = xml_attribute(node, "ends"),
                             .add = xml_attribute(node, "add")};
        if (!read_strip(node, &made.strip, path, error))
            return false;
        array_push(arena, &expander->aliases, made);
        return true;
    }
    return bad(error, path, node, "only <paradigm>, <irregular>, <same> and <suffixes> stand here");
}

static bool
read_forms(struct expander *expander, const char *path, struct error *error)
{
    struct source source;
    struct diagnostics diagnostics = {.arena = &expander->arena};
    if (!read_path(&expander->arena, path, BOUND_XML_BYTES, &source, error))
        return false;
    const struct xml_node *root =
        xml_parse(&expander->arena, source.bytes, str_of(path), &diagnostics);
    if (!root) {
        const struct diagnostic *first = diagnostics.list.items;
        return error_set(error, "%s:%u: %.*s", path, (unsigned)first->line, STR_ARG(first->text));
    }
    if (!xml_is(root, "forms"))
        return bad(error, path, root, "the outermost element has to be <forms>");
    for (const struct xml_node *child = xml_element(root->children); child;
         child = xml_element(child->next)) {
        if (!read_child(expander, child, path, error))
            return false;
    }
    return true;
}

struct expander *
expander_open(const char *language_dir, struct str dictionary, struct error *error)
{
    struct expander *expander = calloc(1, sizeof *expander);
    if (!expander)
        arena_exhausted();
    struct str path = arena_format(&expander->arena, "%s/forms.xml", language_dir);
    if (read_forms(expander, path.data, error))
        expander->speller = speller_open(dictionary, error);
    if (!expander->speller) {
        expander_close(expander);
        return NULL;
    }
    return expander;
}

void
expander_close(struct expander *expander)
{
    if (!expander)
        return;
    speller_close(expander->speller);
    arena_free(&expander->arena);
    free(expander);
}

static void
keep(struct expansion *x, struct str form)
{
    struct fold fold = fold_new(x->arena, form.len);
    fold_str(&fold, form);
    struct str folded = str_trim((struct str){fold.bytes, fold.length});
    if (str_find(folded, STR(" ")) < folded.len)
        return; /* more than one word in a view */
    struct str core = fold_core(folded);
    if (core.len > 0)
        array_push(x->arena, &x->forms, arena_str(x->arena, core));
}

static void
propose(struct expansion *x, struct str stem, struct str ending, struct str suffix, bool ask)
{
    struct arena_mark mark = arena_mark(&x->expander->arena);
    struct str form = arena_format(&x->expander->arena, "%.*s%.*s%.*s", STR_ARG(stem),
                                   STR_ARG(ending), STR_ARG(suffix));
    if (!ask || speller_knows(x->expander->speller, form))
        keep(x, form);
    arena_reset(&x->expander->arena, mark);
}

/* "ando+pronouns" is "ando" with each suffix of that name; "-" is the bare stem. */
static void
propose_all(struct expansion *x, struct str stem, struct str endings, bool ask)
{
    struct str ending;
    while (str_cut(&endings, ' ', &ending)) {
        size_t plus = str_find(ending, STR("+"));
        struct str name = plus < ending.len ? str_slice(ending, plus + 1, ending.len) : STR("");
        struct str base = str_slice(ending, 0, plus);
        if (str_equal(base, STR("-")))
            base = STR("");
        if (name.len == 0) {
            propose(x, stem, base, STR(""), ask);
            continue;
        }
        for (uint32_t i = 0; i < x->expander->suffixes.count; i++) {
            struct str rest = x->expander->suffixes.items[i].words;
            struct str suffix;
            if (!str_equal(x->expander->suffixes.items[i].name, name))
                continue;
            while (str_cut(&rest, ' ', &suffix))
                propose(x, stem, base, suffix, ask);
        }
    }
}

/* Whether the dictionary knows the stem with one of these endings. */
static bool
knows_any(struct expander *expander, struct str stem, struct str endings)
{
    struct str ending;
    bool found = false;
    struct arena_mark mark = arena_mark(&expander->arena);
    while (!found && str_cut(&endings, ' ', &ending))
        found = speller_knows(expander->speller, arena_format(&expander->arena, "%.*s%.*s",
                                                              STR_ARG(stem), STR_ARG(ending)));
    arena_reset(&expander->arena, mark);
    return found;
}

static void
apply(struct expansion *x, const struct paradigm *paradigm, struct str lemma)
{
    if (!str_ends(lemma, paradigm->ends))
        return;
    struct str stem = str_slice(lemma, 0, lemma.len - paradigm->strip);
    if (paradigm->probes.len > 0 && !knows_any(x->expander, stem, paradigm->probes))
        return;
    if (paradigm->vetoes.len > 0 && knows_any(x->expander, stem, paradigm->vetoes))
        return;
    propose_all(x, stem, paradigm->endings, paradigm->ask);
}

/* Forms of exactly this lemma; false: nobody knows it.  `lemma` is a C string. */
static bool
expand(struct expansion *x, struct str lemma)
{
    struct expander *expander = x->expander;
    bool known = speller_knows(expander->speller, lemma);
    bool alone = false;
    if (known)
        keep(x, lemma);
    for (uint32_t i = 0; i < expander->irregulars.count; i++) {
        const struct irregular *irregular = &expander->irregulars.items[i];
        if (!str_equal(irregular->lemma, lemma))
            continue;
        known = true;
        alone = alone || irregular->alone;
        keep(x, lemma);
        propose_all(x, STR(""), irregular->forms, false);
    }
    for (uint32_t i = 0; known && !alone && i < expander->paradigms.count; i++)
        apply(x, &expander->paradigms.items[i], lemma);
    return known;
}

static int
compare_forms(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* Sorted and unique, but the first stays the first. */
static uint32_t
tidy(struct str *forms, uint32_t count)
{
    if (count < 2)
        return count;
    struct str own = forms[0];
    uint32_t kept = 1;
    qsort(forms + 1, count - 1, sizeof *forms, compare_forms);
    for (uint32_t i = 1; i < count; i++) {
        bool again = str_equal(forms[i], own) || (kept > 1 && str_equal(forms[i], forms[kept - 1]));
        if (!again)
            forms[kept++] = forms[i];
    }
    return kept;
}

uint32_t
expander_forms(struct expander *expander, struct arena *arena, struct str lemma, struct str **forms)
{
    struct expansion x = {.expander = expander, .arena = arena};
    struct str kept = arena_str(arena, lemma); /* with a NUL, for hunspell */
    if (utf8_valid(kept) && kept.len > 0)
        expand(&x, kept);
    for (uint32_t i = 0; i < expander->aliases.count && utf8_valid(kept); i++) {
        const struct alias *alias = &expander->aliases.items[i];
        if (str_ends(kept, alias->ends) && kept.len > alias->strip)
            expand(&x, arena_format(arena, "%.*s%.*s", (int)(kept.len - alias->strip), kept.data,
                                    STR_ARG(alias->add)));
    }
    *forms = x.forms.items;
    return tidy(x.forms.items, x.forms.count);
}
