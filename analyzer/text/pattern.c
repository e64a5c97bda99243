#include "text/pattern.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "base/out.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/pattern_tree.h"

/* Source of a pattern -> tree.  Sets are parsed once, at their first mention, and shared. */

enum set_state { SET_UNREAD, SET_READING, SET_READ, SET_BAD };

struct pattern_set {
    struct str name;
    struct str items;
    struct str file;
    uint32_t line;
    enum set_state state;
    class_id class; /* of its single words, stems and lemmas */
    uint8_t worth;
    struct pattern *tree;
    struct pattern_set *next;
};

struct lemma_class {
    struct str lemma;
    class_id class; /* CLASS_NONE: unknown to every dictionary */
    struct lemma_class *next;
};

/* A class made of the single words of an alternation; equal words, equal class. */
struct word_class {
    struct str words; /* sorted, joined by '|' */
    class_id class;
    uint8_t worth;
    struct word_class *next;
};

enum {
    BUCKETS = 256,
    LEMMA_WORTH = 5, /* of a lemma as a key: its forms are of middling length */
    EXPANSIONS = 16, /* words that one word with [...] may stand for in a class */
};

struct pattern_sets {
    struct arena *arena;
    struct lexicon *lexicon;
    struct pattern_set *sets[BUCKETS];
    struct lemma_class *lemmas[BUCKETS];
    struct word_class *words[BUCKETS];
};

/* One pattern being read. */
struct parser {
    struct pattern_sets *sets;
    struct diagnostics *diagnostics;
    struct str source;
    size_t at;
    struct str file;
    uint32_t line;
    uint32_t depth;
    bool failed;
};

static struct pattern *parse_alternatives(struct parser *p);
static struct pattern_set *read_set(struct parser *p, struct str name);

static const char *const span_names[SPAN_KINDS] = {
    "provider", "user", "third", "money", "duration", "date", "article",
};

enum span_class
span_class_of(struct str name)
{
    enum span_class kind = SPAN_PROVIDER;
    while (kind < SPAN_KINDS && !str_equal(name, str_of(span_names[kind])))
        kind++;
    return kind;
}

static uint32_t
bucket_of(struct str name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * 16777619u;
    return hash % BUCKETS;
}

static void
complain(struct parser *p, const char *what)
{
    if (p->failed)
        return; /* one mistake a pattern: what follows is its echo */
    p->failed = true;
    diagnostic_add(p->diagnostics, DIAGNOSTIC_ERROR, p->file, p->line, 0,
                   "in \"%.*s\" at byte %zu: %s", STR_ARG(p->source), p->at + 1, what);
}

