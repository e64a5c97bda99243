#include "text/lexicon.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/bounds.h"
#include "base/hash.h"
#include "text/fold.h"
#include "text/pattern.h"
#include "text/read.h"

/*
 * Folded form -> classes, as an open-addressing table of indices into an array of entries.  The
 * form table is kept as read; its lines are indexed once and searched by lemma.
 */

enum { STEM_LETTERS = 64 };

struct entry {
    struct str word; /* "responsabile"; a stem ends with '*' */
    uint64_t hash;
    ARRAY(class_id) classes; /* given to it itself, in any order */
    signature signature;     /* with those of the stems it begins with; set by lexicon_seal */
};

/* Words in the same classes. */
struct kind {
    class_id *classes; /* ascending */
    uint32_t count;
};

struct members {
    ARRAY(signature) signatures;
};

struct form_line {
    struct str lemma;
    struct str forms; /* blank-separated */
};

struct lexicon {
    struct arena *arena;
    const char *language_dir;
    struct str dictionary;
    ARRAY(struct form_line) lines; /* sorted by lemma */
    ARRAY(struct entry) entries;
    uint32_t *slots;     /* index of an entry + 1; 0 = free */
    uint32_t slot_count; /* a power of two, at least twice the entries */
    uint32_t class_count;
    ARRAY(struct kind) kinds;  /* by signature */
    struct members *members;   /* by class */
    uint64_t stems[256];       /* by first letter: bit n = there is a stem of n letters */
    struct expander *expander; /* NULL until the first lemma the form table lacks */
};

static bool
index_forms(struct lexicon *lexicon, struct str bytes, const char *path, struct error *error)
{
    struct str rest = bytes;
    struct str head = STR(LEXICON_FORMS_HEAD);
    if (!str_starts(rest, head))
        return error_set(error, "%s: not a form table of this version; run make", path);
    rest = str_slice(rest, head.len, rest.len);
    while (rest.len > 0) {
        size_t end = str_find(rest, STR("\n"));
        struct str line = str_slice(rest, 0, end);
        rest = end < rest.len ? str_slice(rest, end + 1, rest.len) : str_slice(rest, end, end);
        size_t tab = str_find(line, STR("\t"));
        if (tab == 0 || tab >= line.len)
            return error_set(error, "%s: damaged form table; run make", path);
        struct form_line made = {str_slice(line, 0, tab), str_slice(line, tab + 1, line.len)};
        uint32_t count = lexicon->lines.count;
        if (count > 0 && str_compare(lexicon->lines.items[count - 1].lemma, made.lemma) >= 0)
            return error_set(error, "%s: unsorted form table; run make", path);
        array_push(lexicon->arena, &lexicon->lines, made);
    }
    return true;
}

static void
resize(struct lexicon *lexicon, uint32_t slot_count)
{
    lexicon->slots = arena_new(lexicon->arena, uint32_t, slot_count);
    lexicon->slot_count = slot_count;
    for (uint32_t i = 0; i < lexicon->entries.count; i++) {
        uint64_t at = lexicon->entries.items[i].hash & (slot_count - 1);
        while (lexicon->slots[at])
            at = (at + 1) & (slot_count - 1);
        lexicon->slots[at] = i + 1;
    }
}

struct lexicon *
lexicon_open(struct arena *arena, const char *forms, const char *language_dir,
             struct str dictionary, struct error *error)
{
    struct lexicon *lexicon = arena_new(arena, struct lexicon, 1);
    lexicon->arena = arena;
    lexicon->language_dir = language_dir;
    lexicon->dictionary = dictionary;
    if (forms && access(forms, F_OK) == 0) {
        struct source source;
        if (!read_path(arena, forms, BOUND_FORMS_BYTES, &source, error) ||
            !index_forms(lexicon, source.bytes, forms, error))
            return NULL;
    }
    resize(lexicon, 1u << 12);
    lexicon->class_count = SPAN_CLASSES; /* these belong to the spans of text/pattern.h */
    return lexicon;
}

void
lexicon_close(struct lexicon *lexicon)
{
    if (lexicon) {
        expander_close(lexicon->expander);
        lexicon->expander = NULL;
    }
}

class_id
lexicon_class(struct lexicon *lexicon)
{
    return lexicon->class_count < BOUND_CLASSES ? (class_id)lexicon->class_count++ : CLASS_NONE;
}

/* The slot of a word, or the free one where it belongs. */
static uint32_t *
slot_of(const struct lexicon *lexicon, struct str word, uint64_t hash)
{
    uint64_t at = hash & (lexicon->slot_count - 1);
    while (lexicon->slots[at]) {
        const struct entry *entry = &lexicon->entries.items[lexicon->slots[at] - 1];
        if (entry->hash == hash && str_equal(entry->word, word))
            break;
        at = (at + 1) & (lexicon->slot_count - 1);
    }
    return &lexicon->slots[at];
}

