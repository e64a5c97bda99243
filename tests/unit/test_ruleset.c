#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rule/messages.h"
#include "rule/ruleset.h"

/* Rule files as strings: a good tree, and what is said of each way to spoil it. */

#define HEAD "<?xml version='1.0' encoding='UTF-8'?>\n"

static const char good_categories[] = HEAD
    "<categories>\n"
    "<category id='liability'><title lang='it'>Responsabilità</title>"
    "<title lang='en'>Liability</title></category>\n"
    "<category id='law'><title lang='it'>Legge</title><title lang='en'>Law</title></category>\n"
    "</categories>\n";

static const char good_norms[] =
    HEAD "<norms version='2026.11' checked='2023-03-31'>\n"
         "<norm id='cod-civ.1229' from='1942-04-21' to=''><name lang='it'>c.c. 1229</name>"
         "<name lang='en'>Civil Code 1229</name><says lang='it'>Dice.</says>"
         "<says lang='en'>It says.</says></norm>\n"
         "<norm id='cod-cons.33'><name lang='it'>33</name><name lang='en'>33</name></norm>\n"
         "</norms>\n";

static const char good_actions[] = HEAD
    "<actions><action id='A1'><text lang='it'>Scrivi.</text><text lang='en'>Write.</text></action>"
    "<action id='A2'><text lang='it'>Leggi.</text><text lang='en'>Read.</text></action></actions>";

static const char good_mitigators[] =
    HEAD "<mitigators><mitigator id='M1'><title lang='it'>salvo dolo</title>"
         "<title lang='en'>except intent</title></mitigator>"
         "<mitigator id='M2'><title lang='it'>preavviso</title><title lang='en'>notice</title>"
         "</mitigator></mitigators>";

#define TEXTS                                                                                      \
    "<title lang='it'>Titolo</title><title lang='en'>Title</title>"                                \
    "<explain lang='it'>Spiega\n  bene.</explain><explain lang='en'>Explains.</explain>"
#define FAMILY(attributes, body)                                                                   \
    HEAD "<families category='liability'>\n<family " attributes ">" body "</family>\n</families>"
#define GOOD_ATTRIBUTES                                                                            \
    "id='liability.all' rev='2' consumer='grey' free='black' business='potential'"

static const char good_families[] = HEAD
    "<families category='liability'>\n"
    "<family " GOOD_ATTRIBUTES " certainty='candidate' status='check' upheld='9' of='10'>" TEXTS
    "<norm ref='cod-civ.1229' certainty='candidate' sector='digital telecom' paid='yes'"
    " party='consumer' concluded='distance'/>"
    "<norm ref='cod-cons.33' evidence='cause'/><do>A2 A1</do></family>\n"
    "<family id='liability.cap' rev='1' consumer='grey' free='grey' business='none'>" TEXTS
    "<fix lang='it'>Togliere.</fix><fix lang='en'>Remove.</fix></family>\n"
    "</families>";

static const char good_mitigator_wording[] = HEAD
    "<wording lang='it'>\n"
    "<mitigator id='M1'><when><match>salvo dolo</match></when>"
    "<negated><match>anche per dolo</match><match>compreso il dolo</match></negated></mitigator>\n"
    "<mitigator id='M2'><when><all><match>preavviso di {duration:notice}</match>"
    "<value of='notice' min='15 days'/></all></when></mitigator>\n"
    "</wording>";

#define EXAMPLES                                                                                   \
    "<example kind='match'>Qui <mark>non risponde</mark> mai.</example>"                           \
    "<example kind='match'><mark>Non risponde</mark>.</example>"                                   \
    "<example kind='match'>Lui <mark>non risponde</mark>.</example>"                               \
    "<example kind='no-match'>Risponde.</example><example kind='no-match'>Sempre.</example>"       \
    "<example kind='no-match'>Mai.</example>"
#define WORDING(body) HEAD "<wording lang='it'>\n" body "</wording>"
/* The body of the first rule begins on line 3. */
#define RULE_OF(id, body) WORDING("<rule id='" id "'>" body EXAMPLES "</rule>\n")
#define RULE(body) RULE_OF("liability.all", body)
/* Keeps the family's evidence satisfied. */
#define CAUSE "<match name='cause'>causa</match>"
#define WHEN(body) "<when><all>" body CAUSE "</all></when>"
#define PLAIN WHEN("<match>non risponde</match>")

static const char good_rules[] = WORDING(
    "<set name='danno'>danno, danni,\n  lucro cessante</set>\n"
    "<rule id='liability.all'>\n"
    "<when><all>"
    "<any><match>non risponde entro {duration:time}</match>"
    "<all><match in='clause'>danni</match><match anchor='yes' subject='!user'>declina"
    " {duration:time}</match></all></any>"
    "<match name='cause' near='12' order='before'>{@danno}</match>"
    "<not><match negated='yes' bearer='user'>colpa grave</match></not>"
    "<value of='time' max='2 months'/>"
    "<score threshold='2'><match weight='2' in='section'>gratis</match>"
    "<match>in prova</match></score>"
    "</all></when>"
    "<unless><match>{@negation} dovuto</match><match>a meno che</match></unless>"
    "<lower by='M1'/><lower by='M2' in='section'/><cancel by='M1 M2' in='document'/>\n" EXAMPLES
    "</rule>\n"
    "<rule id='liability.cap'><when><absent heading='limiti generali'>"
    "<match>non risponde entro {duration:time}</match><match>rimborso</match></absent></when>"
    "<example kind='match'>  Titolo \n\n  a capo  </example><example kind='match'>a</example>"
    "<example kind='match' expect='fail'>b</example><example kind='no-match'>c</example>"
    "<example kind='no-match'>d</example><example kind='no-match'>e</example></rule>\n");

