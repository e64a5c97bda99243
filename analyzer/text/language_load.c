#include <dirent.h>
#include <stdlib.h>

#include "base/bounds.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/read.h"
#include "text/xml.h"

/*
 * rules/<id>/language.xml -> struct language.  Every word is folded as texts are, so that a list
 * and a text compare byte by byte.  All mistakes of a file are reported, then loading fails.
 */

enum {
    LANGUAGE_FILE_BYTES = 4 << 20, /* a word list longer than that is no word list */
    WORD_BYTES = 4 << 10,          /* folded size of one entry */
    CONFUSION_LETTERS = 3,         /* of either side */
};

struct loading {
    struct arena *arena;
    struct language *language;
    struct str file;
    struct diagnostics *diagnostics;
    bool failed;
};

struct words {
    ARRAY(struct str) list;
};

static void
complain(struct loading *loading, const struct xml_node *node, const char *what, struct str detail)
{
    diagnostic_add(loading->diagnostics, DIAGNOSTIC_ERROR, loading->file, node->line, node->column,
                   "%s \"%.*s\"", what, STR_ARG(detail));
    loading->failed = true;
}

/* Folded cores of the words of `source`, joined by single blanks; *count = how many. */
static struct str
fold_phrase(struct arena *arena, struct str source, uint32_t *count)
{
    struct fold fold = fold_new(arena, source.len);
    fold_str(&fold, source);
    char *out = arena_new(arena, char, fold.length + 1);
    size_t length = 0;
    struct str rest = {fold.bytes, fold.length}, word;
    *count = 0;
    while (str_cut(&rest, ' ', &word)) {
        word = fold_core(word);
        if (word.len == 0)
            continue;
        if (length > 0)
            out[length++] = ' ';
        memcpy(out + length, word.data, word.len);
        length += word.len;
        ++*count;
    }
    return (struct str){out, length};
}

static int
compare_words(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static struct word_list
sorted(struct words *words)
{
    uint32_t kept = 0;
    if (words->list.count > 0)
        qsort(words->list.items, words->list.count, sizeof(struct str), compare_words);
    for (uint32_t i = 0; i < words->list.count; i++)
        if (kept == 0 || !str_equal(words->list.items[kept - 1], words->list.items[i]))
            words->list.items[kept++] = words->list.items[i];
    return (struct word_list){words->list.items, kept};
}

/* Blank-separated words; "*iamo" keeps its star. */
static void
read_words(struct loading *loading, const struct xml_node *node, struct words *words)
{
    struct str rest = xml_words(loading->arena, node), word;
    while (str_cut(&rest, ' ', &word)) {
        if (word.len > WORD_BYTES) {
            complain(loading, node, "a word is too long in", node->name);
            return;
        }
        uint32_t count;
        struct str folded = fold_phrase(loading->arena, word, &count);
        if (count != 1) {
            complain(loading, node, "not one word:", word);
            continue;
        }
        if (word.data[0] == '*')
            folded = arena_format(loading->arena, "*%.*s", STR_ARG(folded));
        array_push(loading->arena, &words->list, folded);
    }
}

/* Phrases between commas and line breaks. */
static void
read_phrases(struct loading *loading, const struct xml_node *node, struct words *words)
{
    struct str rest = xml_text(loading->arena, node), line;
    while (str_cut(&rest, '\n', &line)) {
        struct str phrase;
        while (str_cut(&line, ',', &phrase)) {
            if (phrase.len == 0)
                continue;
            uint32_t count;
            struct str folded = fold_phrase(loading->arena, phrase, &count);
            if (count == 0 || phrase.len > WORD_BYTES) {
                complain(loading, node, "not a phrase:", phrase);
                continue;
            }
            array_push(loading->arena, &words->list, folded);
        }
    }
}

/* <numerals>, <durations>: lists of words with a value, kept parallel. */
struct valued {
    struct str word;
    int64_t value;
};

static int
compare_valued(const void *a, const void *b)
{
    return str_compare(((const struct valued *)a)->word, ((const struct valued *)b)->word);
}

static void
read_valued(struct loading *loading, const struct xml_node *node, const char *element,
            const char *attribute, struct word_list *list, int64_t **values)
{
    ARRAY(struct valued) all = {NULL, 0, 0};
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next)) {
        int64_t value;
        if (!xml_is(child, element) || !str_number(xml_attribute(child, attribute), &value)) {
            complain(loading, child, "an entry without a number:", child->name);
            continue;
        }
        struct words words = {{NULL, 0, 0}};
        read_words(loading, child, &words);
        for (uint32_t i = 0; i < words.list.count; i++)
            array_push(loading->arena, &all, ((struct valued){words.list.items[i], value}));
    }
    if (all.count > 0)
        qsort(all.items, all.count, sizeof(struct valued), compare_valued);
    *values = arena_new(loading->arena, int64_t, all.count);
    list->words = arena_new(loading->arena, struct str, all.count);
    list->count = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        if (list->count > 0 && str_equal(list->words[list->count - 1], all.items[i].word)) {
            complain(loading, node, "two values for", all.items[i].word);
            continue;
        }
        (*values)[list->count] = all.items[i].value;
        list->words[list->count++] = all.items[i].word;
    }
}

