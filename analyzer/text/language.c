#include "text/language.h"

#include "base/hash.h"
#include "base/utf8.h"

/*
 * Word lists, and the vote that tells a document's language: the share of stop words, less the
 * words that are frequent in neighbour languages and foreign to the candidate.
 */

enum {
    VOTE_BYTES = 200 << 10, /* head of the document that votes */
    VOTE_WORDS = 20,        /* fewer decide nothing */
    VOTE_SHARE = 12,        /* percent of stop words that running text has at least */
    VOTE_LETTERS = 15,      /* longer words are on no list */
    VOTE_LANGUAGES = 16,    /* bits of a vote; more languages do not vote */
    RIVAL_WEIGHT = 2,       /* a foreign word weighs as much as so many stop words */
};

int64_t
word_list_find(const struct word_list *list, struct str word)
{
    uint32_t low = 0, high = list->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(list->words[middle], word);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

bool
word_list_has(const struct word_list *list, struct str word)
{
    return word_list_find(list, word) >= 0;
}

const struct language *
languages_find(const struct languages *languages, struct str id)
{
    for (uint32_t i = 0; i < languages->count; i++)
        if (str_equal(languages->items[i].id, id))
            return &languages->items[i];
    return NULL;
}

static void
teach_list(const struct word_list *list, struct lexicon *lexicon)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct str rest = list->words[i], word;
        while (str_cut(&rest, ' ', &word))
            if (word.data[0] != '*')
                lexicon_add_word(lexicon, CLASS_NONE, word);
    }
}

static void
teach_nouns(const struct party_noun *nouns, uint32_t count, struct lexicon *lexicon)
{
    for (uint32_t i = 0; i < count; i++)
        teach_list(&(struct word_list){(struct str *)&nouns[i].folded, 1}, lexicon);
}

void
language_teach(const struct language *language, struct lexicon *lexicon)
{
    const struct word_list *lists[] = {
        &language->stopwords,     &language->abbreviations, &language->final_abbreviations,
        &language->article_words, &language->letter_words,  &language->part_words,
        &language->open_words,    &language->finite_verbs,  &language->numerals,
        &language->negation,      &language->prepositions,  &language->genitives,
        &language->conditions,    &language->first_plural,  &language->legal_forms,
        &language->joiners,       &language->determiners,   &language->ordinary,
        &language->people,        &language->defining,      &language->definitions,
        &language->approvals,     &language->business_only, &language->consumer_only,
        &language->elsewhere,     &language->contents,      &language->units_days,
        &language->currencies,    &language->months,
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        teach_list(lists[i], lexicon);
    teach_nouns(language->nouns, language->noun_count, lexicon);
    teach_nouns(language->weak_nouns, language->weak_noun_count, lexicon);
}

/* One word of any language's lists: whose stop word and whose rival it is, one bit a language. */
struct ballot {
    char word[VOTE_LETTERS + 1];
    uint16_t stop;
    uint16_t rival;
};

struct urn {
    struct ballot *ballots;
    uint32_t mask;
    uint32_t words;
    uint32_t stop[VOTE_LANGUAGES];
    uint32_t rival[VOTE_LANGUAGES];
};

static struct ballot *
urn_slot(const struct urn *urn, struct str word)
{
    uint32_t slot = (uint32_t)hash_str(word) & urn->mask;
    while (urn->ballots[slot].word[0] != '\0' && !str_equal(str_of(urn->ballots[slot].word), word))
        slot = (slot + 1) & urn->mask;
    return &urn->ballots[slot];
}

static void
urn_add(struct urn *urn, const struct word_list *list, uint32_t language, bool rival)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct str word = list->words[i];
        if (word.len == 0 || word.len > VOTE_LETTERS)
            continue;
        struct ballot *ballot = urn_slot(urn, word);
        memcpy(ballot->word, word.data, word.len);
        if (rival)
            ballot->rival |= (uint16_t)(1u << language);
        else
            ballot->stop |= (uint16_t)(1u << language);
    }
}