/* --- the tree on disk ------------------------------------------------------------------------- */

static const char *const names[] = {
    "categories.xml",         "norms.xml",         "actions.xml",
    "mitigators.xml",         "messages.xml",      "cavillo.rng",
    "families/liability.xml", "it/mitigators.xml", "it/liability.xml",
    "it/forms.xml",           "it/language.xml"};
static const char *const folders[] = {"", "/families", "/it"};

struct tree {
    struct arena arena;
    struct diagnostics diagnostics;
    char dir[32];
    const char *dirs[2];
    struct language language;
    struct ruleset ruleset;
    struct error error;
};

static void
put_file(const char *dir, const char *name, const char *content)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void
make_folders(char *dir)
{
    strcpy(dir, "/tmp/cavillo-test-XXXXXX");
    assert_non_null(mkdtemp(dir));
    for (size_t i = 1; i < sizeof folders / sizeof *folders; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s%s", dir, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
}

static void
remove_folders(const char *dir)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        unlink(path);
    }
    for (size_t i = sizeof folders / sizeof *folders; i-- > 0;) {
        char path[64];
        snprintf(path, sizeof path, "%s%s", dir, folders[i]);
        assert_int_equal(rmdir(path), 0);
    }
}

static void
tree_open(struct tree *tree)
{
    static struct str negation[] = {{"ne_", 3}, {"non", 3}};
    memset(tree, 0, sizeof *tree);
    make_folders(tree->dir);
    tree->diagnostics.arena = &tree->arena;
    tree->dirs[0] = tree->dir;
    struct str dir = arena_format(&tree->arena, "%s/it", tree->dir);
    tree->language = (struct language){
        .id = STR("it"), .dictionary = STR("it_IT"), .dir = dir.data, .negation = {negation, 2}};
    put_file(tree->dir, "categories.xml", good_categories);
    put_file(tree->dir, "norms.xml", good_norms);
    put_file(tree->dir, "actions.xml", good_actions);
    put_file(tree->dir, "mitigators.xml", good_mitigators);
    put_file(tree->dir, "families/liability.xml", good_families);
    put_file(tree->dir, "it/mitigators.xml", good_mitigator_wording);
    put_file(tree->dir, "it/liability.xml", good_rules);
    put_file(tree->dir, "it/forms.xml", "<forms lang='it'/>");
}

static void
tree_close(struct tree *tree)
{
    ruleset_close(&tree->ruleset);
    remove_folders(tree->dir);
    arena_free(&tree->arena);
}

static bool
tree_load(struct tree *tree, uint32_t dir_count)
{
    return ruleset_load_law(&tree->ruleset, &tree->arena, tree->dirs, dir_count, &tree->diagnostics,
                            &tree->error) &&
           ruleset_load_wording(&tree->ruleset, &tree->language, tree->dirs, dir_count, NULL,
                                &tree->diagnostics, &tree->error);
}

static void
show(const struct tree *tree)
{
    for (uint32_t i = 0; i < tree->diagnostics.list.count; i++) {
        const struct diagnostic *d = &tree->diagnostics.list.items[i];
        print_message("%.*s:%u:%u: %d %.*s\n", STR_ARG(d->file), (unsigned)d->line,
                      (unsigned)d->column, (int)d->level, STR_ARG(d->text));
    }
}

/* A diagnostic of this file and line (0 = any) that says so. */
static const struct diagnostic *
said(const struct tree *tree, const char *file, uint32_t line, const char *text)
{
    for (uint32_t i = 0; i < tree->diagnostics.list.count; i++) {
        const struct diagnostic *d = &tree->diagnostics.list.items[i];
        if (str_ends(d->file, str_of(file)) && (line == 0 || d->line == line) &&
            str_find(d->text, str_of(text)) < d->text.len)
            return d;
    }
    return NULL;
}

/* --- good ------------------------------------------------------------------------------------- */

static void
test_law(void **state)
{
    (void)state;
    struct tree tree;
    tree_open(&tree);
    if (!tree_load(&tree, 1))
        show(&tree);
    assert_int_equal(tree.diagnostics.list.count, 0);
    const struct ruleset *r = &tree.ruleset;
    assert_str(r->version, "2026.11");
    assert_str(r->checked, "2023-03-31");
    assert_int_equal(strlen(r->hash), 64);
    assert_int_equal(r->categories.count, 2);
    assert_int_equal(ruleset_category(r, STR("law"))->order, 1);
    assert_null(ruleset_category(r, STR("liabilit")));
    const struct family *f = ruleset_family(r, STR("liability.all"));
    assert_non_null(f);
    assert_int_equal(f->rev, 2);
    assert_str(f->category, "liability");
    assert_int_equal(f->grade[PARTY_CONSUMER], GRADE_GREY);
    assert_int_equal(f->grade[PARTY_FREE], GRADE_BLACK);
    assert_int_equal(f->grade[PARTY_BUSINESS], GRADE_POTENTIAL);
    assert_true(f->candidate && f->check && !f->off);
    assert_int_equal(f->upheld, 9);
    assert_int_equal(f->of, 10);
    assert_str(f->explain.in[UI_IT], "Spiega bene.");
    assert_int_equal(f->action_count, 2);
    assert_str(f->actions[0]->id, "A2");
    assert_int_equal(f->norm_count, 2);
    assert_str(f->norms[0].norm->says.in[UI_EN], "It says.");
    assert_true(f->norms[0].candidate);
    assert_false(f->norms[1].candidate);
    assert_str(f->norms[0].sector, "digital telecom");
    assert_str(f->norms[1].evidence, "cause");
    assert_str(ruleset_nearest(r, STR("liability.al")), "liability.all");
    assert_str(ruleset_nearest(r, STR("zzz")), "");
    tree_close(&tree);
}

