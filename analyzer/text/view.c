#include "text/view.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/view_value.h"

enum {
    WORDS_MOST = BOUND_UNIT_VIEW / 2,
    CODES_MOST = 3, /* a signature, a mention, a value */
    BYTES_MOST = BOUND_UNIT_VIEW + WORDS_MOST * 2 * CODES_MOST,
    BRACKET_REACH = 16, /* bytes between two words in which a bracket is looked for */
};

/* A name of the contract or a generic noun, hung on its first word. */
struct mention {
    struct str folded;
    uint32_t words;
    enum role role;
    struct mention *next; /* longest first */
};

struct view_maker {
    const struct document *document;
    const struct lexicon *lexicon;
    bool open_lead_ins;
    struct fold fold;
    struct known_table known;
    struct view view;
    struct str *cores;            /* per word, into the fold */
    const struct known **entries; /* per word; NULL = on no list */
    uint32_t *fold_ends;          /* per word: end in the fold */
    uint16_t *codes;              /* per word: mention and value codes, 2 a word, 0xFFFF = none */
};

static void
add_mention(struct arena *arena, struct known_table *table, struct str folded, enum role role)
{
    struct str rest = folded, word, first = {NULL, 0};
    uint32_t words = 0;
    while (str_cut(&rest, ' ', &word)) {
        word = fold_core(word);
        if (words++ == 0)
            first = word;
    }
    if (words == 0 || words > BOUND_PARTY_WORDS || first.len == 0)
        return;
    struct known *known = known_add(arena, table, first);
    struct mention **at = &known->mentions;
    while (*at && (*at)->words >= words) {
        if ((*at)->words == words && str_equal((*at)->folded, folded))
            return; /* the first definition of a name counts */
        at = &(*at)->next;
    }
    struct mention *made = arena_new(arena, struct mention, 1);
    *made = (struct mention){folded, words, role, *at};
    *at = made;
}

struct view_maker *
view_maker_new(struct arena *arena, const struct document *document,
               const struct language *language, const struct lexicon *lexicon)
{
    struct view_maker *maker = arena_new(arena, struct view_maker, 1);
    maker->document = document;
    maker->lexicon = lexicon;
    maker->open_lead_ins = language->open_lead_ins;
    maker->fold = (struct fold){
        .bytes = arena_new(arena, char, BOUND_UNIT_VIEW),
        .offsets = arena_new(arena, uint32_t, BOUND_UNIT_VIEW),
        .capacity = BOUND_UNIT_VIEW,
    };
    known_build(arena, &maker->known, language);
    for (uint32_t i = 0; i < document->names.count; i++)
        add_mention(arena, &maker->known, document->names.items[i].folded,
                    document->names.items[i].role);
    for (uint32_t i = 0; i < language->noun_count; i++)
        add_mention(arena, &maker->known, language->nouns[i].folded, language->nouns[i].role);
    maker->view.bytes = arena_new(arena, char, BYTES_MOST);
    maker->view.words = arena_new(arena, struct view_word, WORDS_MOST);
    maker->view.values = arena_new(arena, struct view_value, WORDS_MOST);
    maker->view.classes = arena_new(arena, uint64_t, BOUND_CLASSES / 64);
    maker->cores = arena_new(arena, struct str, WORDS_MOST);
    maker->entries = arena_new(arena, const struct known *, WORDS_MOST);
    maker->fold_ends = arena_new(arena, uint32_t, WORDS_MOST);
    maker->codes = arena_new(arena, uint16_t, 2 * WORDS_MOST);
    return maker;
}

/* Behind the character at `offset`, its combining marks included. */
static uint32_t
character_end(struct str text, uint32_t offset)
{
    size_t at = offset;
    utf8_next(text, &at);
    while (at < text.len && (unsigned char)text.data[at] >= 0x80) {
        size_t ahead = at;
        uint32_t code_point = utf8_next(text, &ahead);
        if (code_point < 0x300 || code_point > 0x36F)
            break;
        at = ahead;
    }
    return (uint32_t)at;
}