static struct pattern *
node(struct parser *p, enum node_kind kind)
{
    struct pattern *made = arena_new(p->sets->arena, struct pattern, 1);
    made->kind = kind;
    made->class = CLASS_NONE;
    return made;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_blanks(struct parser *p)
{
    while (p->at < p->source.len && is_blank(p->source.data[p->at]))
        p->at++;
}

static char
peek(const struct parser *p)
{
    return p->at < p->source.len ? p->source.data[p->at] : '\0';
}

/* The class of a lemma, made at its first mention. */
static class_id
class_of_lemma(struct parser *p, struct str lemma)
{
    struct pattern_sets *sets = p->sets;
    struct lemma_class **slot = &sets->lemmas[bucket_of(lemma)];
    for (struct lemma_class *l = *slot; l; l = l->next)
        if (str_equal(l->lemma, lemma))
            return l->class;
    struct lemma_class *made = arena_new(sets->arena, struct lemma_class, 1);
    made->lemma = arena_str(sets->arena, lemma);
    made->class = lexicon_class(sets->lexicon);
    made->next = *slot;
    *slot = made;
    struct error error;
    if (made->class == CLASS_NONE) {
        complain(p, "too many different lemmas and sets in this language; share sets");
    } else if (!lexicon_add_lemma(sets->lexicon, made->class, lemma, &error)) {
        complain(p, error.text);
        made->class = CLASS_NONE;
    }
    return made->class;
}

/* Folded words of a stretch of letters: one WORD node each, appended to *tail. */
static struct pattern **
append_words(struct parser *p, struct str raw, bool stem, struct pattern **tail)
{
    struct fold fold = fold_new(p->sets->arena, raw.len);
    fold_str(&fold, raw);
    struct str rest = {fold.bytes, fold.length};
    struct str word;
    while (str_cut(&rest, ' ', &word)) {
        struct str core = fold_core(word);
        if (core.len == 0)
            continue;
        struct pattern *made = node(p, NODE_WORD);
        made->literal = core;
        made->regex = core;
        *tail = made;
        tail = &made->next;
        if (rest.len == 0 && stem) {
            made->stem = true;
            if (core.len > 0 && core.data[core.len - 1] == '_')
                made->regex = made->literal = str_slice(core, 0, core.len - 1);
        } else {
            lexicon_add_word(p->sets->lexicon, CLASS_NONE, core);
        }
    }
    return tail;
}

/* A word with one or more letter classes: rispost[aeio], vessator[ie]*. */
static struct pattern *
class_word(struct parser *p, size_t begin, size_t end)
{
    struct pattern *made = node(p, NODE_WORD);
    struct arena *arena = p->sets->arena;
    struct out *regex = out_memory();
    size_t at = begin;
    bool first = true;
    while (at < end) {
        char c = p->source.data[at];
        if (c == '[') {
            out_char(regex, '[');
            if (at + 1 < end && p->source.data[at + 1] == ']')
                complain(p, "[] is no letter at all, so this never matches: put letters between");
            for (at++; at < end && p->source.data[at] != ']'; at++) {
                char letter = p->source.data[at];
                if (letter < 'a' || letter > 'z') {
                    complain(p, "only plain small letters may stand between [ and ]: write "
                                "(parola | pàrola) for others");
                    break;
                }
                out_char(regex, letter);
            }
            out_char(regex, ']');
            at++;
            first = false;
            continue;
        }
        size_t stop = at;
        while (stop < end && p->source.data[stop] != '[')
            stop++;
        struct fold fold = fold_new(arena, stop - at);
        fold_str(&fold, str_slice(p->source, at, stop));
        struct str core = fold_core((struct str){fold.bytes, fold.length});
        if (str_find(core, STR(" ")) < core.len)
            complain(p, "a word with [...] may hold no hyphen, slash or apostrophe");
        out_str(regex, core);
        if (first)
            made->literal = core;
        first = false;
        at = stop;
    }
    made->regex = arena_str(arena, out_written(regex));
    out_abandon(regex);
    return made;
}

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '\'' || c == '/' || c == '.' || c == '%' || c == '&' || (unsigned char)c >= 0x80;
}

/* A run of word bytes and [...]; may give several words (a hyphen parts). */
static struct pattern *
parse_word(struct parser *p)
{
    size_t begin = p->at;
    bool classes = false;
    while (p->at < p->source.len) {
        char c = p->source.data[p->at];
        if (c == '[') {
            classes = true;
            while (p->at < p->source.len && p->source.data[p->at] != ']')
                p->at++;
            if (p->at == p->source.len) {
                complain(p, "[ without ]");
                return NULL;
            }
        } else if (!is_word_byte(c)) {
            break;
        }
        p->at++;
    }
    size_t end = p->at;
    if (end == begin) {
        complain(p, "this character has no meaning in a pattern: write plain words; leave "
                    "punctuation out, and use ( | ) ? * [abc] {lemma} {@set} {..n} ^ $");
        return NULL;
    }
    bool stem = peek(p) == '*';
    if (stem)
        p->at++;
    if (p->source.data[end - 1] == '.') {
        if (stem)
            complain(p, "'.' means nothing here: a stem is responsabil*, a distance {..3}");
        end--; /* "art." is the word "art" */
    }
    if (classes) {
        struct pattern *made = class_word(p, begin, end);
        made->stem = stem;
        return made;
    }
    struct pattern *sequence = node(p, NODE_SEQ);
    append_words(p, str_slice(p->source, begin, end), stem, &sequence->children);
    if (!sequence->children) {
        complain(p, "this leaves no letters");
        return NULL;
    }
    return sequence->children->next ? sequence : sequence->children;
}

