/* Damaged words: found among those that nobody knows, mended to words that somebody knows. */

#include "text/mend.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "text/speller.h"
#include "text/words.h"

enum {
    LETTERS_MOST = 48,    /* of a damaged word; what is longer is none */
    OPS_MOST = 4,         /* changes within one word */
    PIECES_MOST = 40,     /* "r e s p o n s a b i l e" */
    SPACED_LEAST = 4,     /* single letters in a row that may be a word set wide */
    OFTEN = 3,            /* what a document writes so often is a word of its own */
    STRANGE_PERCENT = 25, /* of the words: clean contracts have up to 11 that nobody knows */
    STRANGE_LEAST = 100,  /* words that tell a share at all */
    FUSED_LEAST = 7,      /* letters of two words without a blank */
    PART_LEAST = 4,       /* ... and of the longest of them */
    AFFIX_MOST = 3, /* letters of what is as often a word of its own as an affix: "di", "con" */
    /* The dictionary is loaded for more than so many suspects, and one more in so many words. */
    SUSPECTS_LEAST = 3,
    SUSPECTS_ONE_IN = 2000,
    MISREAD_LEAST = 4, /* letters of a word with one misread; with a digit inside: one less */
};

/* A change of a word's letters; `len` 0 and nothing for it: a blank. */
struct op {
    uint32_t at;
    uint32_t len;
    struct str as;
};

/* How all places of one spelling are mended. */
struct fix {
    uint32_t word;
    uint32_t count;
    struct op ops[OPS_MOST];
    bool doubtful; /* unless the dictionary knows the word as it stands */
    bool suspect;  /* reason enough to load the dictionary */
};

/* Tokens that are one word: blanks are cut. */
struct join {
    uint32_t token;
    uint32_t count;
    bool doubtful; /* unless the dictionary knows all its pieces */
    bool suspect;
};

struct mender {
    const struct languages *languages;
    const struct language *language;
    const struct lexicon *lexicon;
    struct speller **spellers; /* by language; none until there is something to ask */
    bool opened;
};

/* Mending one document. */
struct mending {
    struct mender *mender;
    struct document *document;
    struct arena arena;
    struct words words;
    uint8_t *known; /* by word: the rules or the lists of the language name it */
    ARRAY(struct fix) fixes;
    ARRAY(struct join) joins;
    ARRAY(struct edit) edits;
    uint32_t suspects, mended;
};

struct mender *
mender_new(struct arena *arena, const struct languages *languages, const struct language *language,
           const struct lexicon *lexicon)
{
    struct mender *mender = arena_new(arena, struct mender, 1);

    mender->languages = languages;
    mender->language = language;
    mender->lexicon = lexicon;
    mender->spellers = arena_new(arena, struct speller *, languages->count);
    return mender;
}

void
mender_close(struct mender *mender)
{
    for (uint32_t i = 0; mender && i < mender->languages->count; i++) {
        speller_close(mender->spellers[i]);
        mender->spellers[i] = NULL;
    }
}

/* How often the document writes a word. */
static uint32_t
times(const struct mending *m, struct str folded)
{
    const struct word *word = words_find(&m->words, folded);

    return word ? word->count : 0;
}

/* May a damaged word have been this one? */
static bool
is_target(const struct mending *m, struct str folded)
{
    return lexicon_knows(m->mender->lexicon, folded) || times(m, folded) >= OFTEN;
}

/* --- misread letters --- */

struct misread {
    const struct mending *m;
    char letters[LETTERS_MOST + OPS_MOST * 3];
    uint32_t length;
    struct fix fix; /* as tried */
    struct fix best;
    uint32_t best_times;
    bool ambiguous;
};