static uint16_t
flags_of(const struct view_maker *maker, struct str word, struct str core,
         const struct known *known)
{
    uint16_t flags = known ? known->flags : 0;
    if (known_first_plural(&maker->known, core))
        flags |= WORD_FIRST_PLURAL;
    char last = word.data[word.len - 1];
    if (last == ';' || last == ':')
        flags |= WORD_STOP;
    else if (last == ',' || last == ')')
        flags |= WORD_COMMA;
    return flags;
}

/* Words of the folded unit: cores, list entries, text spans. */
static void
split_words(struct view_maker *maker)
{
    struct view *view = &maker->view;
    const struct fold *fold = &maker->fold;
    uint32_t at = 0;
    while (at < fold->length && view->word_count < WORDS_MOST) {
        uint32_t end = at + 1;
        while (end < fold->length && fold->bytes[end] != ' ')
            end++;
        struct str word = {fold->bytes + at + 1, end - at - 1};
        struct str core = fold_core(word);
        uint32_t n = view->word_count;
        if (core.len > 0) {
            uint32_t first = (uint32_t)(core.data - fold->bytes);
            const struct known *known = known_find(&maker->known, core);
            maker->cores[n] = core;
            maker->entries[n] = known;
            maker->fold_ends[n] = end;
            maker->codes[2 * n] = maker->codes[2 * n + 1] = CLASS_NONE;
            view->words[n] = (struct view_word){
                .begin = at,
                .text = {fold->offsets[first],
                         character_end(maker->document->text, fold->offsets[first + core.len - 1])},
                .flags = flags_of(maker, word, core, known),
            };
            view->word_count++;
        }
        at = end;
    }
}

/* How many round brackets are open behind this stretch of text. */
static uint32_t
brackets(struct str text, uint32_t from, uint32_t to, uint32_t depth)
{
    for (uint32_t i = from; i < to; i++) {
        depth += text.data[i] == '(';
        depth -= text.data[i] == ')' && depth > 0;
    }
    return depth;
}

/* What stands between round brackets; one that is never closed opens nothing. */
static void
mark_asides(struct view_maker *maker, uint32_t unit_end)
{
    struct view *view = &maker->view;
    uint32_t depth = 0, open = 0;
    for (uint32_t i = 1; i <= view->word_count; i++) {
        uint32_t from = view->words[i - 1].text.end;
        uint32_t to = i < view->word_count ? view->words[i].text.begin : unit_end;
        if (to <= from || (i < view->word_count && to - from > BRACKET_REACH))
            continue;
        if (to - from > BRACKET_REACH)
            to = from + BRACKET_REACH;
        uint32_t now = brackets(maker->document->text, from, to, depth);
        if (depth == 0 && now > 0)
            open = i;
        for (uint32_t k = open; depth > 0 && now == 0 && k < i; k++)
            view->words[k].flags |= WORD_ASIDE;
        depth = now;
    }
}

static bool
mention_fits(const struct view_maker *maker, uint32_t word, const struct mention *mention)
{
    struct str rest = mention->folded, part;
    for (uint32_t i = word; str_cut(&rest, ' ', &part); i++) {
        if (i >= maker->view.word_count || !str_equal(fold_core(part), maker->cores[i]))
            return false;
        if (i > word && (maker->view.words[i - 1].flags & WORD_STOP))
            return false;
    }
    return true;
}

static void
mark_mentions(struct view_maker *maker)
{
    struct view *view = &maker->view;
    for (uint32_t i = 0; i < view->word_count; i++) {
        if (!maker->entries[i])
            continue;
        const struct mention *mention = maker->entries[i]->mentions;
        while (mention && !mention_fits(maker, i, mention))
            mention = mention->next;
        if (!mention || mention->role == ROLE_NONE)
            continue;
        uint16_t first = (uint16_t)(2 * (SPAN_PROVIDER + (mention->role - ROLE_PROVIDER)));
        for (uint32_t k = 0; k < mention->words; k++) {
            view->words[i + k].role = (uint8_t)mention->role;
            view->words[i + k].inside = k > 0;
            maker->codes[2 * (i + k)] = (uint16_t)(first + (k > 0));
        }
        i += mention->words - 1;
    }
}