static void
test_wording(void **state)
{
    (void)state;
    struct tree tree;
    tree_open(&tree);
    if (!tree_load(&tree, 1))
        show(&tree);
    const struct ruleset *r = &tree.ruleset;
    assert_int_equal(r->rules.count, 2);
    const struct rule *rule = ruleset_rule(r, STR("liability.all"));
    assert_true(rule->enabled && !rule->absent);
    assert_int_equal(rule->line, 5);
    const struct condition *any = rule->when->children;
    const struct condition *first = any->children;
    const struct condition *inner = first->next->children;
    assert_true(first->anchor); /* each branch of an `any` has its anchor */
    assert_false(inner->anchor);
    assert_int_equal(inner->scope, SCOPE_CLAUSE);
    assert_true(inner->next->anchor);
    assert_int_equal(inner->next->subject, ROLE_USER);
    assert_true(inner->next->subject_not);
    const struct condition *cause = any->next;
    assert_false(cause->anchor);
    assert_str(cause->name, "cause");
    assert_int_equal(cause->near, 12);
    assert_int_equal(cause->order, ORDER_BEFORE);
    assert_int_equal(cause->next->kind, CONDITION_NOT);
    assert_int_equal(cause->next->children->negated, TRI_YES);
    assert_int_equal(cause->next->children->bearer, ROLE_USER);
    const struct condition *value = cause->next->next;
    assert_int_equal(value->kind, CONDITION_VALUE);
    assert_int_equal(value->atom, 0);
    assert_true(value->min == INT64_MIN && value->max == 60);
    assert_int_equal(value->next->threshold, 2);
    assert_int_equal(value->next->children->weight, 2);
    assert_int_equal(value->next->children->next->weight, 1);
    assert_non_null(rule->unless->next);
    assert_int_equal(rule->mitigation_count, 4);
    assert_int_equal(rule->mitigations[0].scope, SCOPE_CLAUSE);
    assert_int_equal(rule->mitigations[1].scope, SCOPE_SECTION);
    assert_int_equal(rule->mitigations[3].effect, EFFECT_CANCEL);
    assert_int_equal(rule->mitigations[3].mitigator, 1);
    assert_int_equal(rule->example_count, 6);
    assert_str(str_span(rule->examples[0].text, rule->examples[0].mark), "non risponde");
    tree_close(&tree);
}

static void
test_absent_and_mitigators(void **state)
{
    (void)state;
    struct tree tree;
    tree_open(&tree);
    assert_true(tree_load(&tree, 1));
    const struct ruleset *r = &tree.ruleset;
    const struct rule *rule = ruleset_rule(r, STR("liability.cap"));
    assert_true(rule->absent);
    assert_int_not_equal(rule->heading_atom, ATOM_NONE);
    assert_str(r->atoms.items[rule->heading_atom].source, "limiti generali");
    assert_str(rule->examples[0].text, "Titolo\na capo");
    assert_true(rule->examples[2].fails && !rule->examples[1].fails);
    /* Equal patterns are one atom. */
    const struct rule *other = ruleset_rule(r, STR("liability.all"));
    assert_int_equal(rule->when->children->atom, other->when->children->children->atom);
    assert_int_equal(r->atoms.items[rule->when->children->atom].value_count, 1);
    const struct mitigator *m = &r->mitigators.items[0];
    assert_int_equal(m->when->kind, CONDITION_MATCH);
    assert_int_equal(m->negated->kind, CONDITION_ANY);
    const struct condition *bounded = r->mitigators.items[1].when->children;
    assert_null(bounded->next); /* the value became a bound of the match */
    assert_str(bounded->value, "notice");
    assert_int_equal(bounded->slot, 0);
    assert_true(bounded->min == 15 && bounded->max == INT64_MAX);
    tree_close(&tree);
}

static void
test_copies(void **state)
{
    (void)state;
    struct tree tree;
    tree_open(&tree);
    assert_true(
        ruleset_load_law(&tree.ruleset, &tree.arena, tree.dirs, 1, &tree.diagnostics, &tree.error));
    struct ruleset copy;
    ruleset_copy_law(&copy, &tree.ruleset, &tree.arena);
    assert_string_equal(copy.hash, tree.ruleset.hash);
    assert_true(ruleset_load_wording(&copy, &tree.language, tree.dirs, 1, NULL, &tree.diagnostics,
                                     &tree.error));
    assert_non_null(copy.mitigators.items[0].when);
    assert_null(tree.ruleset.mitigators.items[0].when); /* the law is untouched */
    assert_int_equal(tree.ruleset.rules.count, 0);
    assert_string_not_equal(copy.hash, tree.ruleset.hash);
    ruleset_close(&copy);
    tree_close(&tree);
}

