#include <stdlib.h>

#include "base/bounds.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/party_parts.h"

/*
 * The brand: a capitalised word or pair of words in mid-sentence that comes often, takes no
 * article, and hardly ever begins with a small letter.  One pass over the raw bytes; only the
 * few best candidates get a second one.
 */

enum {
    KEY_BYTES = 47, /* of a word, or a pair with its blank */
    WORD_BYTES = 31,
    BRAND_LEAST = 5,       /* occurrences of a brand, and one more ... */
    BRAND_SENTENCES = 100, /* ... for so many sentences */
    ARTICLE_SHARE = 60,    /* percent of its occurrences behind an article: no brand */
    LOWER_SHARE = 10,      /* percent of its occurrences in lower case: no brand */
    PAIR_SHARE = 60,       /* percent of both words' occurrences in which a pair stands */
    NEXT_SHARE = 80,       /* percent of the best that the next may reach */
    OWNED_SHARE = 4,       /* a company's name is the brand if it comes a quarter as often as any */
    SMALL_UNITS = 4000,    /* of a long document that are searched for small letters */
    CANDIDATES = 16,
    TABLE_LEAST = 256,
};

/* A capitalised word, or two in a row. */
struct tally {
    char key[KEY_BYTES + 1]; /* lower-case bytes */
    uint8_t length;
    bool pair;
    uint32_t middle;  /* in mid-sentence */
    uint32_t article; /* ... behind an article */
    uint32_t small;   /* in lower case, of candidates only */
};

struct brands {
    struct parties *parties;
    struct tally *table;
    uint32_t mask;
    uint32_t used;
    uint8_t *interesting; /* per unit */
    uint8_t kinds[256];   /* enum byte_kind of every byte */
};

/* A word of the raw text. */
struct word {
    uint32_t begin;
    uint32_t end;
    bool capital; /* "Rossi", "mySugr" */
    bool shout;   /* "ROSSI" */
};

