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

struct entry {
    struct str word;
    uint64_t hash;
    class_id *classes;
    uint16_t count;
    uint16_t room;
};

struct members {
    ARRAY(uint32_t) entries;
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
    ARRAY(struct members) classes;
    struct expander *expander; /* NULL until the first lemma the form table lacks */
    struct str overflow;
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
    struct members none = {{0}};
    for (uint32_t i = 0; i < SPAN_CLASSES; i++) /* these belong to the spans of text/pattern.h */
        array_push(arena, &lexicon->classes, none);
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
    if (lexicon->classes.count >= BOUND_CLASSES)
        return CLASS_NONE;
    struct members none = {{0}};
    array_push(lexicon->arena, &lexicon->classes, none);
    return (class_id)(lexicon->classes.count - 1);
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

static void
entry_join(struct lexicon *lexicon, uint32_t index, class_id class)
{
    struct entry *entry = &lexicon->entries.items[index];
    for (uint16_t i = 0; i < entry->count; i++) {
        if (entry->classes[i] == class)
            return;
    }
    if (entry->count == BOUND_WORD_CLASSES) {
        if (lexicon->overflow.len == 0)
            lexicon->overflow = entry->word;
        return;
    }
    if (entry->count == entry->room) {
        entry->room = entry->room ? (uint16_t)(entry->room * 2) : 2;
        class_id *grown = arena_new(lexicon->arena, class_id, entry->room);
        if (entry->count > 0)
            memcpy(grown, entry->classes, entry->count * sizeof *grown);
        entry->classes = grown;
    }
    entry->classes[entry->count++] = class;
    array_push(lexicon->arena, &lexicon->classes.items[class].entries, index);
}

/* `word` must live as long as the lexicon. */
static void
add_kept(struct lexicon *lexicon, class_id class, struct str word)
{
    if (word.len == 0 || class >= lexicon->classes.count)
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
    entry_join(lexicon, *slot - 1, class);
}

void
lexicon_add_word(struct lexicon *lexicon, class_id class, struct str folded)
{
    struct str core = fold_core(folded);
    if (core.len > 0)
        add_kept(lexicon, class, arena_str(lexicon->arena, core));
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

const class_id *
lexicon_find(const struct lexicon *lexicon, struct str folded, uint32_t *count)
{
    uint32_t slot = *slot_of(lexicon, folded, hash_str(folded));
    if (!slot) {
        *count = 0;
        return NULL;
    }
    const struct entry *entry = &lexicon->entries.items[slot - 1];
    *count = entry->count;
    return entry->classes;
}

static int
compare_forms(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

uint32_t
lexicon_forms(const struct lexicon *lexicon, class_id class, struct str *forms, uint32_t max)
{
    uint32_t count = 0;
    if (class >= lexicon->classes.count)
        return 0;
    const struct members *members = &lexicon->classes.items[class];
    for (uint32_t i = 0; i < members->entries.count && count < max; i++)
        forms[count++] = lexicon->entries.items[members->entries.items[i]].word;
    if (count > 1)
        qsort(forms, count, sizeof *forms, compare_forms);
    return count;
}

uint32_t
lexicon_class_count(const struct lexicon *lexicon)
{
    return lexicon->classes.count;
}

bool
lexicon_overflow(const struct lexicon *lexicon, struct str *word)
{
    *word = lexicon->overflow;
    return word->len > 0;
}
