#include "text/view_value.h"

/* Word lists of a language in one table, and the values that number words and digits make. */

enum {
    MULTIPLIER = 1000,        /* number words from here on multiply the number before them */
    AMOUNT_MOST = 1000000000, /* hundredths that are multiplied */
};

static uint32_t
hash_word(struct str word)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.data[i]) * 16777619u;
    return hash ^ hash >> 15;
}

const struct known *
known_find(const struct known_table *table, struct str word)
{
    const struct known *known = table->buckets[hash_word(word) & table->mask];
    while (known && !str_equal(known->word, word))
        known = known->next;
    return known;
}

struct known *
known_add(struct arena *arena, struct known_table *table, struct str word)
{
    struct known **slot = &table->buckets[hash_word(word) & table->mask];
    for (struct known *k = *slot; k; k = k->next)
        if (str_equal(k->word, word))
            return k;
    struct known *made = arena_new(arena, struct known, 1);
    made->word = word;
    made->next = *slot;
    *slot = made;
    return made;
}

static void
add_flags(struct arena *arena, struct known_table *table, const struct word_list *list,
          enum word_flag flag)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->words[i].len > 0 && list->words[i].data[0] != '*')
            known_add(arena, table, list->words[i])->flags |= (uint16_t)flag;
}

void
known_build(struct arena *arena, struct known_table *table, const struct language *language)
{
    enum { TABLE = 1024 };
    table->buckets = arena_new(arena, struct known *, TABLE);
    table->mask = TABLE - 1;
    table->language = language;
    add_flags(arena, table, &language->negation, WORD_NEGATION);
    add_flags(arena, table, &language->prepositions, WORD_PREPOSITION);
    add_flags(arena, table, &language->genitives, WORD_GENITIVE);
    add_flags(arena, table, &language->first_plural, WORD_FIRST_PLURAL);
    add_flags(arena, table, &language->conditions, WORD_CONDITION);
    for (uint32_t i = 0; i < language->numerals.count; i++) {
        struct known *known = known_add(arena, table, language->numerals.words[i]);
        known->kinds |= KNOWN_NUMERAL;
        known->numeral = language->numeral_values[i];
    }
    for (uint32_t i = 0; i < language->units_days.count; i++) {
        struct known *known = known_add(arena, table, language->units_days.words[i]);
        known->kinds |= KNOWN_DURATION;
        known->days = language->duration_days[i];
    }
    for (uint32_t i = 0; i < language->currencies.count; i++)
        known_add(arena, table, language->currencies.words[i])->kinds |= KNOWN_CURRENCY;
    for (uint32_t i = 0; i < language->article_words.count; i++)
        known_add(arena, table, language->article_words.words[i])->kinds |= KNOWN_ARTICLE;
    for (uint32_t i = 0; i < language->months.count; i++) {
        struct known *known = known_add(arena, table, language->months.words[i]);
        known->kinds |= KNOWN_MONTH;
        known->month = i + 1;
    }
}

bool
known_first_plural(const struct known_table *table, struct str word)
{
    const struct word_list *endings = &table->language->first_plural;
    for (uint32_t i = 0; i < endings->count; i++) {
        struct str ending = endings->words[i];
        if (ending.len < 2 || ending.data[0] != '*')
            continue;
        ending = str_slice(ending, 1, ending.len);
        if (word.len > ending.len + 1 && str_ends(word, ending))
            return true;
    }
    return false;
}

/*
 * "1.000", "1,000.50", "30", "24/7" -> hundredths.  A last separator with exactly two digits
 * behind it is the decimal one; the others part thousands.
 */
static bool
number_of(struct str core, const struct known *known, int64_t *hundredths)
{
    if (known && (known->kinds & KNOWN_NUMERAL)) {
        *hundredths = known->numeral * 100;
        return true;
    }
    int64_t value = 0;
    uint32_t digits = 0, behind = 0;
    bool separator = false;
    for (size_t i = 0; i < core.len; i++) {
        char c = core.data[i];
        if (c >= '0' && c <= '9') {
            if (++digits > 15)
                return false;
            value = value * 10 + (c - '0');
            behind++;
        } else if ((c == '.' || c == ',') && digits > 0) {
            separator = true;
            behind = 0;
        } else {
            return false;
        }
    }
    *hundredths = separator && behind == 2 ? value : value * 100;
    return digits > 0;
}

struct values {
    const struct str *cores;
    const struct known *const *entries;
    const struct view_word *words;
    uint32_t count;
};