/* Its lower-case bytes; empty when it is too long for a name. */
static struct str
lower_key(struct str text, const struct word *word, char buffer[WORD_BYTES])
{
    uint32_t length = word->end - word->begin;
    if (length > WORD_BYTES)
        return STR("");
    for (uint32_t i = 0; i < length; i++) {
        char c = text.data[word->begin + i];
        buffer[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return (struct str){buffer, length};
}

enum byte_kind {
    BYTE_OTHER,
    BYTE_LOWER,
    BYTE_UPPER,
    BYTE_DIGIT,
    BYTE_WIDE, /* part of a character beyond ASCII */
};

static enum byte_kind
kind_of(unsigned char c)
{
    if (c >= 0x80)
        return BYTE_WIDE;
    if (c >= 'a' && c <= 'z')
        return BYTE_LOWER;
    if (c >= 'A' && c <= 'Z')
        return BYTE_UPPER;
    return (c >= '0' && c <= '9') || c == '_' ? BYTE_DIGIT : BYTE_OTHER;
}

/* Bytes of the letter at `at` beyond ASCII; 0 = no letter (quotation mark, dash, blank). */
static uint32_t
wide_letter(struct str text, uint32_t at, uint32_t end)
{
    if ((unsigned char)text.data[at] < 0xC3) /* Latin-1 signs and below hold none */
        return 0;
    size_t next = at;
    uint32_t code_point = utf8_next(text, &next);
    bool letter = code_point != UTF8_BAD && next <= end && utf8_is_letter(code_point);
    return letter ? (uint32_t)next - at : 0;
}

/* The next word in [*at, end); false at the end. */
static bool
next_word(const struct brands *brands, struct str text, uint32_t *at, uint32_t end,
          struct word *word)
{
    const uint8_t *kinds = brands->kinds;
    const unsigned char *bytes = (const unsigned char *)text.data;
    uint32_t i = *at, uppers = 0, lowers = 0;
    while (i < end && (kinds[bytes[i]] == BYTE_OTHER ||
                       (kinds[bytes[i]] == BYTE_WIDE && wide_letter(text, i, end) == 0)))
        i++;
    word->begin = i;
    for (bool inside = true; inside && i < end;) {
        switch (kinds[bytes[i]]) {
        case BYTE_LOWER:
            lowers++;
            i++;
            break;
        case BYTE_UPPER:
            uppers++;
            i++;
            break;
        case BYTE_DIGIT:
            i++;
            break;
        case BYTE_WIDE: {
            uint32_t wide = wide_letter(text, i, end);
            lowers += wide > 0;
            i += wide;
            inside = wide > 0;
            break;
        }
        default: /* "s.p.a", "rossi.example" */
            inside = bytes[i] == '.' && i > word->begin && i + 1 < end &&
                     kinds[bytes[i + 1]] != BYTE_OTHER && kinds[bytes[i + 1]] != BYTE_WIDE;
            i += inside;
            break;
        }
    }
    word->end = *at = i;
    if (i == word->begin)
        return false;
    word->capital = uppers > 0 && (lowers > 0 || kinds[bytes[word->begin]] == BYTE_UPPER);
    word->shout = uppers > 1 && lowers == 0;
    return true;
}

static struct tally *
slot_of(const struct brands *brands, struct str key)
{
    uint32_t slot = (uint32_t)hash_str(key) & brands->mask;
    while (brands->table[slot].length > 0 &&
           !str_equal((struct str){brands->table[slot].key, brands->table[slot].length}, key))
        slot = (slot + 1) & brands->mask;
    return &brands->table[slot];
}

static void
grow(struct brands *brands)
{
    struct tally *old = brands->table;
    uint32_t size = brands->mask + 1;
    brands->mask = 2 * size - 1;
    brands->table = arena_new(&brands->parties->scratch, struct tally, 2 * (size_t)size);
    for (uint32_t i = 0; i < size; i++)
        if (old[i].length > 0)
            *slot_of(brands, (struct str){old[i].key, old[i].length}) = old[i];
}

static void
count(struct brands *brands, struct str key, bool pair, bool article)
{
    if (key.len == 0 || key.len > KEY_BYTES)
        return;
    if (2 * brands->used > brands->mask)
        grow(brands);
    struct tally *tally = slot_of(brands, key);
    if (tally->length == 0) {
        memcpy(tally->key, key.data, key.len);
        tally->length = (uint8_t)key.len;
        tally->pair = pair;
        brands->used++;
    }
    tally->middle++;
    tally->article += article;
}

/* Does what stands between two words leave the second in mid-sentence? */
static bool
goes_on(struct str text, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        switch (text.data[i]) {
        case ' ':
        case '\n':
        case '\t':
        case ',':
        case ')':
        case '/':
        case '-':
        case '\'':
            continue;
        case (char)0xE2: /* a curly apostrophe, as in "dell'Utente" */
            if (i + 2 < to && text.data[i + 1] == (char)0x80 && text.data[i + 2] == (char)0x99 &&
                i + 3 == to) {
                i += 2;
                continue;
            }
            return false;
        default:
            return false;
        }
    }
    return to > from;
}

/* One unit being read, word by word. */
struct counting {
    struct brands *brands;
    struct str text;
    struct word last; /* the word before */
    struct str key;   /* its key, if it was counted */
    char buffer[WORD_BYTES];
    struct word before; /* the word before that */
    uint32_t words;
};

static bool
is_article(const struct counting *c, const struct word *word)
{
    char buffer[WORD_BYTES];
    return word_list_has(&c->brands->parties->language->determiners,
                         lower_key(c->text, word, buffer));
}

/* "Rossi Viaggi": the pair, and the article of the first word is the pair's. */
static void
count_pair(struct counting *c, struct str key)
{
    char pair[KEY_BYTES];
    if (c->key.len + 1 + key.len > KEY_BYTES)
        return;
    memcpy(pair, c->key.data, c->key.len);
    pair[c->key.len] = ' ';
    memcpy(pair + c->key.len + 1, key.data, key.len);
    bool article = c->words > 1 && is_article(c, &c->before);
    count(c->brands, (struct str){pair, c->key.len + 1 + key.len}, true, article);
    if (article)
        slot_of(c->brands, c->key)->article--;
}

static void
count_capital(struct counting *c, const struct word *word, bool *legal)
{
    char buffer[WORD_BYTES];
    struct str key = lower_key(c->text, word, buffer);
    if (!*legal && word_list_has(&c->brands->parties->language->legal_forms, key))
        *legal = true;
    bool counted = key.len > 0 && c->words > 0 && !(word->shout && c->last.shout) &&
                   goes_on(c->text, c->last.end, word->begin);
    if (!counted) {
        c->key = STR("");
        return;
    }
    if (c->key.len > 0 && word->begin == c->last.end + 1 && c->text.data[c->last.end] == ' ')
        count_pair(c, key);
    count(c->brands, key, false, is_article(c, &c->last));
    memcpy(c->buffer, key.data, key.len);
    c->key = (struct str){c->buffer, key.len};
}

static void
count_unit(struct brands *brands, struct span span, bool *legal)
{
    struct counting c = {.brands = brands, .text = brands->parties->document->text};
    struct word word;
    uint32_t at = span.begin;
    while (next_word(brands, c.text, &at, span.end, &word)) {
        if (word.capital)
            count_capital(&c, &word, legal);
        else
            c.key = STR("");
        c.before = c.last;
        c.last = word;
        c.words++;
    }
}

static bool
has_quotation(struct str text, struct span span)
{
    struct str own = str_span(text, span);
    if (memchr(own.data, '"', own.len))
        return true;
    for (size_t i = 0; i + 2 < own.len; i++) {
        const unsigned char *c = (const unsigned char *)own.data + i;
        if ((c[0] == 0xC2 && c[1] == 0xAB) ||
            (c[0] == 0xE2 && c[1] == 0x80 && (c[2] == 0x98 || c[2] == 0x9C || c[2] == 0x9E)))
            return true;
    }
    return false;
}

static struct span
own_piece(const struct document *document, uint32_t unit)
{
    const struct unit *u = &document->units.items[unit];
    return document->pieces.items[u->first_piece + u->piece_count - 1];
}

struct brands *
brands_count(struct parties *parties)
{
    const struct document *document = parties->document;
    struct brands *brands = arena_new(&parties->scratch, struct brands, 1);
    brands->parties = parties;
    for (uint32_t i = 0; i < 256; i++)
        brands->kinds[i] = (uint8_t)kind_of((unsigned char)i);
    brands->mask = TABLE_LEAST - 1;
    brands->table = arena_new(&parties->scratch, struct tally, TABLE_LEAST);
    brands->interesting = arena_new(&parties->scratch, uint8_t, (size_t)document->units.count + 1);
    for (uint32_t i = 0; i < document->units.count; i++) {
        const struct clause *clause = &document->clauses.items[document->units.items[i].clause];
        if (clause->flags & CLAUSE_CONTENTS)
            continue;
        bool legal = false;
        struct span span = own_piece(document, i);
        count_unit(brands, span, &legal);
        brands->interesting[i] = legal || has_quotation(document->text, span);
    }
    return brands;
}

void
brands_dismiss(struct brands *brands, uint32_t unit)
{
    brands->interesting[unit] = 0;
}

bool
brands_interesting(const struct brands *brands, uint32_t unit)
{
    return brands->interesting[unit] != 0;
}

/* --- choosing ----------------------------------------------------------------------------- */

/* The folded form of a key; empty if it is none that a view could hold. */
static struct str
folded_key(struct arena *arena, const struct tally *tally)
{
    struct fold fold = fold_new(arena, tally->length);
    fold_str(&fold, (struct str){tally->key, tally->length});
    struct str cores[BOUND_PARTY_WORDS];
    uint32_t words = fold_cores(&fold, cores, BOUND_PARTY_WORDS);
    struct str folded = STR("");
    for (uint32_t i = 0; i < words; i++)
        folded =
            arena_format(arena, "%.*s%s%.*s", STR_ARG(folded), i > 0 ? " " : "", STR_ARG(cores[i]));
    return folded;
}

/* A word that contracts capitalise or that belongs to the language. */
static bool
is_common(const struct parties *parties, struct str word)
{
    const struct language *language = parties->language;
    return word_list_has(&language->stopwords, word) || word_list_has(&language->ordinary, word) ||
           word_list_has(&language->determiners, word) ||
           word_list_has(&language->finite_verbs, word) ||
           word_list_has(&language->legal_forms, word) ||
           word_list_has(&language->article_words, word) ||
           word_list_has(&language->part_words, word) || word_list_has(&language->joiners, word) ||
           parties_noun(parties, word, true) != ROLE_NONE;
}

static bool
is_ruled_out(const struct parties *parties, struct str folded)
{
    struct str rest = folded, word;
    uint32_t words = 0, common = 0;
    bool letters = false;
    while (str_cut(&rest, ' ', &word)) {
        words++;
        common += is_common(parties, word) || word.len < 2;
        for (size_t i = 0; i < word.len; i++)
            letters = letters || (word.data[i] >= 'a' && word.data[i] <= 'z');
    }
    const struct found_name *known = parties_find(parties, folded);
    for (uint32_t i = 0; known && i < parties->companies.count; i++)
        if (parties_belong(parties, folded, parties->companies.items[i].folded))
            known = NULL; /* the contract defines the short form of a company's name */
    return words == 0 || common == words || (words > 1 && common > 0) || !letters || known ||
           parties_noun(parties, folded, true) != ROLE_NONE;
}

struct candidate {
    struct tally *tally;
    struct str folded;
};

static int
compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->tally->middle != y->tally->middle)
        return x->tally->middle > y->tally->middle ? -1 : 1;
    return str_compare(x->folded, y->folded);
}

