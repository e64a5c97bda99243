#include "text/segment_sentence.h"

#include "base/array.h"
#include "text/segment_points.h"

enum {
    WINDOW = 32 << 10,                /* code points looked at together: blocks are far shorter */
    UNIT_BYTES = BOUND_UNIT_VIEW / 2, /* a view may be up to twice its text */
    BRACKET_REACH = 400,              /* code points a bracket holds a sentence together */
    SENTENCE_LETTERS = 2,             /* a sentence has a word of so many: "4.4.3." alone is none */
    WORD_LETTERS = 23,
    INLINE_LEAST = 300,   /* bytes of a sentence split at "(a)" without a colon before */
    ITEM_LETTERS = 4,     /* less between two marks is "lett. a), b) e c)" */
    INLINE_LEVELS = 4,    /* of lists inside a block */
    MARK_LETTERS = 7,     /* of the longest mark: "xxxviii)" */
    SUCCESSOR_REACH = 64, /* marks in which the second item of a list must come */
    TITLE_POINTS = 90,    /* a title before a colon ends within these */
    TITLE_WORDS = 8,
    SEMICOLONS_LEAST = 2, /* "di: uno; due; tre" */
};

/* A list mark that may split the block. */
struct mark {
    uint32_t at; /* index in the window */
    uint32_t sentence;
    struct label label;
    bool colon; /* a colon stands before it */
    bool taken;
};

struct cut {
    uint32_t at;
    uint32_t mark; /* index + 1; 0 = none */
    bool item;
    bool title; /* what lies before the cut is one */
};

struct splitter {
    const struct document *document;
    const struct language *language;
    struct arena *arena;
    struct points window;
    uint32_t *points; /* of the window */
    uint32_t *offsets;
    uint32_t count;
    ARRAY(uint32_t) sentences; /* indices where sentences begin, the first left out */
    ARRAY(struct mark) marks;
    ARRAY(struct cut) cuts;
    ARRAY(struct part) parts;
};

struct splitter *
splitter_new(struct arena *arena, const struct document *document, const struct language *language)
{
    struct splitter *s = arena_new(arena, struct splitter, 1);
    s->document = document;
    s->language = language;
    s->arena = arena;
    s->window = points_new(arena, WINDOW);
    s->points = s->window.points;
    s->offsets = s->window.offsets;
    return s;
}

static bool
is_blank(const struct splitter *s, uint32_t i)
{
    return point_is_blank(s->points[i]);
}

static bool
is_word(uint32_t code_point)
{
    return point_is_letter(code_point) || point_is_digit(code_point);
}

static bool
is_upper_at(const struct splitter *s, uint32_t i)
{
    return i < s->count && point_is_upper(s->points[i]);
}

static bool
is_lower_at(const struct splitter *s, uint32_t i)
{
    return i < s->count && point_is_lower(s->points[i]);
}

static bool
is_digit_at(const struct splitter *s, uint32_t i)
{
    return i < s->count && point_is_digit(s->points[i]);
}

/* Behind the code point at an index, in text bytes. */
static uint32_t
byte_end(const struct splitter *s, uint32_t i)
{
    size_t at = s->offsets[i];
    utf8_next(s->document->text, &at);
    return (uint32_t)at;
}

static uint32_t
skip_blanks(const struct splitter *s, uint32_t i)
{
    while (i < s->count && is_blank(s, i))
        i++;
    return i;
}

/* The visible code point before index i, at or behind `from`; 0 = none. */
static uint32_t
visible_before(const struct splitter *s, uint32_t i, uint32_t from)
{
    while (i > from && is_blank(s, i - 1))
        i--;
    return i > from ? s->points[i - 1] : 0;
}

/* --- words around full stops -------------------------------------------------------------- */

static struct str
fold_points(const struct splitter *s, uint32_t begin, uint32_t end, char buffer[WORD_LETTERS + 4])
{
    size_t length = 0;
    uint32_t letters = 0;
    bool accent = false, last = false;
    for (uint32_t i = begin; i < end; i++) {
        struct str base = utf8_base(s->points[i], &accent);
        if (length + base.len > WORD_LETTERS)
            return STR("");
        for (size_t k = 0; k < base.len; k++)
            buffer[length++] = base.data[k];
        if (base.len > 0)
            letters++;
        last = accent;
    }
    if (last && letters <= 2)
        buffer[length++] = '_';
    return (struct str){buffer, length};
}