static void
test_hash(void **state)
{
    (void)state;
    struct tree tree;
    struct tree again;
    tree_open(&tree);
    tree_open(&again);
    assert_true(tree_load(&tree, 1));
    assert_true(tree_load(&again, 1));
    assert_string_equal(tree.ruleset.hash, again.ruleset.hash); /* whatever the folder's name */
    put_file(again.dir, "actions.xml",
             HEAD "<actions><action id='A1'><text lang='it'>X</text><text lang='en'>X</text>"
                  "</action><action id='A2'><text lang='it'>Y</text><text lang='en'>Y</text>"
                  "</action></actions>");
    assert_true(tree_load(&again, 1));
    assert_string_not_equal(tree.ruleset.hash, again.ruleset.hash);
    tree_close(&tree);
    tree_close(&again);
}

/* A second tree: re-grades one family, switches one off, brings a set and a rule. */
static void
test_second_tree(void **state)
{
    (void)state;
    struct tree tree;
    char more[32];
    tree_open(&tree);
    make_folders(more);
    tree.dirs[1] = more;
    put_file(more, "families/liability.xml",
             HEAD
             "<families category='liability'>"
             "<family id='liability.all' consumer='check'/>"
             "<family id='liability.cap' status='off'/>"
             "<family id='liability.new' rev='1' consumer='grey' free='grey' business='grey'>" TEXTS
             "</family></families>");
    put_file(more, "it/liability.xml",
             WORDING("<set name='danno'>perdita totale</set>"
                     "<rule id='liability.new'><when><match>ogni cosa</match></when>" EXAMPLES
                     "</rule>"
                     "<rule id='liability.all'>" PLAIN EXAMPLES "</rule>"));
    bool good = tree_load(&tree, 2);
    if (!good)
        show(&tree);
    assert_true(good);
    const struct family *f = ruleset_family(&tree.ruleset, STR("liability.all"));
    assert_int_equal(tree.ruleset.families.count, 3);
    assert_int_equal(f->grade[PARTY_CONSUMER], GRADE_CHECK);
    assert_int_equal(f->grade[PARTY_FREE], GRADE_BLACK);
    assert_int_equal(f->rev, 2);
    assert_int_equal(f->norm_count, 2);
    assert_int_equal(tree.ruleset.rules.count, 3);
    assert_false(ruleset_rule(&tree.ruleset, STR("liability.cap"))->enabled);
    assert_str(ruleset_rule(&tree.ruleset, STR("liability.all"))->when->children->source,
               "non risponde");
    assert_int_equal(pattern_sets_class(tree.ruleset.sets, STR("danno")), CLASS_NONE);
    assert_int_not_equal(pattern_sets_class(tree.ruleset.sets, STR("negation")), CLASS_NONE);
    tree_close(&tree);
    remove_folders(more);
}

/* --- bad -------------------------------------------------------------------------------------- */

struct spoiled {
    const char *file;
    const char *content;
    uint32_t line;
    const char *text;
};