static void
mark_values(struct view_maker *maker)
{
    struct view *view = &maker->view;
    view->value_count =
        values_find(maker->cores, maker->entries, view->words, view->word_count, view->values);
    for (uint32_t i = 0; i < view->value_count; i++) {
        const struct view_value *value = &view->values[i];
        for (uint32_t w = value->first_word; w <= value->last_word; w++)
            maker->codes[2 * w + 1] = (uint16_t)(2 * value->kind + (w > value->first_word));
    }
}

static void
write_code(struct view *view, uint16_t code)
{
    view->bytes[view->length++] = (char)(0x80 + code / 128);
    view->bytes[view->length++] = (char)(0x80 + code % 128);
}

static void
meet_class(struct view *view, class_id class)
{
    view->classes[class / 64] |= UINT64_C(1) << (class % 64);
}

static void
write_codes(struct view_maker *maker, uint32_t n)
{
    struct view *view = &maker->view;
    signature id = lexicon_signature(maker->lexicon, maker->cores[n]);
    if (id != SIGNATURE_NONE) {
        uint32_t count;
        const class_id *classes = lexicon_classes(maker->lexicon, id, &count);
        for (uint32_t i = 0; i < count; i++)
            meet_class(view, classes[i]);
        write_code(view, id);
        view->words[n].flags |= WORD_KNOWN;
    }
    for (uint32_t i = 0; i < 2; i++) {
        if (maker->codes[2 * n + i] == CLASS_NONE)
            continue;
        meet_class(view, maker->codes[2 * n + i]);
        write_code(view, maker->codes[2 * n + i]);
    }
}

static void
write_words(struct view_maker *maker)
{
    struct view *view = &maker->view;
    for (uint32_t i = 0; i < view->word_count; i++) {
        struct view_word *word = &view->words[i];
        uint32_t from = word->begin + 1;
        word->begin = view->length;
        view->bytes[view->length++] = ' ';
        write_codes(maker, i);
        word->letters = view->length;
        uint32_t length = maker->fold_ends[i] - from;
        memcpy(view->bytes + view->length, maker->fold.bytes + from, length);
        view->length += length;
        word->end = view->length;
    }
}

/* Where a lead-in and its item are one sentence, the colon between them stops no gap. */
static void
drop_colon(struct fold *fold, bool leads_in)
{
    if (leads_in && fold->length > 0 && fold->bytes[fold->length - 1] == ':')
        fold->length--;
}

const struct view *
view_unit(struct view_maker *maker, uint32_t unit)
{
    struct view *view = &maker->view;
    const struct unit *u = &maker->document->units.items[unit];
    memset(view->classes, 0, BOUND_CLASSES / 8);
    view->length = view->word_count = view->value_count = view->own_word = 0;
    maker->fold.length = 0;
    maker->fold.cut = false;
    uint32_t own = 0;
    for (uint32_t i = 0; i < u->piece_count; i++) {
        own = maker->fold.length;
        fold_span(&maker->fold, maker->document, maker->document->pieces.items[u->first_piece + i]);
        drop_colon(&maker->fold, maker->open_lead_ins && i + 1 < u->piece_count);
    }
    view->cut = maker->fold.cut;
    split_words(maker);
    while (view->own_word < view->word_count && view->words[view->own_word].begin < own)
        view->own_word++;
    mark_asides(maker, u->span.end);
    mark_mentions(maker);
    mark_values(maker);
    write_words(maker);
    return view;
}

uint32_t
view_word_at(const struct view *view, uint32_t offset)
{
    uint32_t low = 0, high = view->word_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (view->words[middle].begin <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : 0;
}

int64_t
article_key(struct str path)
{
    uint64_t hash = HASH_SEED;
    while (path.len > 0 && (path.data[path.len - 1] < '0' || path.data[path.len - 1] > '9'))
        path.len--; /* "6.1." and "6.1" are one */
    hash = hash_end(hash_more(hash, path));
    return (int64_t)(hash >> 1);
}