static void
urn_build(struct urn *urn, struct arena *arena, const struct languages *languages, uint32_t count)
{
    uint32_t words = 1;
    for (uint32_t i = 0; i < count; i++)
        words += languages->items[i].stopwords.count + languages->items[i].rivals.count;
    uint32_t size = 64;
    while (size < 2 * words)
        size *= 2;
    urn->ballots = arena_new(arena, struct ballot, size);
    urn->mask = size - 1;
    for (uint32_t i = 0; i < count; i++) {
        urn_add(urn, &languages->items[i].stopwords, i, false);
        urn_add(urn, &languages->items[i].rivals, i, true);
    }
}

static void
urn_count(struct urn *urn, struct str word, uint32_t languages)
{
    urn->words++;
    if (word.len > VOTE_LETTERS)
        return;
    const struct ballot *ballot = urn_slot(urn, word);
    if (ballot->word[0] == '\0')
        return;
    for (uint32_t i = 0; i < languages; i++) {
        urn->stop[i] += ballot->stop >> i & 1;
        urn->rival[i] += ballot->rival >> i & 1;
    }
}

/* A word being read: folded letters, as text/fold.h would write them. */
struct reading {
    char letters[VOTE_LETTERS + 8];
    size_t length;
    bool accent; /* on the last letter */
};

static void
reading_end(struct reading *reading, struct urn *urn, uint32_t languages)
{
    if (reading->length == 0)
        return;
    if (reading->accent && reading->length <= 2)
        reading->letters[reading->length++] = '_';
    bool digit = reading->letters[0] >= '0' && reading->letters[0] <= '9';
    if (!digit)
        urn_count(urn, (struct str){reading->letters, reading->length}, languages);
    reading->length = 0;
    reading->accent = false;
}

static void
reading_letter(struct reading *reading, char letter, bool accent)
{
    if (reading->length < VOTE_LETTERS + 1)
        reading->letters[reading->length++] = letter;
    reading->accent = accent;
}

static void
reading_wide(struct reading *reading, uint32_t code_point, struct urn *urn, uint32_t languages)
{
    bool accent = false;
    struct str base = code_point == UTF8_BAD ? STR(" ") : utf8_base(code_point, &accent);
    if (base.len == 0) {
        if (accent)
            reading->accent = true; /* a combining accent */
        return;
    }
    if (!utf8_is_letter(code_point)) {
        reading_end(reading, urn, languages);
        return;
    }
    for (size_t i = 0; i < base.len; i++)
        reading_letter(reading, base.data[i], accent);
}

static void
urn_read(struct urn *urn, struct str text, uint32_t languages)
{
    struct reading reading = {.length = 0};
    size_t at = 0;
    while (at < text.len) {
        unsigned char c = (unsigned char)text.data[at];
        if (c >= 0x80) {
            uint32_t code_point = utf8_next(text, &at);
            reading_wide(&reading, code_point, urn, languages);
            continue;
        }
        at++;
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c + ('a' - 'A'));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            reading_letter(&reading, (char)c, false);
        else
            reading_end(&reading, urn, languages);
    }
    reading_end(&reading, urn, languages);
}

const struct language *
language_vote(const struct languages *languages, const struct document *document)
{
    uint32_t count = languages->count < VOTE_LANGUAGES ? languages->count : VOTE_LANGUAGES;
    struct arena scratch = {NULL};
    struct urn urn = {.words = 0};
    urn_build(&urn, &scratch, languages, count);
    size_t length = document->text.len < VOTE_BYTES ? document->text.len : VOTE_BYTES;
    urn_read(&urn, str_slice(document->text, 0, length), count);

    int64_t best = 0, second = 0;
    const struct language *winner = NULL;
    for (uint32_t i = 0; i < count; i++) {
        int64_t score = (int64_t)urn.stop[i] - RIVAL_WEIGHT * (int64_t)urn.rival[i];
        if (score > best) {
            second = best;
            best = score;
            winner = &languages->items[i];
        } else if (score > second) {
            second = score;
        }
    }
    arena_free(&scratch);
    bool enough = urn.words >= VOTE_WORDS && best * 100 >= (int64_t)urn.words * VOTE_SHARE;
    return enough && 2 * best > 3 * second ? winner : NULL;
}