static const struct spoiled spoiled_law[] = {
    {"categories.xml", "<categories><category id='x'>", 1, ""},
    {"categories.xml", "", 0, ""},
    {"categories.xml", "<!DOCTYPE categories><categories/>", 1, "document type declaration"},
    {"categories.xml", "\xFF\xFE<\0", 0, "UTF-8"},
    {"categories.xml", "<norms/>", 1, "this file has to hold <categories>"},
    {"categories.xml", "<categories>\nwords<category id='liability'/></categories>", 1,
     "text between elements: \"words\""},
    {"categories.xml",
     "<categories>\n<category id='liability'><title lang='it'>x</title>"
     "</category></categories>",
     2, "<category> has no <title lang=\"en\">"},
    {"categories.xml", "<categories>\n\n<categori id='x'/></categories>", 3,
     "did you mean \"category\"?"},
    {"norms.xml",
     "<norms><norm id='a' from='yesterday'><name lang='it'>x</name>"
     "<name lang='en'>x</name></norm></norms>",
     1, "has to be a date"},
    {"norms.xml",
     "<norms>\n<norm id='a'><name lang='it'>x</name><name lang='en'>x</name></norm>\n"
     "<norm id='a'><name lang='it'>x</name><name lang='en'>x</name></norm></norms>",
     3, "norm \"a\" is already at"},
    {"norms.xml",
     "<norms><norm id='a'><name lang='it'>x</name><name lang='en'>x</name>"
     "<says lang='it'>x</says></norm></norms>",
     1, "no <says lang=\"en\">"},
    {"actions.xml", "<actions><action><text lang='it'>x</text></action></actions>", 1,
     "<action> needs id=\"...\""},
    {"actions.xml", "<actions><action id='A1'><text lang='fr'>x</text></action></actions>", 1,
     "lang=\"fr\" is unknown"},
    {"actions.xml",
     "<actions><action id='A1'><text lang='it'>x</text><text lang='it'>x</text>"
     "</action></actions>",
     1, "a second <text>"},
    {"mitigators.xml", "<mitigators><mitigator id='M1' titel='x'/></mitigators>", 1,
     "takes no attribute \"titel\""},
    {"families/liability.xml", "<families category='liabilty'/>", 1,
     "no category \"liabilty\"; did you mean \"liability\"?"},
    {"families/liability.xml",
     FAMILY("id='liability.all' consumer='grey' free='grey'"
            " business='grey'",
            TEXTS),
     3, "<family> needs rev"},
    {"families/liability.xml",
     FAMILY("id='liability.all' rev='0' consumer='grey' free='grey'"
            " business='grey'",
            TEXTS),
     3, "rev=\"0\" has to be a whole number"},
    {"families/liability.xml",
     FAMILY("id='liability.all' rev='1' consumer='gray' free='grey'"
            " business='grey'",
            TEXTS),
     3, "consumer=\"gray\" is unknown; did you mean \"grey\"?"},
    {"families/liability.xml",
     FAMILY("id='liability.all' rev='1' consumer='grey' free='grey'", TEXTS), 3,
     "<family> needs business"},
    {"families/liability.xml",
     FAMILY("id='law.all' rev='1' consumer='grey' free='grey'"
            " business='grey'",
            TEXTS),
     3, "has to begin with \"liability.\""},
    {"families/liability.xml", FAMILY(GOOD_ATTRIBUTES " status='chek'", TEXTS), 3,
     "did you mean \"check\"?"},
    {"families/liability.xml", FAMILY(GOOD_ATTRIBUTES " upheld='3' of='2'", TEXTS), 3,
     "is more than of"},
    {"families/liability.xml", FAMILY(GOOD_ATTRIBUTES, ""), 3, "no <title lang=\"it\">"},
    {"families/liability.xml", FAMILY(GOOD_ATTRIBUTES, TEXTS "<fix lang='it'>x</fix>"), 3,
     "no <fix lang=\"en\">"},
    {"families/liability.xml", FAMILY(GOOD_ATTRIBUTES, TEXTS "<norm ref='cod-civ.1228'/>"), 0,
     "no norm \"cod-civ.1228\"; did you mean \"cod-civ.1229\"?"},
    {"families/liability.xml",
     FAMILY(GOOD_ATTRIBUTES, TEXTS "<norm ref='cod-cons.33' sector='food'/>"), 0,
     "sector=\"food\" is unknown"},
    {"families/liability.xml",
     FAMILY(GOOD_ATTRIBUTES, TEXTS "<norm ref='cod-cons.33' party='consumers'/>"), 0,
     "did you mean \"consumer\"?"},
    {"families/liability.xml", FAMILY(GOOD_ATTRIBUTES, TEXTS "<do>A1 A9</do>"), 0,
     "no action \"A9\""},
    {"families/liability.xml", FAMILY(GOOD_ATTRIBUTES, TEXTS "<explan/>"), 0,
     "did you mean \"explain\"?"},
};

#define NESTED4(x) "<any><any><any><any>" x "</any></any></any></any>"