static uint32_t
word_count(struct str phrase)
{
    uint32_t count = 1;
    for (size_t i = 0; i < phrase.len; i++)
        count += phrase.data[i] == ' ';
    return count;
}

static int
compare_nouns(const void *a, const void *b)
{
    const struct party_noun *x = a, *y = b;
    uint32_t x_words = word_count(x->folded), y_words = word_count(y->folded);
    if (x_words != y_words)
        return x_words > y_words ? -1 : 1;
    return str_compare(x->folded, y->folded);
}

struct nouns {
    ARRAY(struct party_noun) list;
};

static void
read_party(struct loading *loading, const struct xml_node *node, struct nouns *strong,
           struct nouns *weak)
{
    struct str name = xml_attribute(node, "role");
    enum role role = ROLE_NONE;
    if (str_equal(name, STR("provider")))
        role = ROLE_PROVIDER;
    else if (str_equal(name, STR("user")))
        role = ROLE_USER;
    else if (str_equal(name, STR("third")))
        role = ROLE_THIRD;
    else
        complain(loading, node, "role is provider, user or third, not", name);
    bool defined = str_equal(xml_attribute(node, "when"), STR("defined"));
    struct words words = {{NULL, 0, 0}};
    read_phrases(loading, node, &words);
    struct word_list list = sorted(&words);
    for (uint32_t i = 0; i < list.count; i++) {
        if (word_count(list.words[i]) > BOUND_PARTY_WORDS)
            complain(loading, node, "too many words:", list.words[i]);
        struct nouns *nouns = defined ? weak : strong;
        array_push(loading->arena, &nouns->list, ((struct party_noun){list.words[i], role}));
    }
}

static void
settle_nouns(struct nouns *nouns, struct party_noun **items, uint32_t *count)
{
    if (nouns->list.count > 0)
        qsort(nouns->list.items, nouns->list.count, sizeof(struct party_noun), compare_nouns);
    *items = nouns->list.items;
    *count = nouns->list.count;
}

enum list_kind {
    LIST_WORDS,
    LIST_PHRASES,
};

struct list_element {
    const char *name;
    enum list_kind kind;
    size_t offset; /* of the word_list in struct language */
};

#define LIST(name, kind, field)                                                                    \
    {                                                                                              \
        name, kind, offsetof(struct language, field)                                               \
    }