/* The folded word that ends before index i, inner full stops kept; empty when it is too long. */
static struct str
word_before(const struct splitter *s, uint32_t i, char buffer[WORD_LETTERS + 4])
{
    uint32_t begin = i;
    while (begin > 0 && i - begin < WORD_LETTERS &&
           (is_word(s->points[begin - 1]) ||
            (s->points[begin - 1] == '.' && begin > 1 && is_word(s->points[begin - 2]))))
        begin--;
    if (i - begin >= WORD_LETTERS)
        return STR("");
    return fold_points(s, begin, i, buffer);
}

/* The folded word that begins at index i. */
static struct str
word_at(const struct splitter *s, uint32_t i, char buffer[WORD_LETTERS + 4])
{
    uint32_t end = i;
    while (end < s->count && end - i < WORD_LETTERS && is_word(s->points[end]))
        end++;
    return fold_points(s, i, end, buffer);
}

/*
 * Does "Il" or "The" stand at index i: a stop word with a capital that does not belong to a text
 * in capitals?  Then the abbreviation before it ended its sentence.
 */
static bool
starts_sentence(const struct splitter *s, uint32_t i)
{
    char buffer[WORD_LETTERS + 4];
    if (!is_upper_at(s, i) || !word_list_has(&s->language->stopwords, word_at(s, i, buffer)))
        return false;
    uint32_t second = i + 1;
    if (second < s->count && !is_word(s->points[second])) { /* "I Clienti", "L'Utente" */
        second =
            skip_blanks(s, second + (s->points[second] == '\'' || s->points[second] == 0x2019));
        return !is_upper_at(s, second) || is_lower_at(s, second + 1);
    }
    return is_lower_at(s, second);
}

static bool
is_terminator(uint32_t code_point)
{
    return code_point == '.' || code_point == '?' || code_point == '!' || code_point == 0x2026;
}

static bool
is_opening_sign(uint32_t code_point)
{
    return code_point == '(' || code_point == '[' || is_quotation_mark(code_point);
}

/* May a sentence begin at index i, behind `dots` terminators? */
static bool
may_begin(const struct splitter *s, uint32_t i, uint32_t dots)
{
    uint32_t code_point = s->points[i];
    if (point_is_digit(code_point))
        return dots < 3;
    if (point_is_letter(code_point))
        return point_is_upper(code_point);
    if (code_point == '(' || code_point == '[')
        return !is_lower_at(s, i + 1) || (i + 2 < s->count && s->points[i + 2] == ')');
    struct label label;
    return is_opening_sign(code_point) ||
           (code_point >= 0x80 && label_parse_inline(s->document->text, s->offsets[i],
                                                     byte_end(s, s->count - 1), false, &label));
}

/* A full stop at index i before a sentence at `next`: not one of an abbreviation or a number? */
static bool
stop_ends(const struct splitter *s, uint32_t i, uint32_t next)
{
    char buffer[WORD_LETTERS + 4];
    struct str word = word_before(s, i, buffer);
    bool digit = word.len > 0 && word.data[word.len - 1] >= '0' && word.data[word.len - 1] <= '9';
    switch (abbreviation_of(s->language, word)) {
    case ABBREVIATION_PLAIN:
        return false;
    case ABBREVIATION_FINAL:
        return starts_sentence(s, next);
    case ABBREVIATION_NONE:
        break;
    }
    if (is_digit_at(s, next))
        return !digit && word.len > 2; /* "No. 5", "tel. 02. 55" */
    return true;
}

/* Does a sentence end at the terminator at index i?  *next: where the one behind it begins. */
static bool
ends_sentence(const struct splitter *s, uint32_t i, bool in_bracket, uint32_t *next)
{
    uint32_t at = i + 1;
    while (at < s->count && is_terminator(s->points[at]))
        at++;
    uint32_t dots = at - i;
    for (; at < s->count && is_closing_sign(s->points[at]); at++)
        if (s->points[at] == ')')
            in_bracket = false;
    if (in_bracket || at == s->count || !is_blank(s, at))
        return false;
    *next = skip_blanks(s, at);
    if (*next == s->count || !may_begin(s, *next, dots))
        return false;
    bool single = dots == 1 && s->points[i] == '.';
    return !single || stop_ends(s, i, *next);
}