static const struct spoiled spoiled_wording[] = {
    {"it/liability.xml", "<wording lang='en'/>", 1, "has to be \"it\""},
    {"it/liability.xml", RULE_OF("liability.al", PLAIN), 3,
     "no family \"liability.al\" in families/; did you mean \"liability.all\"?"},
    {"it/liability.xml",
     WORDING("<rule id='liability.cap'>" WHEN("<match>x</match>") EXAMPLES
             "</rule>\n<rule id='liability.cap'/>"),
     4, "rule \"liability.cap\" is already at"},
    {"it/liability.xml", WORDING("<set name='a'>x</set>\n<set name='a'>y</set>"), 4,
     "set \"a\" is already at"},
    {"it/liability.xml", WORDING("<set name='a'>uno, due\n  tre</set>\n"), 3, "one item or two?"},
    {"it/liability.xml", WORDING("<set name='a'>uno <b>due</b></set>"), 3, "<b> has no meaning"},
    {"it/liability.xml", RULE(""), 3, "<rule> needs a <when>"},
    {"it/liability.xml", RULE(PLAIN PLAIN), 3, "a second <when>"},
    {"it/liability.xml", RULE("<when/>"), 3, "<when> holds no condition"},
    {"it/liability.xml", RULE("<when>" CAUSE "<match>x</match></when>"), 3, "holds one condition"},
    {"it/liability.xml", RULE(WHEN("<macth>x</macth>")), 3, "did you mean \"match\"?"},
    {"it/liability.xml", RULE(WHEN("<match>(x</match>")), 3, "( without )"},
    {"it/liability.xml", RULE(WHEN("<match>{@boh}</match>")), 3, "no set of this name"},
    {"it/liability.xml", RULE(WHEN("<match>{xyzzyre}</match>")), 3,
     "no dictionary knows the lemma {xyzzyre}"},
    {"it/liability.xml", RULE(WHEN("<match in='claus'>x</match>")), 3, "did you mean \"clause\"?"},
    {"it/liability.xml", RULE(WHEN("<match near='0'>x</match>")), 3, "near=\"0\" has to be"},
    {"it/liability.xml", RULE(WHEN("<match>x</match><match near='3' in='clause'>x</match>")), 3,
     "leave `in` out"},
    {"it/liability.xml", RULE(WHEN("<match anchor='yes' near='3'>x</match>")), 3,
     "the anchor is where"},
    {"it/liability.xml", RULE(WHEN("<match subject='users'>x</match>")), 3,
     "subject=\"users\" is unknown; did you mean \"user\"?"},
    {"it/liability.xml", RULE(WHEN("<match bearer='!user'>x</match>")), 3,
     "bearer=\"!user\" is unknown"},
    {"it/liability.xml", RULE(WHEN("<match weight='2'>x</match>")), 3, "only directly under"},
    {"it/liability.xml", RULE(WHEN("<match>x</match><score><match>y</match></score>")), 3,
     "<score> needs threshold"},
    {"it/liability.xml",
     RULE(WHEN("<match>x</match><score threshold='5'><match weight='4'>y</match>"
               "<match weight='-2'>z</match></score>")),
     3, "never reached"},
    {"it/liability.xml", RULE(WHEN("<match>x</match><not><match anchor='yes'>y</match></not>")), 3,
     "cannot be the anchor"},
    {"it/liability.xml", RULE(WHEN("<match>x</match><any/>")), 3, "<any> holds no condition"},
    {"it/liability.xml",
     RULE("<when><all><not>" CAUSE "</not><match in='clause'>x</match></all></when>"), 3,
     "nothing here can be marked"},
    {"it/liability.xml",
     RULE(WHEN("<match>x</match>" NESTED4(NESTED4(NESTED4(NESTED4("<match>y</match>")))))), 3,
     "more than 16 conditions"},
    {"it/liability.xml", RULE(WHEN("<match>x</match><value of='time' max='2 days'/>")), 3,
     "names no value \"time\""},
    {"it/liability.xml", RULE(WHEN("<match>x {duration:time}</match><value of='time'/>")), 3,
     "needs min"},
    {"it/liability.xml",
     RULE(WHEN("<match>x {duration:time}</match><value of='time' max='2 moons'/>")), 3,
     "is no amount"},
    {"it/liability.xml",
     RULE(WHEN("<match>x {duration:time}</match><value of='time' min='3' max='2'/>")), 3,
     "never holds"},
    {"it/liability.xml",
     RULE(WHEN("<any><match>x {duration:time}</match><match>y {money:sum} {duration:time}</match>"
               "</any><value of='time' max='2 days'/>")),
     3, "name different values"},
    {"it/liability.xml", RULE(WHEN("<match>x</match><refers category='lav'/>")), 3,
     "no category \"lav\"; did you mean \"law\"?"},
    {"it/liability.xml", RULE(WHEN("<match>x</match><absent><any/></absent>")), 3,
     "<absent> holds <match> only"},
    {"it/liability.xml", RULE(PLAIN "<unless><absent><match>x</match></absent></unless>"), 3,
     "<absent> stands in <when>"},
    {"it/liability.xml", RULE(PLAIN "<unless><match>NON risponde</match></unless>"), 3,
     "together they never hold"},
    {"it/liability.xml", RULE(WHEN("<match>x $ y</match>")), 3, "this never matches"},
    {"it/liability.xml", RULE(WHEN("<match>x (^ y | ^ z)</match>")), 3, "this never matches"},
    {"it/liability.xml", RULE(WHEN("<match>parol[]</match>")), 3, "[] is no letter at all"},
    {"it/liability.xml",
     RULE(WHEN("<match>x</match><match in='clause'>y</match><not><match>x</match></not>")), 3,
     "asked for beside this <not>"},
    {"it/liability.xml",
     RULE(WHEN("<match>x {duration:time}</match><value of='time' min='30 days'/>"
               "<value of='time' max='15 days'/>")),
     3, "leaves no room"},
    {"it/liability.xml", RULE("<when><match>non risponde</match></when>"), 3,
     "evidence=\"cause\", but no condition here has that name"},
    {"it/liability.xml", RULE(PLAIN "<lower by='M1 M7'/>"), 3, "no mitigator \"M7\""},
    {"it/liability.xml", RULE(PLAIN "<lower/>"), 3, "<lower> needs by"},
    {"it/liability.xml", RULE(PLAIN "<cancel by='M1' in='page'/>"), 3, "in=\"page\" is unknown"},
    {"it/liability.xml",
     WORDING("<rule id='liability.all'>" PLAIN
             "<example kind='match'><mark>x</mark></example></rule>"),
     3, "1 match and 0 no-match examples"},
    {"it/liability.xml", RULE(PLAIN "<example kind='match'>x</example>"), 3, "not 0"},
    {"it/liability.xml",
     RULE(PLAIN "<example kind='match'><mark>x</mark> <mark>y</mark></example>"), 3, "not 2"},
    {"it/liability.xml", RULE(PLAIN "<example kind='match'>x <mark>y</example>"), 3, ""},
    {"it/liability.xml", RULE(PLAIN "<example kind='match'>x <mark> </mark></example>"), 3,
     "a mark holds words of one line"},
    {"it/liability.xml", RULE(PLAIN "<example kind='no-match'><mark>y</mark></example>"), 3,
     "nothing to <mark>"},
    {"it/liability.xml", RULE(PLAIN "<example kind='maybe'>x</example>"), 3,
     "kind=\"maybe\" is unknown"},
    {"it/liability.xml", RULE(PLAIN "<example kind='no-match'> </example>"), 3,
     "an example needs words"},
    {"it/liability.xml", RULE_OF("liability.cap", "<when><absent><match>x</match></absent></when>"),
     3, "leave <mark> out"},
    {"it/mitigators.xml", WORDING("<mitigator id='M9'><when><match>x</match></when></mitigator>"),
     3, "no mitigator \"M9\""},
    {"it/mitigators.xml", WORDING("<mitigator id='M1'/>"), 3, "<mitigator> needs a <when>"},
    {"it/mitigators.xml",
     WORDING("<mitigator id='M1'><when><match near='3'>x</match></when></mitigator>"), 3,
     "takes no attribute \"near\""},
    {"it/mitigators.xml",
     WORDING("<mitigator id='M1'><when><all><match>x {duration:a}</match><value of='b' min='1'/>"
             "</all></when></mitigator>"),
     3, "no <match> beside it"},
    {"it/mitigators.xml",
     WORDING("<mitigator id='M1'><when><refers category='law'/></when></mitigator>"), 3,
     "cannot refer"},
};