struct candidates {
    ARRAY(struct candidate) list;
};

static void
gather(struct brands *brands, struct candidates *candidates)
{
    struct parties *parties = brands->parties;
    uint32_t least = parties->document->units.count / BRAND_SENTENCES;
    if (least < BRAND_LEAST)
        least = BRAND_LEAST;
    for (uint32_t i = 0; i <= brands->mask; i++) {
        struct tally *tally = &brands->table[i];
        if (tally->length == 0 || tally->middle < least ||
            tally->article * (uint64_t)100 > tally->middle * (uint64_t)ARTICLE_SHARE)
            continue;
        struct str folded = folded_key(&parties->scratch, tally);
        if (!is_ruled_out(parties, folded))
            array_push(&parties->scratch, &candidates->list, ((struct candidate){tally, folded}));
    }
    if (candidates->list.count > 0)
        qsort(candidates->list.items, candidates->list.count, sizeof(struct candidate),
              compare_candidates);
    if (candidates->list.count > CANDIDATES)
        candidates->list.count = CANDIDATES;
}

/* How often the candidates come in lower case. */
static void
count_small(struct brands *brands, struct candidates *candidates)
{
    const struct document *document = brands->parties->document;
    bool initials[256] = {false};
    for (uint32_t i = 0; i < candidates->list.count; i++)
        initials[(unsigned char)candidates->list.items[i].tally->key[0]] = true;
    uint32_t most = document->units.count < SMALL_UNITS ? document->units.count : SMALL_UNITS;
    for (uint32_t u = 0; u < most; u++) {
        struct span span = own_piece(document, u);
        struct word word;
        uint32_t at = span.begin;
        while (next_word(brands, document->text, &at, span.end, &word)) {
            if (word.capital || !initials[(unsigned char)document->text.data[word.begin]])
                continue;
            char buffer[WORD_BYTES];
            struct str key = lower_key(document->text, &word, buffer);
            for (uint32_t i = 0; i < candidates->list.count; i++) {
                struct tally *tally = candidates->list.items[i].tally;
                tally->small += str_equal((struct str){tally->key, tally->length}, key);
            }
        }
    }
}

