#include "text/segment_shape.h"

#include "text/segment_points.h"

enum {
    SHORT_BYTES = 140,   /* longer stretches are no headings and are not read through */
    VERBLESS_WORDS = 8,  /* a stretch with a full stop and more words needs no look for verbs */
    TAIL_BYTES = 48,     /* of a long stretch, for its end */
    HEAD_BYTES = 32,     /* of a long stretch, for its begin */
    BRACKET_BYTES = 300, /* a bracket open for longer was never meant to close */
    WORD_LETTERS = 23,
    SUBJECT_WORDS = 3, /* "L'", "Operatore", "provvede" */
    VERB_WORDS = 24,   /* words of a stretch that could be a heading */
    VERB_BYTES = 600,  /* in which a verb is looked for */
    FORM_LINES = 4,    /* underscores */
    ADDRESS_DIGITS = 5,
    ADDRESS_COMMAS = 2,  /* with as many digits */
    CAPITALS_SHARE = 70, /* percent of the letters */
    CAPITALS_LEAST = 3,
    ENDING_LETTERS = 5, /* a first word so long shows how its siblings end */
};

bool
is_quotation_mark(uint32_t code_point)
{
    switch (code_point) {
    case '"':
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2039:
    case 0x203A:
        return true;
    default:
        return false;
    }
}

bool
is_closing_sign(uint32_t code_point)
{
    return code_point == ')' || code_point == ']' || code_point == '}' || code_point == '\'' ||
           code_point == 0x2019 || is_quotation_mark(code_point);
}

/* "d.lgs", "s.p.a", "e.g": the first of several parts is one letter, none is long. */
static bool
is_dotted(struct str word)
{
    if (word.len < 3 || word.data[1] != '.')
        return false;
    size_t part = 0;
    for (size_t i = 0; i < word.len; i++) {
        bool digit = word.data[i] >= '0' && word.data[i] <= '9';
        part = word.data[i] == '.' ? 0 : part + 1;
        if (part > 4 || digit)
            return false;
    }
    return true;
}

enum abbreviation
abbreviation_of(const struct language *language, struct str word)
{
    if (word.len == 0)
        return ABBREVIATION_NONE;
    if (word_list_has(&language->abbreviations, word))
        return ABBREVIATION_PLAIN;
    if (word_list_has(&language->final_abbreviations, word) ||
        word_list_has(&language->legal_forms, word) || is_dotted(word))
        return ABBREVIATION_FINAL;
    bool letter = word.len == 1 && word.data[0] >= 'a' && word.data[0] <= 'z';
    return letter ? ABBREVIATION_PLAIN : ABBREVIATION_NONE;
}

bool
is_sentence_word(const struct language *language, struct str word)
{
    if (word_list_has(&language->finite_verbs, word) || word_list_has(&language->negation, word) ||
        word_list_has(&language->first_plural, word))
        return true;
    const struct word_list *endings = &language->first_plural;
    for (uint32_t i = 0; i < endings->count && endings->words[i].data[0] == '*'; i++) {
        struct str ending = str_slice(endings->words[i], 1, endings->words[i].len);
        if (word.len > ending.len && str_ends(word, ending))
            return true;
    }
    return false;
}

struct measuring {
    const struct document *document;
    const struct language *language;
    struct shape *shape;
    char word[WORD_LETTERS + 1]; /* folded; inner full stops stay */
    size_t length;
    bool accent; /* on the word's last letter */
    bool too_long;
    char last[WORD_LETTERS + 1]; /* the word before this one */
    size_t last_length;
    uint32_t words;
    uint32_t letters;
    uint32_t capitals;
    uint32_t digits;
    uint32_t commas;
    uint32_t sign;        /* the last one behind a letter */
    bool quoted;          /* between quotation marks */
    bool opened;          /* the last sign opens something, and nothing came since */
    uint32_t lines;       /* underscores in a row */
    uint32_t visible;     /* the last visible code point, closing signs aside */
    uint32_t before;      /* the visible code point before the last word */
    uint32_t word_before; /* the visible code point before this word */
    bool started;
    uint32_t subject; /* 1 = an article was read, 2 = a party behind it */
    bool verbs;       /* look for verbs */
};

static bool
is_party_noun(const struct language *language, struct str word)
{
    for (uint32_t i = language->noun_count; i-- > 0;) { /* single words stand last */
        struct str noun = language->nouns[i].folded;
        if (memchr(noun.data, ' ', noun.len))
            return false;
        if (str_equal(noun, word))
            return true;
    }
    return false;
}

/* "L'Operatore provvede": an article, a party and a word that is no preposition make a sentence. */
static void
look_for_subject(struct measuring *m, struct str word)
{
    const struct language *language = m->language;
    if (m->words == 0)
        m->subject = word_list_has(&language->determiners, word) ? 1 : 0;
    else if (m->words == 1 && m->subject == 1)
        m->subject = is_party_noun(language, word) ? 2 : 0;
    else if (m->words == 2 && m->subject == 2 && !word_list_has(&language->prepositions, word) &&
             !word_list_has(&language->conjunctions, word))
        m->shape->flags |= SHAPE_VERB;
}