static void
check_spoiled(const struct spoiled *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct tree tree;
        tree_open(&tree);
        put_file(tree.dir, cases[i].file, cases[i].content);
        bool good = tree_load(&tree, 1);
        const struct diagnostic *d = said(&tree, cases[i].file, cases[i].line, cases[i].text);
        /* An empty file cannot even be read: that is the error, not a diagnostic. */
        bool unread = cases[i].content[0] == '\0' && tree.error.text[0] != '\0';
        if (good || (!unread && (!d || d->level != DIAGNOSTIC_ERROR))) {
            show(&tree);
            fail_msg("%s: wanted \"%s\" on line %u of\n%s", tree.error.text, cases[i].text,
                     (unsigned)cases[i].line, cases[i].content);
        }
        tree_close(&tree);
    }
}

static void
test_spoiled_law(void **state)
{
    (void)state;
    check_spoiled(spoiled_law, sizeof spoiled_law / sizeof *spoiled_law);
}

static void
test_spoiled_wording(void **state)
{
    (void)state;
    check_spoiled(spoiled_wording, sizeof spoiled_wording / sizeof *spoiled_wording);
}

/* All mistakes of all files are said at once, where they stand. */
static void
test_all_at_once(void **state)
{
    (void)state;
    struct tree tree;
    tree_open(&tree);
    put_file(tree.dir, "actions.xml", "<actions><action id='A1'/></actions>");
    put_file(tree.dir, "families/liability.xml",
             FAMILY(GOOD_ATTRIBUTES " colour='red'", TEXTS "\n  <do>A2</do>"));
    assert_false(tree_load(&tree, 1));
    assert_non_null(said(&tree, "actions.xml", 1, "no <text lang=\"it\">"));
    const struct diagnostic *d = said(&tree, "families/liability.xml", 3, "colour");
    assert_non_null(d);
    assert_int_equal(d->column, 1);
    d = said(&tree, "families/liability.xml", 0, "no action \"A2\"");
    assert_non_null(d);
    assert_int_equal(d->line, 5); /* behind the line break inside <explain> */
    assert_int_equal(d->column, 3);
    assert_non_null(strstr(tree.error.text, " mistakes in rule files"));
    tree_close(&tree);
}

static void
test_warnings(void **state)
{
    (void)state;
    struct tree tree;
    tree_open(&tree);
    put_file(tree.dir, "it/mitigators.xml", good_rules);
    put_file(tree.dir, "it/liability.xml", WORDING(""));
    bool good = tree_load(&tree, 1);
    const struct diagnostic *d = said(&tree, "it/mitigators.xml", 5, "is looked for in");
    assert_non_null(d);
    assert_int_equal(d->level, DIAGNOSTIC_WARNING);
    assert_true(good);
    tree_close(&tree);
}

static void
test_missing_files(void **state)
{
    (void)state;
    static const char *const needed[] = {"categories.xml", "norms.xml", "actions.xml",
                                         "mitigators.xml", "families/liability.xml"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        struct tree tree;
        char path[128];
        tree_open(&tree);
        snprintf(path, sizeof path, "%s/%s", tree.dir, needed[i]);
        unlink(path);
        assert_false(tree_load(&tree, 1));
        assert_non_null(strstr(tree.error.text, i < 4 ? needed[i] : "families"));
        tree_close(&tree);
    }
}

/* --- lint and messages ------------------------------------------------------------------------ */

static void
copy_schema(const char *dir)
{
    static char schema[64 << 10];
    FILE *file = fopen("rules/cavillo.rng", "r");
    assert_non_null(file);
    size_t length = fread(schema, 1, sizeof schema - 1, file);
    fclose(file);
    schema[length] = '\0';
    put_file(dir, "cavillo.rng", schema);
}