/* {..8} or {..8!@set} or {..8!user}; p->at is behind "{..". */
static struct pattern *
parse_gap(struct parser *p, struct str inside)
{
    struct pattern *made = node(p, NODE_GAP);
    struct str number = inside;
    size_t bang = str_find(inside, STR("!"));
    if (bang < inside.len)
        number = str_slice(inside, 0, bang);
    int64_t most;
    if (!str_number(number, &most) || most < 1 || most > BOUND_GAP) {
        complain(p, "a gap is {..1} to {..12}; for longer distances use near=\"...\" in a "
                    "condition of its own");
        return NULL;
    }
    made->most = (uint8_t)most;
    if (bang == inside.len)
        return made;
    struct str name = str_slice(inside, bang + 1, inside.len);
    if (str_starts(name, STR("@"))) {
        struct pattern_set *set = read_set(p, str_slice(name, 1, name.len));
        if (!set)
            return NULL;
        made->class = set->class;
        if (set->class == CLASS_NONE)
            complain(p, "the set after ! holds no single words, so it forbids nothing");
    } else if (span_class_of(name) < SPAN_KINDS) {
        made->class = (class_id)(2 * span_class_of(name));
    } else {
        complain(p, "after ! comes a set (@name) or a span (provider, user, third ...)");
    }
    return made;
}

static struct pattern *
parse_span(struct parser *p, struct str inside)
{
    struct pattern *made = node(p, NODE_SPAN);
    size_t colon = str_find(inside, STR(":"));
    made->span = span_class_of(str_slice(inside, 0, colon));
    if (colon < inside.len) {
        made->value = str_slice(inside, colon + 1, inside.len);
        bool plain = made->value.len > 0 && made->value.len <= 24;
        for (size_t i = 0; i < made->value.len; i++)
            plain = plain && made->value.data[i] >= 'a' && made->value.data[i] <= 'z';
        if (!plain)
            complain(p, "a value's name is up to 24 small letters: {duration:notice}");
    }
    return made;
}

/* Everything between braces; p->at is behind '{'. */
static struct pattern *
parse_braces(struct parser *p)
{
    size_t begin = p->at;
    while (p->at < p->source.len && p->source.data[p->at] != '}')
        p->at++;
    if (p->at == p->source.len) {
        complain(p, "{ without }");
        return NULL;
    }
    struct str inside = str_trim(str_slice(p->source, begin, p->at));
    p->at++;
    if (str_starts(inside, STR("..")))
        return parse_gap(p, str_slice(inside, 2, inside.len));
    if (str_starts(inside, STR("@"))) {
        struct pattern_set *set = read_set(p, str_slice(inside, 1, inside.len));
        return set ? set->tree : NULL;
    }
    if (span_class_of(str_slice(inside, 0, str_find(inside, STR(":")))) < SPAN_KINDS)
        return parse_span(p, inside);
    if (inside.len == 0 || (inside.data[0] >= '0' && inside.data[0] <= '9')) {
        complain(p, "{3} is no gap: write {..3}; {lemma} names a lemma, {@name} a set");
        return NULL;
    }
    struct pattern *made = node(p, NODE_CLASS);
    made->class = class_of_lemma(p, inside);
    made->worth = LEMMA_WORTH;
    return made;
}

static struct pattern *
parse_element(struct parser *p)
{
    char c = peek(p);
    struct pattern *made = NULL;
    if (c == '(') {
        p->at++;
        if (++p->depth > BOUND_PATTERN_DEPTH) {
            complain(p, "too many groups within groups");
            return NULL;
        }
        made = parse_alternatives(p);
        p->depth--;
        if (peek(p) != ')')
            complain(p, "( without )");
        else
            p->at++;
    } else if (c == '{') {
        p->at++;
        made = parse_braces(p);
    } else if (c == '^' || c == '$') {
        p->at++;
        made = node(p, c == '^' ? NODE_BEGIN : NODE_END);
    } else {
        made = parse_word(p);
    }
    if (!made || p->failed)
        return NULL;
    if (peek(p) == '*' || peek(p) == '+')
        complain(p, "* stands at the end of a word (responsabil*); repetition does not exist");
    if (peek(p) == '?') {
        p->at++;
        struct pattern *option = node(p, NODE_OPT);
        option->children = made;
        made = option;
    }
    return made;
}