static bool
is_small(const struct tally *tally)
{
    return tally->small * (uint64_t)100 > tally->middle * (uint64_t)LOWER_SHARE;
}

/* Is a word hardly ever alone, but part of a pair ("Rossi Viaggi")? */
static bool
is_half(const struct candidates *candidates, const struct candidate *candidate)
{
    if (candidate->tally->pair)
        return false;
    for (uint32_t i = 0; i < candidates->list.count; i++) {
        const struct candidate *pair = &candidates->list.items[i];
        if (!pair->tally->pair)
            continue;
        bool part = (str_starts(pair->folded, candidate->folded) &&
                     pair->folded.data[candidate->folded.len] == ' ') ||
                    (str_ends(pair->folded, candidate->folded) &&
                     pair->folded.data[pair->folded.len - candidate->folded.len - 1] == ' ');
        if (part &&
            pair->tally->middle * (uint64_t)100 >= candidate->tally->middle * (uint64_t)PAIR_SHARE)
            return true;
    }
    return false;
}

/* The best candidate; NULL when two are about as good and nothing tells which it is. */
static const struct candidate *
choose(const struct brands *brands, const struct candidates *candidates)
{
    const struct parties *parties = brands->parties;
    const struct candidate *best = NULL, *next = NULL, *owned = NULL;
    for (uint32_t i = 0; i < candidates->list.count; i++) {
        const struct candidate *candidate = &candidates->list.items[i];
        bool pair = candidate->tally->pair;
        if (is_small(candidate->tally) || is_half(candidates, candidate))
            continue;
        if (pair && best && parties_share(parties, best->folded, candidate->folded))
            continue; /* the longer form of the name chosen */
        if (!best)
            best = candidate;
        else if (!next)
            next = candidate;
        for (uint32_t c = 0; !owned && c < parties->companies.count; c++)
            if (parties_belong(parties, candidate->folded, parties->companies.items[c].folded))
                owned = candidate;
    }
    if (owned && owned->tally->middle * (uint64_t)OWNED_SHARE >= best->tally->middle)
        return owned;
    if (best && next &&
        next->tally->middle * (uint64_t)100 > best->tally->middle * (uint64_t)NEXT_SHARE)
        return NULL;
    return best;
}