static void
judge_misread(struct misread *x)
{
    struct str folded = {x->letters, x->length};
    uint32_t count;

    if (!is_target(x->m, folded))
        return;
    count = times(x->m, folded) + 1;
    if (count > x->best_times) {
        x->best = x->fix;
        x->best_times = count;
        x->ambiguous = false;
    } else if (count == x->best_times) {
        x->ambiguous = true;
    }
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One confusion at one place of what stands there so far; `shift`: letters gained before it. */
static void try_misread(struct misread *x, uint32_t from, uint32_t changes, int32_t shift);

static void
apply_confusion(struct misread *x, const struct confusion *c, uint32_t at, uint32_t changes,
                int32_t shift)
{
    struct misread *y = x;
    char kept[sizeof x->letters];
    uint32_t length = x->length;
    uint32_t tail = length - at - (uint32_t)c->read.len;

    memcpy(kept, x->letters, length);
    memmove(y->letters + at + c->as.len, y->letters + at + c->read.len, tail);
    memcpy(y->letters + at, c->as.data, c->as.len);
    y->length = at + (uint32_t)c->as.len + tail;
    y->fix.ops[y->fix.count++] =
        (struct op){(uint32_t)((int32_t)at - shift), (uint32_t)c->read.len, c->as};
    try_misread(y, at + (uint32_t)c->as.len, changes - 1,
                shift + (int32_t)c->as.len - (int32_t)c->read.len);
    x->fix.count--;
    memcpy(x->letters, kept, length);
    x->length = length;
}

static void
try_misread(struct misread *x, uint32_t from, uint32_t changes, int32_t shift)
{
    const struct language *language = x->m->mender->language;
    bool digits = false;

    for (uint32_t i = 0; i < x->length; i++)
        digits = digits || is_digit(x->letters[i]);
    if (x->fix.count > 0 && !digits)
        judge_misread(x);
    if (changes == 0)
        return;
    for (uint32_t at = from; at < x->length; at++) {
        struct str rest = {x->letters + at, x->length - at};

        for (uint32_t i = 0; i < language->confusion_count; i++) {
            const struct confusion *c = &language->confusions[i];

            /* Of a word with digits inside it is they that are wrong. */
            if (c->read.data[0] == rest.data[0] && str_starts(rest, c->read) &&
                (!digits || is_digit(rest.data[0])))
                apply_confusion(x, c, at, changes, shift);
        }
        if (digits && is_digit(x->letters[at]))
            return; /* it has to be replaced */
    }
}

static bool
find_misread(const struct mending *m, const struct word *word, struct fix *fix)
{
    struct misread x = {.m = m, .length = (uint32_t)word->folded.len};

    if (word->folded.len + (word->digits > 0) < MISREAD_LEAST ||
        2u * word->digits >= word->folded.len)
        return false;
    memcpy(x.letters, word->folded.data, word->folded.len);
    try_misread(&x, 0, word->digits > 0 ? OPS_MOST : 1, 0);
    if (x.best_times == 0 || x.ambiguous)
        return false;
    *fix = x.best;
    fix->doubtful = fix->suspect = word->digits == 0;
    return true;
}

/* --- words without a blank between them --- */

/* A capital within a sentence: "LinkedIn" is no two words. */
static bool
is_name(const struct mending *m, const struct word *word)
{
    const struct token *token = &m->words.tokens.items[word->first];
    struct str text = m->document->text;
    size_t at = token->span.begin;

    if (!(token->flags & TOKEN_UPPER))
        return false;
    while (at > 0 && text.data[at - 1] == ' ')
        at--;
    return at > 0 && !strchr(".:;!?\n\f", text.data[at - 1]);
}

static bool
is_part(const struct mending *m, struct str part)
{
    if (part.len < PART_LEAST)
        return part.len >= 2 && word_list_has(&m->mender->language->stopwords, part);
    return is_target(m, part);
}

/* The fewest parts that a word falls into; false: more than OPS_MOST + 1, or it does not. */
static bool
find_fused(const struct mending *m, const struct word *word, struct fix *fix)
{
    const struct language *language = m->mender->language;
    struct str folded = word->folded;
    uint8_t parts[LETTERS_MOST + 1]; /* of the first n letters; 0 = cannot be */
    uint8_t last[LETTERS_MOST + 1];  /* letters of the last of them */
    bool common = false, full = false;

    if (folded.len < FUSED_LEAST || word->digits > 0 || is_name(m, word))
        return false;
    memset(parts, 0, sizeof parts);
    for (size_t begin = 0; begin < folded.len; begin++) {
        if (begin > 0 && parts[begin] == 0)
            continue;
        for (size_t end = begin + 2; end <= folded.len; end++) {
            if ((parts[end] > 0 && parts[end] <= parts[begin] + 1) ||
                (begin == 0 && end == folded.len) || !is_part(m, str_slice(folded, begin, end)))
                continue;
            parts[end] = (uint8_t)(parts[begin] + 1);
            last[end] = (uint8_t)(end - begin);
        }
    }
    if (parts[folded.len] < 2 || parts[folded.len] > OPS_MOST + 1)
        return false;
    fix->count = 0;
    for (size_t end = folded.len; end > 0; end -= last[end]) {
        struct str part = str_slice(folded, end - last[end], end);

        if (word_list_has(&language->stopwords, part)) {
            bool affix = word_list_has(&language->affixes, part);

            common = common || !affix || part.len <= AFFIX_MOST;
            fix->suspect = fix->suspect || !affix;
        }
        full = full || part.len >= PART_LEAST;
        if (end < folded.len)
            fix->ops[fix->count++] = (struct op){(uint32_t)end, 0, STR("")};
    }
    for (uint32_t i = 0; i < fix->count / 2; i++) {
        struct op op = fix->ops[i];

        fix->ops[i] = fix->ops[fix->count - 1 - i];
        fix->ops[fix->count - 1 - i] = op;
    }
    fix->doubtful = true;
    return common && full;
}

static void
find_fixes(struct mending *m)
{
    uint32_t asked = 0;

    for (uint32_t i = 0; i < m->words.items.count && asked < BOUND_MEND_GUESSES; i++) {
        const struct word *word = &m->words.items.items[i];
        struct fix fix = {.count = 0};

        if (m->known[i] || word->first == NO_TOKEN || word->foreign ||
            word->folded.len > LETTERS_MOST || (word->digits == 0 && word->count >= OFTEN))
            continue;
        asked++;
        if (find_misread(m, word, &fix) || find_fused(m, word, &fix)) {
            fix.word = i;
            array_push(&m->arena, &m->fixes, fix);
            m->suspects += fix.suspect || !fix.doubtful;
        }
    }
}

/* --- blanks inside words --- */

/* Nothing but blanks, or one line break that is read as a blank, between two tokens. */
static bool
gap_joins(const struct mending *m, const struct token *left, const struct token *right)
{
    struct str gap = str_slice(m->document->text, left->span.end, right->span.begin);
    bool broken = false;

    if (gap.len == 0 || gap.len > 64)
        return false;
    for (size_t at = 0; at < gap.len;) {
        uint32_t c = utf8_next(gap, &at);

        if (!utf8_is_blank(c) || c == '\f')
            return false;
        broken = broken || c == '\n';
    }
    return broken || gap.len <= 2;
}

static bool
all_capitals(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z')
            return false;
    return true;
}

static bool
may_follow(const struct mending *m, const struct token *left, const struct token *right)
{
    if ((left->flags | right->flags) & (TOKEN_BOUND | TOKEN_EDITED))
        return false;
    if ((right->flags & TOKEN_UPPER) && !(all_capitals(str_span(m->document->text, left->span)) &&
                                          all_capitals(str_span(m->document->text, right->span))))
        return false;
    return gap_joins(m, left, right);
}

/* The longest run from a token on whose letters are one word; 0 = none. */
static uint32_t
find_join(const struct mending *m, uint32_t first, struct join *join)
{
    char letters[LETTERS_MOST];
    size_t length = 0;
    uint32_t count = 0, unknown = 0, single = 0, rare = 0, weak = 0, found = 0;

    while (first + count < m->words.tokens.count && count < PIECES_MOST) {
        const struct token *token = &m->words.tokens.items[first + count];
        const struct word *word = &m->words.items.items[token->word];
        bool known = m->known[token->word];

        if (word->digits > 0 || word->foreign || length + word->folded.len > LETTERS_MOST ||
            (count > 0 && !may_follow(m, token - 1, token)))
            break;
        memcpy(letters + length, word->folded.data, word->folded.len);
        length += word->folded.len;
        count++;
        unknown += !known;
        single += word->folded.len == 1;
        weak += known && word->folded.len == 1;
        rare += !known && word->count == 1;
        if (count == 1)
            continue;
        /* Single letters are words here and there: only many in a row are a word set wide. */
        if (single == count ? count >= SPACED_LEAST : unknown > 0 && count <= 3)
            if (is_target(m, (struct str){letters, length})) {
                found = count;
                bool doubtful = single < count && rare < count;

                *join = (struct join){first, count, doubtful, doubtful && weak == 0};
            }
        if (single < count && (count == 2 ? unknown == 0 : count >= 3))
            break;
    }
    return found;
}

static void
find_joins(struct mending *m)
{
    uint32_t asked = 0;

    for (uint32_t i = 0; i + 1 < m->words.tokens.count && asked < BOUND_MEND_GUESSES;) {
        uint32_t this = m->words.tokens.items[i].word, next = m->words.tokens.items[i + 1].word;
        struct join join;
        uint32_t count = 0;

        if (!m->known[this] || !m->known[next] ||
            (m->words.items.items[this].folded.len == 1 &&
             m->words.items.items[next].folded.len == 1)) {
            count = find_join(m, i, &join);
            asked += count > 0;
        }
        if (count > 0) {
            array_push(&m->arena, &m->joins, join);
            m->suspects += join.suspect || !join.doubtful;
        }
        i += count > 0 ? count : 1;
    }
}

/* --- the dictionary --- */

/* Those of the other languages too: a foreign word is not damaged. */
static void
open_dictionaries(struct mender *mender)
{
    struct error error;

    for (uint32_t i = 0; i < mender->languages->count && !mender->opened; i++)
        mender->spellers[i] = speller_open(mender->languages->items[i].dictionary, &error);
    mender->opened = true;
}

static bool
can_ask(const struct mender *mender)
{
    return mender->spellers[mender->language - mender->languages->items] != NULL;
}

static bool
is_spelled(const struct mending *m, struct span span)
{
    struct str word = str_span(m->document->text, span);

    for (uint32_t i = 0; i < m->mender->languages->count; i++)
        if (m->mender->spellers[i] && speller_knows(m->mender->spellers[i], word))
            return true;
    return false;
}

static bool
fix_holds(const struct mending *m, const struct fix *fix)
{
    uint32_t first = m->words.items.items[fix->word].first;

    return !fix->doubtful ||
           (can_ask(m->mender) && !is_spelled(m, m->words.tokens.items[first].span));
}

static bool
join_holds(const struct mending *m, const struct join *join)
{
    if (!join->doubtful)
        return true;
    for (uint32_t i = 0; i < join->count && can_ask(m->mender); i++) {
        const struct token *token = &m->words.tokens.items[join->token + i];

        if (!m->known[token->word] && !is_spelled(m, token->span))
            return true;
    }
    return false;
}

/* --- edits --- */

static void
add_edit(struct mending *m, struct span span, enum edit_kind kind, char letter)
{
    struct edit edit = {span, kind, letter};

    array_push(&m->arena, &m->edits, edit);
}

/* Letters keep their case; a digit takes that of the letters beside it. */
static char
in_case(const struct mending *m, struct span token, struct span span, char letter)
{
    char c = m->document->text.data[span.begin];
    bool upper = c >= 'A' && c <= 'Z';

    if (is_digit(c))
        upper = all_capitals(str_span(m->document->text, token));
    return upper ? (char)(letter - ('a' - 'A')) : letter;
}

static void
edit_token(struct mending *m, const struct token *token, const struct fix *fix)
{
    uint32_t offsets[LETTERS_MOST + 1];
    uint32_t count = words_offsets(m->document, token->span, offsets, LETTERS_MOST);

    for (uint32_t i = 0; i < fix->count; i++) {
        const struct op *op = &fix->ops[i];
        struct span span;

        if (op->at + op->len > count)
            return;
        span = (struct span){offsets[op->at], offsets[op->at + op->len]};
        if (op->as.len == 0)
            add_edit(m, span, EDIT_SPLIT, 0);
        for (size_t k = 0; k < op->as.len; k++) {
            bool last = k + 1 == op->as.len;
            struct span at = {span.begin, last ? span.end : span.begin};

            add_edit(m, at, EDIT_SWAP, in_case(m, token->span, span, op->as.data[k]));
        }
    }
    m->mended++;
}

/* A break that is read as a blank has an edit already: it becomes a cut. */
static void
cut_gap(struct mending *m, struct span gap)
{
    struct document *document = m->document;
    uint32_t low = 0;
    uint32_t high = document->edits.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (document->edits.items[middle].span.begin < gap.begin)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < document->edits.count && document->edits.items[low].span.begin < gap.end) {
        struct edit *edit = &document->edits.items[low];

        if (edit->kind == EDIT_BLANK && edit->span.end == gap.end) {
            edit->span.begin = gap.begin;
            edit->kind = EDIT_CUT;
        }
        return;
    }
    if (str_find(str_span(document->text, gap), STR("\n")) < span_len(gap))
        return; /* the end of a paragraph */
    add_edit(m, gap, EDIT_CUT, 0);
}