/* --- marks -------------------------------------------------------------------------------- */

/* Cheap look before a label is parsed at index i; `end`: behind the word that begins there. */
static bool
may_be_mark(const struct splitter *s, uint32_t i, uint32_t end)
{
    uint32_t code_point = s->points[i];
    if (end > i)
        return end - i <= MARK_LETTERS && end < s->count &&
               (s->points[end] == ')' || s->points[end] == '.');
    return code_point == '(' || code_point == '-' || code_point == '*' ||
           (code_point >= 0x80 && !is_quotation_mark(code_point));
}

/* "lett. a)", "art. 5)": a reference, no mark. */
static bool
is_reference(const struct splitter *s, uint32_t i)
{
    while (i > 0 && is_blank(s, i - 1))
        i--;
    if (i > 0 && s->points[i - 1] == '.')
        i--;
    char buffer[WORD_LETTERS + 4];
    struct str word = word_before(s, i, buffer);
    return word_list_has(&s->language->letter_words, word) ||
           word_list_has(&s->language->article_words, word);
}

static void
find_mark(struct splitter *s, uint32_t i, uint32_t end)
{
    uint32_t before = visible_before(s, i, 0);
    bool opened = before == ':' || before == ';';
    struct mark mark = {.at = i, .sentence = s->sentences.count, .colon = before == ':'};
    if (!label_parse_inline(s->document->text, s->offsets[i], end, opened, &mark.label))
        return;
    if (!opened && mark.label.kind != LABEL_BULLET && is_reference(s, i))
        return;
    array_push(s->arena, &s->marks, mark);
}

static uint32_t
sentence_bytes(const struct splitter *s, uint32_t sentence)
{
    uint32_t begin = sentence == 0 ? 0 : s->sentences.items[sentence - 1];
    uint32_t end = sentence < s->sentences.count ? s->sentences.items[sentence] : s->count;
    return s->offsets[end - 1] - s->offsets[begin];
}

/* May a list begin with mark m? */
static bool
may_open(const struct splitter *s, uint32_t m, const struct label *next_block)
{
    const struct mark *mark = &s->marks.items[m];
    if (!label_is_first(&mark->label))
        return false;
    if (mark->label.kind == LABEL_BULLET)
        return true;
    if (!mark->colon &&
        (mark->label.style != '(' || sentence_bytes(s, mark->sentence) < INLINE_LEAST))
        return false;
    for (uint32_t i = m + 1; i < s->marks.count && i <= m + SUCCESSOR_REACH; i++) {
        struct label next = s->marks.items[i].label;
        if (label_follows(&mark->label, &next))
            return true;
    }
    struct label next = *next_block;
    return mark->colon && label_follows(&mark->label, &next);
}

/* Takes the marks that go on with a list or open one that has a second item. */
static void
choose_marks(struct splitter *s, const struct split_input *input)
{
    struct label levels[INLINE_LEVELS];
    uint32_t depth = 0;
    if (input->label.kind == LABEL_LETTER || input->label.kind == LABEL_BULLET ||
        (input->label.kind == LABEL_NUMBER && input->label.style != '.'))
        levels[depth++] = input->label;
    for (uint32_t m = 0; m < s->marks.count; m++) {
        struct mark *mark = &s->marks.items[m];
        uint32_t level = depth;
        while (level > 0 && !label_follows(&levels[level - 1], &mark->label))
            level--;
        if (level > 0) {
            mark->taken = true;
            levels[level - 1] = mark->label;
            depth = level;
        } else if (depth < INLINE_LEVELS && may_open(s, m, &input->next)) {
            mark->taken = true;
            levels[depth++] = mark->label;
        }
    }
}

/* Letters between two marks, counted no further than needed. */
static bool
has_content(const struct splitter *s, const struct mark *mark, uint32_t end)
{
    uint32_t letters = 0, i = mark->at;
    while (i < end && s->offsets[i] < mark->label.text)
        i++;
    for (; i < end && letters < ITEM_LETTERS; i++)
        letters += point_is_letter(s->points[i]);
    return letters >= ITEM_LETTERS;
}