/* Set trees are shared: a node is linked through a one-child sequence, never by its own next. */
static struct pattern *
parse_sequence(struct parser *p)
{
    struct pattern *sequence = node(p, NODE_SEQ);
    struct pattern **tail = &sequence->children;
    for (;;) {
        skip_blanks(p);
        char c = peek(p);
        if (c == '\0' || c == '|' || c == ')')
            break;
        struct pattern *element = parse_element(p);
        if (!element)
            return NULL;
        struct pattern *link = node(p, NODE_SEQ);
        link->children = element;
        *tail = link;
        tail = &link->next;
    }
    if (!sequence->children)
        complain(p, "empty: nothing to match here");
    return sequence;
}

typedef ARRAY(struct str) word_array;

static struct str
appended(struct arena *arena, struct str word, char letter)
{
    char *longer = arena_new(arena, char, word.len + 1);
    memcpy(longer, word.data, word.len);
    longer[word.len] = letter;
    return (struct str){longer, word.len + 1};
}

/* The words that a single word of a pattern stands for: "chius[ao]" -> two; stems keep a star. */
static bool
expand_word(struct arena *arena, const struct pattern *word, word_array *words)
{
    uint32_t first = words->count;
    bool plain = str_equal(word->regex, word->literal);
    array_push(arena, words, plain ? word->regex : STR(""));
    for (size_t at = plain ? word->regex.len : 0; at < word->regex.len; at++) {
        struct str letters = str_slice(word->regex, at, at + 1);
        if (letters.data[0] == '[') {
            size_t end = at + str_find(str_slice(word->regex, at, word->regex.len), STR("]"));
            letters = str_slice(word->regex, at + 1, end);
            at = end;
        }
        uint32_t count = words->count - first;
        if (letters.len == 0 || count * letters.len > EXPANSIONS)
            return false;
        for (uint32_t i = 0; i < count * letters.len; i++) {
            array_push(arena, words,
                       appended(arena, words->items[first + i % count], letters.data[i / count]));
        }
        for (uint32_t i = 0; i < count * letters.len; i++)
            words->items[first + i] = words->items[first + count + i];
        words->count = first + count * (uint32_t)letters.len;
    }
    for (uint32_t i = first; i < words->count && word->stem; i++)
        words->items[i] = appended(arena, words->items[i], '*');
    return true;
}