static void
test_lint(void **state)
{
    (void)state;
    static struct str forbidden[] = {{"e_ null*", 8}};
    static struct str hedges[] = {{"di norma", 8}};
    struct tree tree;
    tree_open(&tree);
    copy_schema(tree.dir);
    tree.language.forbidden = (struct word_list){forbidden, 1};
    tree.language.hedges = (struct word_list){hedges, 1};
    put_file(tree.dir, "families/liability.xml",
             HEAD
             "<families category='liability'>\n"
             "<family id='liability.all' rev='1' consumer='grey' free='grey' business='grey'>"
             "<title lang='it'>La clausola è nulla</title><title lang='en'>x</title>"
             "<explain lang='it'>Di norma la clausola è nulla.</explain>"
             "<explain lang='en'>x</explain></family>\n"
             "<family id='liability.cap' rev='1' consumer='grey' free='grey' business='grey'>" TEXTS
             "</family>\n</families>");
    put_file(tree.dir, "it/liability.xml",
             WORDING("<set name='spare'>x</set>\n<rule id='liability.all'><when><match>a b</match>"
                     "</when><lower by='M1'/>" EXAMPLES "</rule>\n"));
    bool good = tree_load(&tree, 1);
    if (!good)
        show(&tree);
    assert_true(good);
    assert_false(ruleset_lint(&tree.ruleset, tree.dirs, 1, &tree.diagnostics, &tree.error));
    static const struct {
        const char *file;
        enum diagnostic_level level;
        const char *text;
    } expected[] = {
        {"families/liability.xml", DIAGNOSTIC_ERROR, "title: \"e_ null*\" claims too much"},
        {"it/liability.xml", DIAGNOSTIC_ERROR, "\"a b\" has no key"},
        {"it/liability.xml", DIAGNOSTIC_WARNING, "set \"spare\" is used nowhere"},
        {"mitigators.xml", DIAGNOSTIC_WARNING, "mitigator M2"},
        {"norms.xml", DIAGNOSTIC_NOTE, "no family cites the norm cod-civ.1229"},
        {"families/liability.xml", DIAGNOSTIC_NOTE, "liability.cap has no wording in it"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct diagnostic *d = said(&tree, expected[i].file, 0, expected[i].text);
        if (!d || d->level != expected[i].level) {
            show(&tree);
            fail_msg("%s", expected[i].text);
        }
    }
    assert_null(said(&tree, "families/liability.xml", 0, "explain:")); /* hedged */
    assert_int_equal(tree.diagnostics.errors, 2);
    tree_close(&tree);
}

static void
test_schema(void **state)
{
    (void)state;
    struct tree tree;
    tree_open(&tree);
    copy_schema(tree.dir);
    assert_true(tree_load(&tree, 1));
    ruleset_lint(&tree.ruleset, tree.dirs, 1, &tree.diagnostics, &tree.error);
    if (tree.diagnostics.errors > 0)
        show(&tree);
    assert_int_equal(tree.diagnostics.errors, 0); /* the good tree fits the schema */
    put_file(tree.dir, "actions.xml", "<actions>\n<action/></actions>");
    assert_false(ruleset_lint(&tree.ruleset, tree.dirs, 1, &tree.diagnostics, &tree.error));
    assert_non_null(said(&tree, "actions.xml", 2, ""));
    put_file(tree.dir, "cavillo.rng", "<grammar/>");
    tree.error.text[0] = '\0';
    assert_false(ruleset_lint(&tree.ruleset, tree.dirs, 1, &tree.diagnostics, &tree.error));
    assert_non_null(strstr(tree.error.text, "cavillo.rng"));
    tree_close(&tree);
}

static void
test_messages(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        const char *text;
    } bad[] = {
        {"<messages><message id='a'><it>x</it></message></messages>", "has no <en>"},
        {"<messages><message id='a'><it>x %1</it><en>y</en></message></messages>", "same parts"},
        {"<messages><message id='a'><it>x</it><en>%u</en></message></messages>", "same parts"},
        {"<messages><message id='a'><it>x</it><en>y</en></message>"
         "<message id='a'><it>x</it><en>y</en></message></messages>",
         "already at"},
        {"<messages><message id='a'><it>x</it><en>y</en><fr>z</fr></message></messages>",
         "<fr> has no meaning"},
        {"<messages", ""},
    };
    struct tree tree;
    tree_open(&tree);
    assert_null(messages_load(&tree.arena, tree.dir, &tree.diagnostics, &tree.error));
    assert_non_null(strstr(tree.error.text, "messages.xml"));
    put_file(tree.dir, "messages.xml",
             "<messages><message id='z'><it>zeta\n  %1</it><en>zed %1</en></message>"
             "<message id='a'><it>è</it><en>is</en></message></messages>");
    struct messages *messages =
        messages_load(&tree.arena, tree.dir, &tree.diagnostics, &tree.error);
    assert_non_null(messages);
    assert_str(message_text(messages, "z", UI_IT), "zeta %1");
    assert_str(message_text(messages, "a", UI_EN), "is");
    assert_str(message_text(messages, "b", UI_EN), "b");
    assert_str(message_text(NULL, "b", UI_EN), "b");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put_file(tree.dir, "messages.xml", bad[i].content);
        assert_null(messages_load(&tree.arena, tree.dir, &tree.diagnostics, &tree.error));
        if (!said(&tree, "messages.xml", 0, bad[i].text))
            fail_msg("%s", bad[i].text);
    }
    tree_close(&tree);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_law),
        cmocka_unit_test(test_wording),
        cmocka_unit_test(test_absent_and_mitigators),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_second_tree),
        cmocka_unit_test(test_spoiled_law),
        cmocka_unit_test(test_spoiled_wording),
        cmocka_unit_test(test_all_at_once),
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_missing_files),
        cmocka_unit_test(test_lint),
        cmocka_unit_test(test_schema),
        cmocka_unit_test(test_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