static void
edit_join(struct mending *m, const struct join *join)
{
    const struct token *tokens = m->words.tokens.items + join->token;

    for (uint32_t i = 0; i + 1 < join->count; i++)
        cut_gap(m, (struct span){tokens[i].span.end, tokens[i + 1].span.begin});
    m->mended++;
}

/* The fixes that hold, at every token of their words. */
static void
edit_words(struct mending *m)
{
    const struct fix **by_word = arena_new(&m->arena, const struct fix *, m->words.items.count);
    uint32_t next = 0;

    for (uint32_t i = 0; i < m->fixes.count; i++)
        if (fix_holds(m, &m->fixes.items[i]))
            by_word[m->fixes.items[i].word] = &m->fixes.items[i];
    for (uint32_t i = 0; i < m->words.tokens.count; i++) {
        const struct token *token = &m->words.tokens.items[i];

        while (next < m->joins.count && m->joins.items[next].token < i)
            next++;
        if (next < m->joins.count && m->joins.items[next].token == i &&
            join_holds(m, &m->joins.items[next])) {
            edit_join(m, &m->joins.items[next]);
            i += m->joins.items[next].count - 1;
        } else if (by_word[token->word] && !(token->flags & (TOKEN_BOUND | TOKEN_EDITED))) {
            edit_token(m, token, by_word[token->word]);
        }
    }
}