static bool
has_provider(const struct parties *parties)
{
    for (uint32_t i = 0; i < parties->names.count; i++)
        if (parties->names.items[i].role == ROLE_PROVIDER)
            return true;
    return false;
}

void
brands_add_noun(struct brands *brands)
{
    if (has_provider(brands->parties))
        return;
    const struct language *language = brands->parties->language;
    const struct party_noun *best = NULL;
    uint32_t most = BRAND_LEAST - 1;
    for (uint32_t i = 0; i < language->weak_noun_count; i++) {
        const struct party_noun *noun = &language->weak_nouns[i];
        const struct tally *tally = slot_of(brands, noun->folded);
        if (noun->role == ROLE_PROVIDER && tally->length > 0 && tally->middle > most) {
            most = tally->middle;
            best = noun;
        }
    }
    if (best)
        parties_add(brands->parties, best->folded, best->role, (struct span){0, 0});
}

uint32_t
brands_frequency(const struct brands *brands, struct str folded)
{
    const struct tally *tally = slot_of(brands, folded);
    return tally->length > 0 ? tally->middle : 0;
}

struct str
brands_choose(struct brands *brands)
{
    struct candidates candidates = {{NULL, 0, 0}};
    gather(brands, &candidates);
    if (candidates.list.count > 0)
        count_small(brands, &candidates);
    const struct candidate *brand = choose(brands, &candidates);
    return brand ? brand->folded : STR("");
}