static bool
is_kind(const struct values *v, uint32_t word, uint8_t kind)
{
    return word < v->count && v->entries[word] && (v->entries[word]->kinds & kind);
}

static bool
number_at(const struct values *v, uint32_t word, int64_t *hundredths)
{
    return word < v->count && number_of(v->cores[word], v->entries[word], hundredths);
}

/* "30 giorni", "30 (trenta) giorni", "thirty (30) business days". */
static bool
duration_at(const struct values *v, uint32_t word, struct view_value *value)
{
    int64_t hundredths, again;
    if (!number_at(v, word, &hundredths))
        return false;
    uint32_t unit = word + 1;
    if (number_at(v, unit, &again) && again == hundredths)
        unit++;
    if (!is_kind(v, unit, KNOWN_DURATION) && is_kind(v, unit + 1, KNOWN_DURATION) &&
        !(v->words[unit - 1].flags & (WORD_STOP | WORD_COMMA)) && !is_kind(v, unit, 0xFF))
        unit++; /* one adjective: "business", "consecutive" */
    if (!is_kind(v, unit, KNOWN_DURATION))
        return false;
    *value =
        (struct view_value){SPAN_DURATION, word, unit, hundredths / 100 * v->entries[unit]->days};
    return true;
}

/* "1 million", "2 milioni di": *last becomes its last word. */
static int64_t
times(const struct values *v, uint32_t word, int64_t hundredths, uint32_t *last)
{
    bool ends = v->words[word].flags & (WORD_STOP | WORD_COMMA);
    *last = word;
    if (ends || !is_kind(v, word + 1, KNOWN_NUMERAL) ||
        v->entries[word + 1]->numeral < MULTIPLIER || hundredths > AMOUNT_MOST)
        return hundredths;
    *last = word + 1;
    return hundredths * v->entries[word + 1]->numeral;
}

/* "50 euro", "EUR 50", "€ 50,00", "1 milione di euro". */
static bool
money_at(const struct values *v, uint32_t word, struct view_value *value)
{
    int64_t hundredths;
    bool before = is_kind(v, word, KNOWN_CURRENCY);
    uint32_t last;
    if (!number_at(v, word + before, &hundredths))
        return false;
    hundredths = times(v, word + before, hundredths, &last);
    if (!before) {
        bool of = last > word && last + 1 < v->count &&
                  (v->words[last + 1].flags & (WORD_PREPOSITION | WORD_GENITIVE));
        last += of ? 2 : 1;
        if (!is_kind(v, last, KNOWN_CURRENCY))
            return false;
    }
    *value = (struct view_value){SPAN_MONEY, word, last, hundredths};
    return true;
}

/* "1 gennaio 2026", "January 1, 2026". */
static bool
date_at(const struct values *v, uint32_t word, struct view_value *value)
{
    int64_t day, year;
    uint32_t month = is_kind(v, word, KNOWN_MONTH) ? word : word + 1;
    uint32_t number = month == word ? word + 1 : word;
    if (!is_kind(v, month, KNOWN_MONTH) || !number_at(v, number, &day) ||
        !number_at(v, word + 2, &year))
        return false;
    if (day < 100 || day > 3100 || year < 190000 || year > 210000)
        return false;
    *value = (struct view_value){SPAN_DATE, word, word + 2,
                                 year / 100 * 10000 + v->entries[month]->month * 100 + day / 100};
    return true;
}

/* "art. 6.1", "articolo 12", "section 3". */
static bool
article_at(const struct values *v, uint32_t word, struct view_value *value)
{
    if (!is_kind(v, word, KNOWN_ARTICLE) || word + 1 >= v->count)
        return false;
    struct str path = v->cores[word + 1];
    if (path.len == 0 || path.data[0] < '0' || path.data[0] > '9')
        return false;
    *value = (struct view_value){SPAN_ARTICLE, word, word + 1, article_key(path)};
    return true;
}

uint32_t
values_find(const struct str *cores, const struct known *const *entries,
            const struct view_word *words, uint32_t count, struct view_value *values)
{
    struct values v = {cores, entries, words, count};
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool digit = cores[i].data[0] >= '0' && cores[i].data[0] <= '9';
        if (!digit && !(entries[i] && entries[i]->kinds))
            continue;
        struct view_value *value = &values[found];
        if (date_at(&v, i, value) || duration_at(&v, i, value) || money_at(&v, i, value) ||
            article_at(&v, i, value)) {
            i = value->last_word;
            found++;
        }
    }
    return found;
}