static const struct list_element list_elements[] = {
    LIST("stopwords", LIST_WORDS, stopwords),
    LIST("rivals", LIST_WORDS, rivals),
    LIST("abbreviations", LIST_WORDS, abbreviations),
    LIST("final-abbreviations", LIST_WORDS, final_abbreviations),
    LIST("article-words", LIST_WORDS, article_words),
    LIST("part-words", LIST_WORDS, part_words),
    LIST("letter-words", LIST_WORDS, letter_words),
    LIST("open-words", LIST_WORDS, open_words),
    LIST("conjunctions", LIST_WORDS, conjunctions),
    LIST("range-words", LIST_WORDS, range_words),
    LIST("finite-verbs", LIST_WORDS, finite_verbs),
    LIST("negation", LIST_WORDS, negation),
    LIST("prepositions", LIST_WORDS, prepositions),
    LIST("genitives", LIST_WORDS, genitives),
    LIST("conditions", LIST_WORDS, conditions),
    LIST("determiners", LIST_WORDS, determiners),
    LIST("ordinary", LIST_WORDS, ordinary),
    LIST("people", LIST_WORDS, people),
    LIST("first-plural", LIST_WORDS, first_plural),
    LIST("legal-forms", LIST_WORDS, legal_forms),
    LIST("affixes", LIST_WORDS, affixes),
    LIST("currencies", LIST_WORDS, currencies),
    LIST("joiners", LIST_PHRASES, joiners),
    LIST("references", LIST_PHRASES, references),
    LIST("definitions", LIST_PHRASES, definitions),
    LIST("defining", LIST_PHRASES, defining),
    LIST("quotations", LIST_PHRASES, quotations),
    LIST("approvals", LIST_PHRASES, approvals),
    LIST("business-only", LIST_PHRASES, business_only),
    LIST("consumer-only", LIST_PHRASES, consumer_only),
    LIST("elsewhere", LIST_PHRASES, elsewhere),
    LIST("contents", LIST_PHRASES, contents),
    LIST("forbidden", LIST_PHRASES, forbidden),
    LIST("hedges", LIST_PHRASES, hedges),
};

enum { LIST_ELEMENTS = sizeof list_elements / sizeof *list_elements };

static bool
read_list(struct loading *loading, const struct xml_node *node)
{
    for (uint32_t i = 0; i < LIST_ELEMENTS; i++) {
        if (!xml_is(node, list_elements[i].name))
            continue;
        struct words words = {{NULL, 0, 0}};
        if (list_elements[i].kind == LIST_WORDS)
            read_words(loading, node, &words);
        else
            read_phrases(loading, node, &words);
        struct word_list list = sorted(&words);
        memcpy((char *)loading->language + list_elements[i].offset, &list, sizeof list);
        return true;
    }
    return false;
}

static void
read_months(struct loading *loading, const struct xml_node *node)
{
    struct words words = {{NULL, 0, 0}};
    read_words(loading, node, &words);
    if (words.list.count != 12)
        complain(loading, node, "a year has twelve of", node->name);
    loading->language->months = (struct word_list){words.list.items, words.list.count};
}

/* The text of <letter-label>: exactly one %s and no other %, since it becomes a format. */
static void
read_letter_label(struct loading *loading, const struct xml_node *node)
{
    struct str label = xml_words(loading->arena, node);
    size_t at = str_find(label, STR("%s"));
    size_t percents = 0;
    for (size_t i = 0; i < label.len; i++)
        percents += label.data[i] == '%';
    if (at == label.len || percents != 1)
        complain(loading, node, "needs one %s and no other %:", label);
    else
        loading->language->letter_label = label;
}

static bool
are_letters(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.data[i] >= 'a' && s.data[i] <= 'z') && !(s.data[i] >= '0' && s.data[i] <= '9'))
            return false;
    return s.len >= 1 && s.len <= CONFUSION_LETTERS;
}

static int
compare_confusions(const void *a, const void *b)
{
    const struct confusion *x = a, *y = b;
    int order = str_compare(x->read, y->read);
    return order ? order : str_compare(x->as, y->as);
}

/* <c read="rn">m</c>: what stands in the text, and what it may have been. */
static void
read_confusions(struct loading *loading, const struct xml_node *node)
{
    ARRAY(struct confusion) all = {NULL, 0, 0};
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next)) {
        struct confusion made = {.read = xml_attribute(child, "read")};
        struct str rest = xml_words(loading->arena, child);
        if (!xml_is(child, "c") || !are_letters(made.read))
            complain(loading, child, "one to three plain letters or digits are needed:", made.read);
        while (str_cut(&rest, ' ', &made.as)) {
            if (!are_letters(made.as))
                complain(loading, child, "one to three plain letters are needed:", made.as);
            array_push(loading->arena, &all, made);
        }
    }
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, compare_confusions);
    loading->language->confusions = all.items;
    loading->language->confusion_count = all.count;
}