/* `word` must live as long as the lexicon. */
static void
add_kept(struct lexicon *lexicon, class_id class, struct str word)
{
    if (word.len == 0 || (class >= lexicon->class_count && class != CLASS_NONE))
        return;
    uint64_t hash = hash_str(word);
    uint32_t *slot = slot_of(lexicon, word, hash);
    if (!*slot) {
        if ((lexicon->entries.count + 1) * 2 > lexicon->slot_count) {
            resize(lexicon, lexicon->slot_count * 2);
            slot = slot_of(lexicon, word, hash);
        }
        struct entry made = {.word = word, .hash = hash};
        array_push(lexicon->arena, &lexicon->entries, made);
        *slot = lexicon->entries.count;
    }
    struct entry *entry = &lexicon->entries.items[*slot - 1];
    if (class == CLASS_NONE)
        return;
    for (uint32_t i = 0; i < entry->classes.count; i++)
        if (entry->classes.items[i] == class)
            return;
    array_push(lexicon->arena, &entry->classes, class);
}

/* A word without its punctuation; a stem keeps its star. */
static struct str
member_core(struct str folded)
{
    bool stem = str_ends(folded, STR("*"));
    struct str core = fold_core(folded);
    if (stem && core.len > 0)
        core.len++; /* the star is right behind the letters */
    return core;
}

void
lexicon_add_word(struct lexicon *lexicon, class_id class, struct str folded)
{
    struct str core = member_core(folded);
    if (core.len == 0)
        return;
    add_kept(lexicon, class, arena_str(lexicon->arena, core));
    if (core.data[core.len - 1] == '*' && core.len <= STEM_LETTERS)
        lexicon->stems[(unsigned char)core.data[0]] |= UINT64_C(1) << (core.len - 1);
}

static const struct form_line *
find_line(const struct lexicon *lexicon, struct str lemma)
{
    uint32_t low = 0;
    uint32_t high = lexicon->lines.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(lexicon->lines.items[middle].lemma, lemma);
        if (order == 0)
            return &lexicon->lines.items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool
ask_expander(struct lexicon *lexicon, class_id class, struct str lemma, struct error *error)
{
    struct error inner = {.text = ""};
    if (!lexicon->expander) {
        lexicon->expander = expander_open(lexicon->language_dir, lexicon->dictionary, &inner);
        if (!lexicon->expander)
            return error_set(error,
                             "the form table lacks {%.*s} and no dictionary can be asked: %s",
                             STR_ARG(lemma), inner.text);
    }
    struct str *forms;
    uint32_t count = expander_forms(lexicon->expander, lexicon->arena, lemma, &forms);
    for (uint32_t i = 0; i < count; i++)
        add_kept(lexicon, class, forms[i]);
    if (count == 0)
        return error_set(error,
                         "no dictionary knows the lemma {%.*s}: mend it, write out its forms, or "
                         "add an <irregular> to forms.xml",
                         STR_ARG(lemma));
    return true;
}

bool
lexicon_add_lemma(struct lexicon *lexicon, class_id class, struct str lemma, struct error *error)
{
    struct arena_mark mark = arena_mark(lexicon->arena);
    struct fold fold = fold_new(lexicon->arena, lemma.len);
    fold_str(&fold, lemma);
    struct str folded = fold_core(str_trim((struct str){fold.bytes, fold.length}));
    const struct form_line *line = find_line(lexicon, folded);
    arena_reset(lexicon->arena, mark);
    if (!line)
        return ask_expander(lexicon, class, lemma, error);
    struct str rest = line->forms;
    struct str form;
    while (str_cut(&rest, ' ', &form))
        add_kept(lexicon, class, form);
    return true;
}

/* The entry of "PREFIX*"; `state` is the hash of the prefix so far. */
static const struct entry *
find_stem(const struct lexicon *lexicon, struct str prefix, uint64_t state)
{
    uint64_t hash = hash_end(hash_more(state, STR("*")));
    uint64_t at = hash & (lexicon->slot_count - 1);
    for (; lexicon->slots[at]; at = (at + 1) & (lexicon->slot_count - 1)) {
        const struct entry *entry = &lexicon->entries.items[lexicon->slots[at] - 1];
        if (entry->hash == hash && entry->word.len == prefix.len + 1 &&
            str_starts(entry->word, prefix))
            return entry;
    }
    return NULL;
}

/* The next stem a word begins with, shorter ones first; at the end *state is the word's hash. */
static const struct entry *
next_stem(const struct lexicon *lexicon, struct str word, size_t *at, uint64_t *state)
{
    uint64_t stems = word.len > 0 ? lexicon->stems[(unsigned char)word.data[0]] : 0;
    while (*at < word.len) {
        size_t end = ++*at;
        *state = hash_more(*state, str_slice(word, end - 1, end));
        if (end >= STEM_LETTERS || !(stems >> end & 1))
            continue;
        const struct entry *stem = find_stem(lexicon, str_slice(word, 0, end), *state);
        if (stem)
            return stem;
    }
    return NULL;
}

static int
compare_classes(const void *a, const void *b)
{
    return (int)*(const class_id *)a - (int)*(const class_id *)b;
}

typedef ARRAY(class_id) class_array;

/* All classes of a word: its own and those of its stems, ascending, each once. */
static void
gather_classes(const struct lexicon *lexicon, const struct entry *entry, struct arena *scratch,
               class_array *all)
{
    struct str word = entry->word;
    size_t at = 0;
    uint64_t state = HASH_SEED;
    if (str_ends(word, STR("*")))
        word.len--;
    all->count = 0;
    for (uint32_t i = 0; i < entry->classes.count; i++)
        array_push(scratch, all, entry->classes.items[i]);
    const struct entry *stem;
    while ((stem = next_stem(lexicon, word, &at, &state)))
        for (uint32_t i = 0; i < stem->classes.count; i++)
            array_push(scratch, all, stem->classes.items[i]);
    if (all->count > 1)
        qsort(all->items, all->count, sizeof *all->items, compare_classes);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all->count; i++)
        if (i == 0 || all->items[i] != all->items[i - 1])
            all->items[kept++] = all->items[i];
    all->count = kept;
}