static int
compare_words(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* As a key a class is as good as its shortest word. */
static uint8_t
worth_of(struct str word)
{
    return (uint8_t)(word.len < 8 ? word.len : 8);
}

/* The class of exactly these words; NULL when there are too many classes. */
static const struct word_class *
class_of_words(struct pattern_sets *sets, word_array *words)
{
    qsort(words->items, words->count, sizeof *words->items, compare_words);
    struct out *joined = out_memory();
    uint8_t worth = UINT8_MAX;
    for (uint32_t i = 0; i < words->count; i++) {
        out_format(joined, "%.*s|", STR_ARG(words->items[i]));
        worth = worth_of(words->items[i]) < worth ? worth_of(words->items[i]) : worth;
    }
    struct str key = arena_str(sets->arena, out_written(joined));
    out_abandon(joined);
    struct word_class **slot = &sets->words[bucket_of(key)];
    for (struct word_class *c = *slot; c; c = c->next)
        if (str_equal(c->words, key))
            return c;
    class_id class = lexicon_class(sets->lexicon);
    if (class == CLASS_NONE)
        return NULL;
    for (uint32_t i = 0; i < words->count; i++)
        lexicon_add_word(sets->lexicon, class, words->items[i]);
    struct word_class *made = arena_new(sets->arena, struct word_class, 1);
    *made = (struct word_class){key, class, worth, *slot};
    *slot = made;
    return made;
}

/* The word that a branch is, if it is a single one. */
static const struct pattern *
single_word(const struct pattern *branch)
{
    while (branch->kind == NODE_SEQ && branch->children && !branch->children->next)
        branch = branch->children;
    return branch->kind == NODE_WORD ? branch : NULL;
}

/* Runs of single words become one class: one code in the view instead of many spellings. */
static void
merge_words(struct parser *p, struct pattern *alternatives)
{
    struct arena *arena = p->sets->arena;
    for (struct pattern **at = &alternatives->children; *at; at = &(*at)->next) {
        word_array words = {0};
        struct pattern *end = *at;
        uint32_t branches = 0;
        const struct pattern *word;
        for (; end && (word = single_word(end)) && expand_word(arena, word, &words); branches++)
            end = end->next;
        const struct word_class *class =
            branches > 1 && (!end || !single_word(end)) ? class_of_words(p->sets, &words) : NULL;
        if (!class)
            continue;
        struct pattern *merged = node(p, NODE_CLASS);
        merged->class = class->class;
        merged->worth = class->worth;
        merged->next = end;
        *at = merged;
    }
}

static struct pattern *
parse_alternatives(struct parser *p)
{
    struct pattern *first = parse_sequence(p);
    if (!first || peek(p) != '|')
        return first;
    struct pattern *alternatives = node(p, NODE_ALT);
    alternatives->children = first;
    struct pattern **tail = &first->next;
    while (!p->failed && peek(p) == '|') {
        p->at++;
        struct pattern *branch = parse_sequence(p);
        if (!branch)
            return NULL;
        *tail = branch;
        tail = &branch->next;
    }
    merge_words(p, alternatives);
    return alternatives;
}

static struct pattern *
parse_source(struct parser *p)
{
    if (p->source.len > BOUND_PATTERN_BYTES) {
        complain(p, "too long; use sets or several patterns");
        return NULL;
    }
    if (!utf8_valid(p->source)) {
        complain(p, "not valid UTF-8");
        return NULL;
    }
    struct pattern *pattern = parse_alternatives(p);
    if (!p->failed && p->at < p->source.len)
        complain(p, ") without (");
    if (p->failed || !pattern)
        return NULL;
    const char *mistake = pattern_mistake(pattern);
    if (mistake)
        complain(p, mistake);
    return p->failed ? NULL : pattern;
}

struct pattern *
pattern_parse(struct pattern_sets *sets, struct str source, struct str file, uint32_t line,
              struct diagnostics *diagnostics)
{
    struct parser p = {
        .sets = sets, .diagnostics = diagnostics, .source = source, .file = file, .line = line};
    return parse_source(&p);
}

struct pattern_sets *
pattern_sets_new(struct arena *arena, struct lexicon *lexicon)
{
    struct pattern_sets *sets = arena_new(arena, struct pattern_sets, 1);
    sets->arena = arena;
    sets->lexicon = lexicon;
    return sets;
}

static struct pattern_set *
find_set(const struct pattern_sets *sets, struct str name)
{
    struct pattern_set *set = sets->sets[bucket_of(name)];
    while (set && !str_equal(set->name, name))
        set = set->next;
    return set;
}

bool
pattern_sets_add(struct pattern_sets *sets, struct str name, struct str items, struct str file,
                 uint32_t line)
{
    if (find_set(sets, name))
        return false;
    struct pattern_set *set = arena_new(sets->arena, struct pattern_set, 1);
    *set = (struct pattern_set){.name = name,
                                .items = items,
                                .file = file,
                                .line = line,
                                .class = CLASS_NONE,
                                .next = sets->sets[bucket_of(name)]};
    sets->sets[bucket_of(name)] = set;
    return true;
}

/* Items part at commas and line breaks outside ( ) and { }. */
static bool
next_item(struct str *rest, struct str *item)
{
    while (rest->len > 0) {
        int depth = 0;
        size_t at = 0;
        for (; at < rest->len; at++) {
            char c = rest->data[at];
            if (c == '(' || c == '{')
                depth++;
            else if (c == ')' || c == '}')
                depth--;
            else if ((c == ',' || c == '\n') && depth <= 0)
                break;
        }
        *item = str_trim(str_slice(*rest, 0, at));
        *rest = at < rest->len ? str_slice(*rest, at + 1, rest->len)
                               : str_slice(*rest, rest->len, rest->len);
        if (item->len > 0)
            return true;
    }
    return false;
}

/* The class of a set, made when its first single word is met; false when there is none left. */
static bool
set_class(struct parser *p, struct pattern_set *set, uint8_t worth)
{
    if (set->class == CLASS_NONE) {
        set->class = lexicon_class(p->sets->lexicon);
        set->worth = worth;
    }
    set->worth = worth < set->worth ? worth : set->worth;
    return set->class != CLASS_NONE;
}

/* A lemma of a set: "{danno}", not a set or a span; empty when it is none. */
static struct str
lemma_of(struct str item)
{
    struct str none = {NULL, 0};
    if (!str_starts(item, STR("{")) || str_find(item, STR("}")) != item.len - 1)
        return none;
    struct str lemma = str_trim(str_slice(item, 1, item.len - 1));
    if (lemma.len == 0 || lemma.data[0] == '@' || lemma.data[0] == '.' ||
        span_class_of(str_slice(lemma, 0, str_find(lemma, STR(":")))) < SPAN_KINDS)
        return none;
    return lemma;
}

static bool
word_joins_class(struct parser *p, struct pattern_set *set, const struct pattern *word)
{
    word_array words = {0};
    if (!expand_word(p->sets->arena, word, &words))
        return false;
    for (uint32_t i = 0; i < words.count; i++) {
        if (!set_class(p, set, worth_of(words.items[i])))
            return false;
        lexicon_add_word(p->sets->lexicon, set->class, words.items[i]);
    }
    return true;
}

/* A single word, stem or lemma joins the set's class; anything else becomes a branch. */
static struct pattern *
read_item(struct parser *p, struct pattern_set *set, struct str item)
{
    struct str lemma = lemma_of(item);
    if (lemma.len > 0 && set_class(p, set, LEMMA_WORTH)) {
        struct error error;
        if (!lexicon_add_lemma(p->sets->lexicon, set->class, lemma, &error))
            complain(p, error.text);
        return NULL;
    }
    struct parser inner = {.sets = p->sets,
                           .diagnostics = p->diagnostics,
                           .source = item,
                           .file = set->file,
                           .line = set->line,
                           .depth = p->depth + 1};
    if (inner.depth > BOUND_PATTERN_DEPTH) {
        complain(p, "too many sets within sets");
        return NULL;
    }
    struct pattern *tree = parse_source(&inner);
    p->failed = p->failed || inner.failed;
    const struct pattern *word = tree ? single_word(tree) : NULL;
    return word && word_joins_class(p, set, word) ? NULL : tree;
}

static void
build_set(struct parser *p, struct pattern_set *set)
{
    set->state = SET_READING;
    struct parser inner = {.sets = p->sets,
                           .diagnostics = p->diagnostics,
                           .source = set->name,
                           .file = set->file,
                           .line = set->line,
                           .depth = p->depth};
    struct pattern *tree = node(p, NODE_ALT);
    struct pattern **tail = &tree->children;
    struct str rest = set->items, item;
    while (next_item(&rest, &item)) {
        struct pattern *branch = read_item(&inner, set, item);
        if (!branch)
            continue;
        struct pattern *link = node(p, NODE_SEQ);
        link->children = branch;
        *tail = link;
        tail = &link->next;
    }
    if (set->class != CLASS_NONE) {
        struct pattern *words = node(p, NODE_CLASS);
        words->class = set->class;
        words->worth = set->worth;
        words->next = tree->children;
        tree->children = words;
    }
    if (!tree->children)
        complain(&inner, "this set holds nothing");
    set->tree = tree->children && !tree->children->next ? tree->children : tree;
    set->state = inner.failed ? SET_BAD : SET_READ;
}

static struct pattern_set *
read_set(struct parser *p, struct str name)
{
    struct pattern_set *set = find_set(p->sets, name);
    if (!set) {
        complain(p, "no set of this name: define it with <set name=\"...\">, here or in sets.xml");
        return NULL;
    }
    if (set->state == SET_READING) {
        complain(p, "these sets name each other in a circle");
        return NULL;
    }
    if (set->state == SET_UNREAD)
        build_set(p, set);
    if (set->state == SET_BAD) {
        p->failed = true; /* said where the set stands */
        return NULL;
    }
    return set;
}

void
pattern_sets_check(struct pattern_sets *sets, struct diagnostics *diagnostics)
{
    for (size_t b = 0; b < BUCKETS; b++) {
        for (struct pattern_set *set = sets->sets[b]; set; set = set->next) {
            struct parser p = {.sets = sets,
                               .diagnostics = diagnostics,
                               .source = set->name,
                               .file = set->file,
                               .line = set->line};
            if (set->state == SET_UNREAD)
                build_set(&p, set);
        }
    }
}

class_id
pattern_sets_class(struct pattern_sets *sets, struct str name)
{
    const struct pattern_set *set = find_set(sets, name);
    return set ? set->class : CLASS_NONE;
}