/* The new edits among the old ones; they never overlap. */
static void
merge_edits(struct mending *m)
{
    struct document *document = m->document;
    ARRAY(struct edit) merged = {NULL, 0, 0};
    uint32_t old = 0;

    if (m->edits.count == 0)
        return;
    array_reserve(document->arena, &merged, (size_t)document->edits.count + m->edits.count);
    for (uint32_t i = 0; i < m->edits.count; i++) {
        while (old < document->edits.count &&
               document->edits.items[old].span.begin < m->edits.items[i].span.begin)
            array_push(document->arena, &merged, document->edits.items[old++]);
        array_push(document->arena, &merged, m->edits.items[i]);
    }
    while (old < document->edits.count)
        array_push(document->arena, &merged, document->edits.items[old++]);
    document->edits.items = merged.items;
    document->edits.count = merged.count;
    document->edits.capacity = merged.capacity;
}

static void
know_words(struct mending *m)
{
    m->known = arena_new(&m->arena, uint8_t, m->words.items.count + 1);
    for (uint32_t i = 0; i < m->words.items.count; i++)
        m->known[i] = lexicon_knows(m->mender->lexicon, m->words.items.items[i].folded);
}

/* The share of words that nobody knows, where it is that of a text which was not read well. */
static void
note_strange(const struct mending *m)
{
    uint32_t strange = 0, all = 0;

    for (uint32_t i = 0; i < m->words.tokens.count; i++) {
        const struct token *token = &m->words.tokens.items[i];
        const struct word *word = &m->words.items.items[token->word];

        if ((token->flags & TOKEN_BOUND) || word->digits > 0)
            continue;
        all++;
        strange += !m->known[token->word] && word->count < OFTEN;
    }
    uint32_t percent = all >= STRANGE_LEAST ? (uint32_t)((uint64_t)strange * 100 / all) : 0;
    if (percent >= STRANGE_PERCENT)
        document_note(m->document, "note.unknown-words", percent);
}

void
mend_document(struct mender *mender, struct document *document)
{
    struct mending m = {.mender = mender, .document = document};

    if (words_read(&m.arena, document, &m.words)) {
        know_words(&m);
        note_strange(&m);
        find_fixes(&m);
        find_joins(&m);
        if (m.suspects > SUSPECTS_LEAST + m.words.tokens.count / SUSPECTS_ONE_IN)
            open_dictionaries(mender);
        edit_words(&m);
        merge_edits(&m);
        if (m.mended > 0)
            document_note(document, "note.mended", m.mended);
    }
    arena_free(&m.arena);
}