static void
read_element(struct loading *loading, const struct xml_node *node, struct nouns *strong,
             struct nouns *weak)
{
    struct language *language = loading->language;
    if (xml_is(node, "letter-label"))
        read_letter_label(loading, node);
    else if (xml_is(node, "numerals"))
        read_valued(loading, node, "n", "is", &language->numerals, &language->numeral_values);
    else if (xml_is(node, "durations"))
        read_valued(loading, node, "d", "days", &language->units_days, &language->duration_days);
    else if (xml_is(node, "confusions"))
        read_confusions(loading, node);
    else if (xml_is(node, "months"))
        read_months(loading, node);
    else if (xml_is(node, "party"))
        read_party(loading, node, strong, weak);
    else if (!read_list(loading, node))
        complain(loading, node, "unknown element", node->name);
}

static void
read_language(struct loading *loading, const struct xml_node *root, struct str folder)
{
    struct language *language = loading->language;
    language->id = xml_attribute(root, "id");
    language->name = xml_attribute(root, "name");
    language->dictionary = xml_attribute(root, "dictionary");
    language->open_lead_ins = str_equal(xml_attribute(root, "lead-ins"), STR("open"));
    if (!xml_is(root, "language"))
        complain(loading, root, "the root is <language>, not", root->name);
    else if (!str_equal(language->id, folder))
        complain(loading, root, "the id must be the name of the folder, not", language->id);
    struct nouns strong = {{NULL, 0, 0}}, weak = {{NULL, 0, 0}};
    for (const struct xml_node *node = xml_element(root->children); node;
         node = xml_element(node->next))
        read_element(loading, node, &strong, &weak);
    settle_nouns(&strong, &language->nouns, &language->noun_count);
    settle_nouns(&weak, &language->weak_nouns, &language->weak_noun_count);
    if (!loading->failed && language->stopwords.count == 0)
        complain(loading, root, "there is no <stopwords> in", language->id);
    if (!loading->failed && language->letter_label.len == 0)
        complain(loading, root, "there is no <letter-label> in", language->id);
}

static bool
load_one(struct arena *arena, const char *rules_dir, struct str folder, struct language *language,
         struct diagnostics *diagnostics, struct error *error)
{
    struct str dir = arena_format(arena, "%s/%.*s", rules_dir, STR_ARG(folder));
    struct str path = arena_format(arena, "%.*s/language.xml", STR_ARG(dir));
    struct source source;
    if (!read_path(arena, path.data, LANGUAGE_FILE_BYTES, &source, error))
        return false;
    language->dir = dir.data;
    struct loading loading = {
        .arena = arena, .language = language, .file = path, .diagnostics = diagnostics};
    const struct xml_node *root = xml_parse(arena, source.bytes, path, diagnostics);
    if (root)
        read_language(&loading, root, folder);
    if (!root || loading.failed)
        return error_set(error, "%.*s: not a usable language file", STR_ARG(path));
    return true;
}

/* Names of the folders of rules_dir that hold a language.xml, sorted. */
static bool
find_folders(struct arena *arena, const char *rules_dir, struct words *folders, struct error *error)
{
    DIR *dir = opendir(rules_dir);
    if (!dir)
        return error_set(error, "%s: no such folder of rules", rules_dir);
    const struct dirent *entry;
    while ((entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        struct str path = arena_format(arena, "%s/%s/language.xml", rules_dir, entry->d_name);
        FILE *file = fopen(path.data, "r");
        if (!file)
            continue;
        fclose(file);
        array_push(arena, &folders->list, arena_str(arena, str_of(entry->d_name)));
    }
    closedir(dir);
    return true;
}

bool
languages_load(struct arena *arena, const char *rules_dir, struct languages *languages,
               struct diagnostics *diagnostics, struct error *error)
{
    struct words folders = {{NULL, 0, 0}};
    *languages = (struct languages){NULL, 0};
    if (!find_folders(arena, rules_dir, &folders, error))
        return false;
    struct word_list names = sorted(&folders);
    if (names.count == 0)
        return error_set(error, "%s: no language.xml in any folder", rules_dir);
    languages->items = arena_new(arena, struct language, names.count);
    bool good = true;
    for (uint32_t i = 0; i < names.count; i++) {
        if (load_one(arena, rules_dir, names.words[i], &languages->items[languages->count],
                     diagnostics, good ? error : NULL))
            languages->count++;
        else
            good = false;
    }
    return good;
}