/* The signature of a set of classes, made at its first word. */
static signature
signature_of(struct lexicon *lexicon, const class_array *all, uint32_t *table, uint32_t size)
{
    struct str key = {(const char *)all->items, all->count * sizeof *all->items};
    uint64_t at = hash_str(key) & (size - 1);
    for (; table[at]; at = (at + 1) & (size - 1)) {
        const struct kind *kind = &lexicon->kinds.items[table[at] - 1];
        if (str_equal(key, (struct str){(const char *)kind->classes,
                                        kind->count * sizeof *kind->classes}))
            return (signature)(table[at] - 1);
    }
    if (lexicon->kinds.count >= BOUND_CLASSES)
        return SIGNATURE_NONE;
    struct kind kind = {arena_new(lexicon->arena, class_id, all->count), all->count};
    memcpy(kind.classes, all->items, key.len);
    array_push(lexicon->arena, &lexicon->kinds, kind);
    table[at] = lexicon->kinds.count;
    return (signature)(lexicon->kinds.count - 1);
}

bool
lexicon_seal(struct lexicon *lexicon)
{
    struct arena scratch = {0};
    uint32_t size = 2 * BOUND_CLASSES;
    uint32_t *table = arena_new(&scratch, uint32_t, size);
    class_array all = {0};
    bool fits = true;
    lexicon->kinds.count = 0;
    for (uint32_t i = 0; i < SPAN_CLASSES; i++)
        array_push(lexicon->arena, &lexicon->kinds, (struct kind){0});
    for (uint32_t i = 0; i < lexicon->entries.count && fits; i++) {
        struct entry *entry = &lexicon->entries.items[i];
        gather_classes(lexicon, entry, &scratch, &all);
        entry->signature = SIGNATURE_NONE;
        if (all.count == 0)
            continue;
        entry->signature = signature_of(lexicon, &all, table, size);
        fits = entry->signature != SIGNATURE_NONE;
    }
    lexicon->members = arena_new(lexicon->arena, struct members, lexicon->class_count);
    for (uint32_t id = SPAN_CLASSES; id < lexicon->kinds.count; id++)
        for (uint32_t c = 0; c < lexicon->kinds.items[id].count; c++)
            array_push(lexicon->arena,
                       &lexicon->members[lexicon->kinds.items[id].classes[c]].signatures,
                       (signature)id);
    arena_free(&scratch);
    return fits;
}

signature
lexicon_signature(const struct lexicon *lexicon, struct str folded)
{
    size_t at = 0;
    uint64_t state = HASH_SEED;
    signature id = SIGNATURE_NONE;
    const struct entry *stem;
    while ((stem = next_stem(lexicon, folded, &at, &state)))
        id = stem->signature; /* the longest knows the shorter ones' classes */
    uint32_t slot = *slot_of(lexicon, folded, hash_end(state));
    return slot ? lexicon->entries.items[slot - 1].signature : id;
}

bool
lexicon_knows(const struct lexicon *lexicon, struct str folded)
{
    return *slot_of(lexicon, folded, hash_str(folded)) != 0;
}

const class_id *
lexicon_classes(const struct lexicon *lexicon, signature id, uint32_t *count)
{
    bool known = id < lexicon->kinds.count;
    *count = known ? lexicon->kinds.items[id].count : 0;
    return known ? lexicon->kinds.items[id].classes : NULL;
}

const signature *
lexicon_signatures(const struct lexicon *lexicon, class_id class, uint32_t *count)
{
    bool known = lexicon->members && class < lexicon->class_count;
    *count = known ? lexicon->members[class].signatures.count : 0;
    return known ? lexicon->members[class].signatures.items : NULL;
}