static void
drop_empty_lists(struct splitter *s)
{
    uint32_t end = s->count;
    bool empty = false;
    for (uint32_t m = s->marks.count; m-- > 0;) {
        if (!s->marks.items[m].taken)
            continue;
        empty = empty || !has_content(s, &s->marks.items[m], end);
        end = s->marks.items[m].at;
    }
    for (uint32_t m = 0; empty && m < s->marks.count; m++)
        s->marks.items[m].taken =
            s->marks.items[m].label.kind == LABEL_BULLET && s->marks.items[m].taken;
}

/* --- cuts --------------------------------------------------------------------------------- */

static bool
parts_words(uint32_t code_point)
{
    return code_point == ':' || code_point == ';' || point_is_blank(code_point);
}

/* Sentences and marks of the window behind the block's own label, up to text offset `end`. */
static void
scan(struct splitter *s, uint32_t label_end, uint32_t end)
{
    uint32_t depth = 0, open = 0, next, i = 0;
    bool sentence = false; /* a word of some length was read */
    while (i < s->count && s->offsets[i] < label_end)
        i++;
    for (; i < s->count; i++) {
        uint32_t behind = i;
        while (behind < s->count && is_word(s->points[behind]))
            behind++;
        if (!is_blank(s, i) && may_be_mark(s, i, behind) && i > 0 && parts_words(s->points[i - 1]))
            find_mark(s, i, end);
        if (behind > i) {
            sentence =
                sentence || (behind - i >= SENTENCE_LETTERS && point_is_letter(s->points[i]));
            i = behind - 1;
            continue;
        }
        uint32_t code_point = s->points[i];
        if (code_point == '(') {
            depth++;
            open = i;
        } else if (code_point == ')' && depth > 0) {
            depth--;
        }
        bool held = depth > 0 && i - open < BRACKET_REACH;
        bool run = i > 0 && is_terminator(s->points[i - 1]); /* of dots: judged at its first */
        if (sentence && !run && is_terminator(code_point) && ends_sentence(s, i, held, &next)) {
            array_push(s->arena, &s->sentences, next);
            depth = 0;
            sentence = false;
        }
    }
}

/* "di: uno; due; tre": cuts behind the colon and the semicolons of one sentence. */
static void
cut_semicolons(struct splitter *s, uint32_t begin, uint32_t end)
{
    uint32_t depth = 0, semicolons = 0, colon = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (s->points[i] == '(')
            depth++;
        else if (s->points[i] == ')' && depth > 0)
            depth--;
        else if (depth == 0 && colon == 0 && s->points[i] == ':' && i + 1 < end &&
                 is_blank(s, i + 1))
            colon = i;
        else if (depth == 0 && colon > 0 && s->points[i] == ';')
            semicolons++;
    }
    if (semicolons < SEMICOLONS_LEAST || !is_lower_at(s, skip_blanks(s, colon + 1)))
        return;
    depth = 0;
    for (uint32_t i = colon; i < end; i++) {
        if (s->points[i] == '(')
            depth++;
        else if (s->points[i] == ')' && depth > 0)
            depth--;
        if (i != colon && (depth > 0 || s->points[i] != ';'))
            continue;
        uint32_t next = skip_blanks(s, i + 1);
        if (next < end && is_word(s->points[next]))
            array_push(s->arena, &s->cuts, ((struct cut){next, 0, true, false}));
    }
}

/* "Indirizzo valido: Tutti gli account ...": where the sentence begins, 0 = no title. */
static uint32_t
title_end(const struct splitter *s, const struct split_input *input)
{
    uint32_t end = s->count < TITLE_POINTS ? s->count : TITLE_POINTS, i = 0;
    while (i < end && s->offsets[i] < input->label.text)
        i++;
    uint32_t begin = i;
    for (; i < end && s->points[i] != ':'; i++)
        if (is_quotation_mark(s->points[i]) || is_terminator(s->points[i]))
            return 0;
    if (i == begin || i + 1 >= end || !is_blank(s, i + 1))
        return 0;
    uint32_t next = skip_blanks(s, i + 1);
    if (!is_upper_at(s, next) || is_upper_at(s, next + 1))
        return 0;
    struct shape shape;
    shape_measure(s->document, s->language, (struct span){s->offsets[begin], byte_end(s, i)},
                  &shape);
    bool title = shape.words > 0 && shape.words <= TITLE_WORDS &&
                 !(shape.flags & (SHAPE_VERB | SHAPE_LOWER));
    return title ? next : 0;
}