static void
end_word(struct measuring *m)
{
    while (m->length > 0 && m->word[m->length - 1] == '.')
        m->length--;
    if (m->length == 0)
        return;
    if (m->accent && m->length <= 2)
        m->word[m->length++] = '_';
    struct str word = {m->word, m->too_long ? 0 : m->length};
    bool digit = m->word[0] >= '0' && m->word[0] <= '9';
    if (m->words == 0 && !digit) {
        for (size_t i = 0; i < word.len; i++)
            m->shape->first = shape_hash(m->shape->first, word.data[i]);
        if (word_list_has(&m->language->stopwords, word))
            m->shape->flags |= SHAPE_STOPWORD;
        else if (word.len >= ENDING_LETTERS)
            m->shape->ending = (uint16_t)((unsigned char)word.data[word.len - 2] << 8 |
                                          (unsigned char)word.data[word.len - 1]);
    }
    if (m->verbs && !m->quoted && word.len > 0 && is_sentence_word(m->language, word))
        m->shape->flags |= SHAPE_VERB;
    if (m->verbs && m->words < SUBJECT_WORDS && word.len > 0)
        look_for_subject(m, word);
    m->words++;
    memcpy(m->last, m->word, m->length);
    m->last_length = m->too_long ? 0 : m->length;
    m->before = m->word_before;
    m->length = 0;
    m->accent = m->too_long = false;
}

static void
add_letter(struct measuring *m, uint32_t code_point, struct str base, bool accent)
{
    if (m->length == 0)
        m->word_before = m->visible;
    for (size_t i = 0; i < base.len; i++) {
        if (m->length + 2 > WORD_LETTERS)
            m->too_long = true;
        else
            m->word[m->length++] = base.data[i];
        m->shape->hash = shape_hash(m->shape->hash, base.data[i]);
    }
    m->accent = accent;
    m->letters++;
    bool capital = point_is_upper(code_point);
    m->capitals += capital;
    if (!m->started && point_is_lower(code_point))
        m->shape->flags |= SHAPE_LOWER;
    if (!m->started && capital)
        m->shape->flags |= SHAPE_UPPER;
    m->started = true;
    m->opened = false;
    m->sign = 0;
    m->visible = code_point;
}

static void
add_digit(struct measuring *m, uint32_t code_point, struct str base)
{
    if (m->length == 0)
        m->word_before = m->visible;
    if (m->length + 2 <= WORD_LETTERS && base.len > 0)
        m->word[m->length++] = base.data[0];
    m->digits++;
    m->started = true;
    m->opened = false;
    m->visible = code_point;
}

static void
add_sign(struct measuring *m, uint32_t code_point)
{
    m->lines = code_point == '_' ? m->lines + 1 : 0;
    if (m->lines >= FORM_LINES)
        m->shape->flags |= SHAPE_FORM;
    m->commas += code_point == ',';
    if (code_point == '@')
        m->shape->flags |= SHAPE_ADDRESS;
    if (!m->started && is_quotation_mark(code_point))
        m->shape->flags |= SHAPE_QUOTE;
    if (code_point == '.' && m->length > 0 && m->length + 2 <= WORD_LETTERS) {
        m->word[m->length++] = '.';
    } else {
        end_word(m);
    }
    if (code_point == '"')
        m->quoted = !m->quoted;
    else if (code_point == 0x201C || code_point == 0x201E || code_point == 0xAB)
        m->quoted = true;
    else if (code_point == 0x201D || code_point == 0xBB)
        m->quoted = false;
    m->sign = code_point;
    m->opened = code_point == '(' || code_point == '[' || code_point == 0xAB ||
                code_point == 0x201C || code_point == 0x201E || (code_point == '"' && m->opened);
    if (!is_closing_sign(code_point))
        m->visible = code_point;
}

static void
add(struct measuring *m, uint32_t code_point)
{
    bool accent = false;
    if (code_point < 0x80) {
        char c = (char)(point_is_upper(code_point) ? code_point | 0x20 : code_point);
        struct str letter = {&c, 1};
        if (point_is_letter(code_point))
            add_letter(m, code_point, letter, false);
        else if (point_is_digit(code_point))
            add_digit(m, code_point, letter);
        else if (point_is_blank(code_point))
            end_word(m);
        else
            add_sign(m, code_point);
        return;
    }
    struct str base = utf8_base(code_point, &accent);
    if (utf8_is_letter(code_point) && base.len > 0) {
        add_letter(m, code_point, base, accent);
    } else if (utf8_is_digit(code_point)) {
        add_digit(m, code_point, base);
    } else if (utf8_is_blank(code_point)) {
        end_word(m);
    } else if (base.len == 0 && accent) {
        m->accent = true; /* a combining accent */
    } else {
        add_sign(m, code_point);
    }
}

static void
measure(struct measuring *m, struct span span)
{
    uint32_t code_points[SHORT_BYTES], offsets[SHORT_BYTES];
    struct points points = {code_points, offsets, 0, SHORT_BYTES};
    while (span.begin < span.end) {
        span.begin = points_fill(&points, m->document, span);
        for (uint32_t i = 0; i < points.count; i++)
            add(m, code_points[i]);
    }
}

static enum shape_end
end_of_sign(uint32_t sign)
{
    switch (sign) {
    case '.':
    case '!':
    case 0x2026:
        return END_STOP;
    case '?':
        return END_QUESTION;
    case ';':
        return END_SEMICOLON;
    case ',':
        return END_COMMA;
    case ':':
        return END_COLON;
    case '-':
    case 0x2013:
    case 0x2014:
        return END_DASH;
    default:
        return END_NONE;
    }
}

static bool
leaves_bracket_open(struct str text, struct span span)
{
    uint32_t from = span_len(span) > BRACKET_BYTES ? span.end - BRACKET_BYTES : span.begin;
    int32_t depth = 0;
    for (uint32_t i = from; i < span.end; i++) {
        if (text.data[i] == '(')
            depth++;
        else if (text.data[i] == ')' && depth > 0)
            depth--;
    }
    return depth > 0;
}

static void
settle_end(struct measuring *m, struct span span)
{
    struct shape *shape = m->shape;
    end_word(m);
    struct str last = {m->last, m->last_length};
    shape->end = end_of_sign(m->visible);
    if (m->opened)
        shape->flags |= SHAPE_OPENED;
    if (shape->end == END_NONE && last.len > 0 && !is_quotation_mark(m->sign)) {
        if (word_list_has(&m->language->open_words, last))
            shape->flags |= SHAPE_OPEN_WORD;
        enum shape_end before = end_of_sign(m->before);
        if (word_list_has(&m->language->conjunctions, last)) {
            shape->flags |= SHAPE_CONJUNCTION;
            if (before == END_SEMICOLON || before == END_COMMA)
                shape->end = before;
        }
    }
    if (shape->end == END_STOP && m->sign == ')')
        shape->flags |= SHAPE_ABBREVIATION | SHAPE_FINAL; /* "(ad es. così!)" may go on */
    if (m->visible == '.' || m->visible == ',') {
        enum abbreviation kind = abbreviation_of(m->language, last);
        if (kind != ABBREVIATION_NONE)
            shape->flags |= SHAPE_ABBREVIATION;
        if (kind == ABBREVIATION_FINAL)
            shape->flags |= SHAPE_FINAL;
        if (leaves_bracket_open(m->document->text, span))
            shape->flags |= SHAPE_BRACKET;
    }
}

/* The first byte of a code point at or behind `offset`. */
static uint32_t
align(struct str text, uint32_t offset, uint32_t end)
{
    while (offset < end && ((unsigned char)text.data[offset] & 0xC0) == 0x80)
        offset++;
    return offset;
}

bool
shape_has_verb(const struct document *document, const struct language *language, struct span span)
{
    struct shape shape;
    struct measuring m = {
        .document = document, .language = language, .shape = &shape, .verbs = true};
    memset(&shape, 0, sizeof shape);
    if (span_len(span) > VERB_BYTES)
        span.end = align(document->text, span.begin + VERB_BYTES, span.end);
    measure(&m, span);
    end_word(&m);
    return shape.flags & SHAPE_VERB;
}

static void
measure_long(struct measuring *m, struct span span)
{
    struct span head = {span.begin, align(m->document->text, span.begin + HEAD_BYTES, span.end)};
    struct span tail = {align(m->document->text, span.end - TAIL_BYTES, span.end), span.end};
    measure(m, head);
    if (m->letters >= CAPITALS_LEAST && m->capitals * 100 >= m->letters * CAPITALS_SHARE)
        m->shape->flags |= SHAPE_CAPITALS;
    m->length = 0;
    m->started = true;
    m->words = 1; /* the first word is settled */
    measure(m, tail);
    settle_end(m, span);
    m->shape->flags &= (uint16_t) ~(SHAPE_ADDRESS | SHAPE_FORM);
    m->shape->words = SHAPE_LONG;
    m->shape->hash = 0;
}

void
shape_measure(const struct document *document, const struct language *language, struct span span,
              struct shape *shape)
{
    struct measuring m = {.document = document, .language = language, .shape = shape};
    memset(shape, 0, sizeof *shape);
    shape->hash = SHAPE_HASH;
    if (span_len(span) > SHORT_BYTES) {
        measure_long(&m, span);
        return;
    }
    measure(&m, span);
    settle_end(&m, span);
    if (m.words <= VERB_WORDS && (shape->end != END_STOP || m.words <= VERBLESS_WORDS) &&
        shape_has_verb(document, language, span))
        shape->flags |= SHAPE_VERB;
    shape->words = (uint16_t)m.words;
    if (m.letters >= CAPITALS_LEAST && m.capitals * 100 >= m.letters * CAPITALS_SHARE)
        shape->flags |= SHAPE_CAPITALS;
    if (m.digits >= ADDRESS_DIGITS || 2 * m.digits > m.letters ||
        (m.commas >= ADDRESS_COMMAS && m.digits >= ADDRESS_COMMAS))
        shape->flags |= SHAPE_ADDRESS;
}