static void
gather_cuts(struct splitter *s, const struct split_input *input, bool first)
{
    uint32_t m = 0, begin = 0;
    uint32_t title = first && input->titled ? title_end(s, input) : 0;
    while (m < s->marks.count && !s->marks.items[m].taken)
        m++;
    if (m < s->marks.count && s->marks.items[m].at < title)
        title = 0;
    if (title > 0)
        array_push(s->arena, &s->cuts, ((struct cut){title, 0, false, true}));
    for (uint32_t i = 0; i <= s->sentences.count; i++) {
        uint32_t end = i < s->sentences.count ? s->sentences.items[i] : s->count;
        bool marked = false;
        if (begin > 0 && begin != title)
            array_push(s->arena, &s->cuts, ((struct cut){begin, 0, false, false}));
        for (; m < s->marks.count && s->marks.items[m].at < end; m++) {
            if (!s->marks.items[m].taken)
                continue;
            struct cut cut = {s->marks.items[m].at, m + 1, true, false};
            marked = true;
            if (s->cuts.count > 0 && s->cuts.items[s->cuts.count - 1].at == cut.at)
                s->cuts.items[s->cuts.count - 1] = cut;
            else
                array_push(s->arena, &s->cuts, cut);
        }
        if (!marked)
            cut_semicolons(s, begin, end);
        begin = end;
    }
}

/* --- parts -------------------------------------------------------------------------------- */

/* Where a part that is too long is cut, between `begin` and `end`. */
static uint32_t
cut_long(const struct splitter *s, uint32_t begin, uint32_t end)
{
    uint32_t most = begin + 1;
    while (most < end && byte_end(s, most) - s->offsets[begin] <= UNIT_BYTES)
        most++;
    uint32_t least = begin + (most - begin) / 2, comma = 0, blank = 0;
    for (uint32_t i = most; i-- > least;) {
        if (s->points[i] == ';' && i + 1 < most)
            return i + 1;
        if (comma == 0 && s->points[i] == ',' && i + 1 < most)
            comma = i + 1;
        if (blank == 0 && is_blank(s, i))
            blank = i + 1;
    }
    return comma > 0 ? comma : blank > 0 ? blank : most;
}

/* One part from index begin to end, in pieces if it is too long. */
static void
add_part(struct splitter *s, uint32_t begin, uint32_t end, struct part part)
{
    begin = skip_blanks(s, begin);
    while (begin < end) {
        uint32_t stop = end;
        if (byte_end(s, end - 1) - s->offsets[begin] > UNIT_BYTES)
            stop = cut_long(s, begin, end);
        uint32_t last = stop;
        while (last > begin && is_blank(s, last - 1))
            last--;
        part.span = (struct span){s->offsets[begin], byte_end(s, last - 1)};
        if (part.text < part.span.begin)
            part.text = part.span.begin;
        if (last > begin)
            array_push(s->arena, &s->parts, part);
        begin = skip_blanks(s, stop);
        part = (struct part){.goes_on = true};
    }
}

struct parts
splitter_cut(struct splitter *s, const struct split_input *input, struct span *rest)
{
    bool first = rest->begin == input->span.begin;
    uint32_t stopped = points_fill(&s->window, s->document, *rest);
    bool more = stopped < rest->end;
    s->count = s->window.count;
    s->sentences.count = s->marks.count = s->cuts.count = s->parts.count = 0;
    scan(s, first ? input->label.text : 0, rest->end);
    choose_marks(s, input);
    drop_empty_lists(s);
    gather_cuts(s, input, first);
    uint32_t begin = 0;
    struct part part = {.item = false};
    if (first) {
        part.label = input->label;
        part.text = input->label.text;
    }
    for (uint32_t i = 0; i < s->cuts.count; i++) {
        const struct cut *cut = &s->cuts.items[i];
        part.title = cut->title;
        add_part(s, begin, cut->at, part);
        part = (struct part){.item = cut->item};
        if (cut->mark > 0) {
            part.label = s->marks.items[cut->mark - 1].label;
            part.text = part.label.text;
        }
        begin = cut->at;
    }
    add_part(s, begin, s->count, part);
    *rest = (struct span){rest->end, rest->end};
    if (more && s->parts.count > 1) {
        rest->begin = s->parts.items[--s->parts.count].span.begin;
    } else if (more) {
        rest->begin = stopped;
    }
    return (struct parts){s->parts.items, s->parts.count};
}
