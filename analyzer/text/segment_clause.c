#include <stdlib.h>

#include "base/utf8.h"
#include "text/phrase.h"
#include "text/repair.h"
#include "text/segment_parts.h"
#include "text/segment_points.h"

/*
 * What kind of clause each one is, told by phrases of the language near its begin or in a heading
 * above it; which units open with a joiner; which articles the customer approves one by one.
 */

enum phrase_mask {
    MASK_JOINER = 1,
    MASK_QUOTATION = 2,
    MASK_APPROVAL = 4,
    MASK_BUSINESS = 8,
    MASK_CONSUMER = 16,
    MASK_ELSEWHERE = 32,
    MASK_DEFINING = 64,
    MASK_REFERENCE = 128,
};

enum {
    HEAD_BYTES = 320, /* of a clause that are searched for phrases */
    HEAD_WORDS = 64,
    LINE_BYTES = 120,  /* of a line that stands above others */
    LIMIT_WORDS = 14,  /* words in which a clause says whom it is for */
    OPENER_WORDS = 4,  /* words before a quotation's opener */
    JOINER_BYTES = 48, /* of a unit, for its joiner */
    JOINER_WORDS = 10,
    TERM_BYTES = 120,          /* of a defined term in its quotation marks */
    DEFINING_WORDS = 3,        /* words between a term and what defines it */
    LEADIN_WORDS = 8,          /* last words of a lead-in that define */
    APPROVAL_BYTES = 64 << 10, /* of a block of approved articles */
    ARTICLE_MOST = 999,        /* larger numbers are articles of a code */
    RANGE_MOST = 200,          /* articles of one range */
};

struct flagging {
    struct segmenter *s;
    struct document *document;
    struct phrases *phrases; /* of clauses */
    struct phrases *joiners;
    struct points points;
    struct fold fold;
    struct str cores[HEAD_WORDS];
    uint32_t count;
};

static struct span
own_piece(const struct document *document, const struct unit *unit)
{
    return document->pieces.items[unit->first_piece + unit->piece_count - 1];
}

/* Shortens a span to at most `bytes`, at a code point. */
static struct span
head_of(struct str text, struct span span, uint32_t bytes)
{
    if (span_len(span) <= bytes)
        return span;
    uint32_t end = span.begin + bytes;
    while (end > span.begin && ((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    return (struct span){span.begin, end};
}

/* Folds the first words of a span, if one of the phrases may be among them. */
static void
read_head(struct flagging *f, const struct phrases *phrases, struct span span, uint32_t bytes,
          uint32_t words)
{
    span = head_of(f->document->text, span, bytes);
    points_fill(&f->points, f->document, span);
    f->count = 0;
    if (!phrases_possible(phrases, f->points.points, f->points.count))
        return;
    f->fold.length = 0;
    f->fold.cut = false;
    fold_span(&f->fold, f->document, span);
    f->count = fold_cores(&f->fold, f->cores, words);
}

/* Bits of the phrases that begin at words [from, to), those behind a "non" left out. */
static uint32_t
find_phrases(const struct flagging *f, uint32_t from, uint32_t to)
{
    uint32_t mask = 0, words;
    for (uint32_t i = from; i < f->count && i < to; i++) {
        uint32_t found = phrases_match(f->phrases, f->cores, f->count, i, &words);
        if (found && (i == 0 || !word_list_has(&f->s->language->negation, f->cores[i - 1])))
            mask |= found;
    }
    return mask;
}

static uint32_t
limits(uint32_t mask)
{
    uint32_t flags = 0;
    if (mask & MASK_BUSINESS)
        flags |= CLAUSE_BUSINESS;
    if (mask & MASK_CONSUMER)
        flags |= CLAUSE_CONSUMER;
    if (mask & MASK_ELSEWHERE)
        flags |= CLAUSE_ELSEWHERE;
    return flags;
}

/* --- definitions -------------------------------------------------------------------------- */

/* Behind a term in quotation marks at most OPENER_WORDS words in; 0 = there is none. */
static uint32_t
quoted_term_end(const struct document *document, struct span span)
{
    struct repaired walk = repaired_begin(document, head_of(document->text, span, 2 * TERM_BYTES));
    uint32_t code_point, offset, blanks = 0, opened = 0;
    while (repaired_next(&walk, &code_point, &offset)) {
        if (code_point == UTF8_BAD)
            continue;
        if (opened == 0) {
            blanks += utf8_is_blank(code_point);
            if (blanks > OPENER_WORDS || offset - span.begin > TERM_BYTES)
                return 0;
            if (is_quotation_mark(code_point))
                opened = offset + 1;
        } else if (is_quotation_mark(code_point)) {
            return walk.at;
        }
    }
    return 0;
}

/* "«X»: ...", "\"X\" means ..." */
static bool
defines_term(struct flagging *f, struct span span)
{
    uint32_t end = quoted_term_end(f->document, span);
    if (end == 0 || end >= span.end)
        return false;
    struct repaired walk = repaired_begin(f->document, (struct span){end, span.end});
    uint32_t code_point, offset;
    while (repaired_next(&walk, &code_point, &offset)) {
        if (code_point == UTF8_BAD || utf8_is_blank(code_point) || code_point == ')')
            continue;
        if (code_point == ':' || code_point == '=')
            return true;
        break;
    }
    read_head(f, f->phrases, (struct span){end, span.end}, TERM_BYTES, HEAD_WORDS);
    return find_phrases(f, 0, DEFINING_WORDS) & MASK_DEFINING;
}

/* "ai fini del contratto si intende per:" */
static bool
leads_definitions(struct flagging *f, struct span leadin)
{
    if (span_len(leadin) > HEAD_BYTES)
        leadin.begin = leadin.end - HEAD_BYTES;
    while (leadin.begin < leadin.end &&
           ((unsigned char)f->document->text.data[leadin.begin] & 0xC0) == 0x80)
        leadin.begin++;
    read_head(f, f->phrases, leadin, HEAD_BYTES, HEAD_WORDS);
    uint32_t from = f->count > LEADIN_WORDS ? f->count - LEADIN_WORDS : 0;
    return find_phrases(f, from, f->count) & MASK_DEFINING;
}

/* Nothing but entries of a list of definitions, their lead-in and heading. */
static bool
is_definition(struct flagging *f, const struct clause *clause)
{
    const struct document *document = f->document;
    bool defines = false;
    for (uint32_t i = 0; i < clause->unit_count; i++) {
        const struct unit *unit = &document->units.items[clause->first_unit + i];
        struct span own = own_piece(document, unit);
        if (unit->kind == UNIT_HEADING)
            continue;
        if (unit->kind == UNIT_ITEM) {
            struct span leadin = document->pieces.items[unit->first_piece];
            if (!defines_term(f, own) && (!defines || !leads_definitions(f, leadin)))
                return false;
            defines = true;
        } else if (unit->leadin) {
            if (!leads_definitions(f, own) && !defines_term(f, own))
                return false;
            defines = true;
        } else {
            if (!defines_term(f, own))
                return false;
            defines = true;
        }
    }
    return defines;
}

/* --- approved articles -------------------------------------------------------------------- */

/* The text of a block of approvals, folded, with brackets and semicolons kept. */
struct approval {
    struct flagging *f;
    char *bytes;
    uint32_t length;
    uint32_t at;
};

static void
approval_read(struct approval *a, struct span span)
{
    struct repaired walk = repaired_begin(a->f->document, span);
    uint32_t code_point, offset;
    while (repaired_next(&walk, &code_point, &offset)) {
        bool accent;
        struct str base = utf8_base(code_point, &accent);
        if (code_point == '(' || code_point == '[')
            base = STR("(");
        else if (base.len == 0 && utf8_is_blank(code_point))
            base = STR(" ");
        for (size_t i = 0; i < base.len && a->length + 2 < APPROVAL_BYTES; i++)
            a->bytes[a->length++] = base.data[i];
    }
    a->bytes[a->length++] = ';'; /* units part runs of numbers */
}

static char
approval_peek(const struct approval *a)
{
    return a->at < a->length ? a->bytes[a->at] : '\0';
}

static void
approval_blanks(struct approval *a)
{
    while (approval_peek(a) == ' ')
        a->at++;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

struct number {
    uint32_t parts[BOUND_NUMBER_DEPTH];
    uint32_t depth;
};

/* "6.1" at the cursor; false leaves the cursor where it was. */
static bool
approval_number(struct approval *a, struct number *number)
{
    uint32_t start = a->at;
    number->depth = 0;
    while (is_digit(approval_peek(a))) {
        uint32_t value = 0;
        for (; is_digit(approval_peek(a)) && value <= ARTICLE_MOST; a->at++)
            value = 10 * value + (uint32_t)(approval_peek(a) - '0');
        if (value > ARTICLE_MOST || number->depth == BOUND_NUMBER_DEPTH)
            break;
        number->parts[number->depth++] = value;
        if (approval_peek(a) != '.' || a->at + 1 >= a->length || !is_digit(a->bytes[a->at + 1]))
            break;
        a->at++;
    }
    bool clean = number->depth > 0 && !is_digit(approval_peek(a)) && !is_letter(approval_peek(a)) &&
                 approval_peek(a) != '/';
    if (!clean)
        a->at = start;
    return clean;
}

static struct str
approval_word(struct approval *a)
{
    uint32_t begin = a->at;
    while (is_letter(approval_peek(a)) || (a->at > begin && is_digit(approval_peek(a))))
        a->at++;
    return (struct str){a->bytes + begin, a->at - begin};
}

static struct str
number_path(struct approval *a, const struct number *number)
{
    struct arena *arena = a->f->document->arena;
    struct str path = arena_format(arena, "%u", (unsigned)number->parts[0]);
    for (uint32_t i = 1; i < number->depth; i++)
        path = arena_format(arena, "%.*s.%u", STR_ARG(path), (unsigned)number->parts[i]);
    return path;
}

static void
approve(struct approval *a, struct str path)
{
    struct document *document = a->f->document;
    for (uint32_t i = 0; i < document->approved.count; i++)
        if (str_equal(document->approved.items[i], path))
            return;
    array_push(document->arena, &document->approved, path);
}

/* "12 lett. b) e c)": one path a letter.  False: no letters behind the number. */
static bool
approve_letters(struct approval *a, struct str path)
{
    bool any = false;
    for (;;) {
        struct approval ahead = *a;
        while (approval_peek(&ahead) == ' ' || approval_peek(&ahead) == ',')
            ahead.at++;
        struct str word = approval_word(&ahead);
        if (any && word_list_has(&a->f->s->language->conjunctions, word)) {
            approval_blanks(&ahead);
            word = approval_word(&ahead);
        }
        bool named = word_list_has(&a->f->s->language->letter_words, word);
        if (named) {
            while (approval_peek(&ahead) == '.' || approval_peek(&ahead) == ' ')
                ahead.at++;
            word = approval_word(&ahead);
        } else if (!any && word.len == 0 && approval_peek(&ahead) == '(') {
            ahead.at++; /* "12(b)" */
            word = approval_word(&ahead);
            named = approval_peek(&ahead) == ')';
        }
        bool letter =
            word.len == 1 && is_letter(word.data[0]) && (named || approval_peek(&ahead) == ')');
        if (!letter)
            return any;
        if (approval_peek(&ahead) == ')')
            ahead.at++;
        *a = ahead;
        approve(a, path_with_letter(a->f->s, path, word));
        any = true;
    }
}

/* "da 3 a 7", "9.2-9.4": the number behind the connector, if it is a range. */
static bool
approve_range(struct approval *a, const struct number *from)
{
    struct approval ahead = *a;
    approval_blanks(&ahead);
    if (approval_peek(&ahead) == '-')
        ahead.at++;
    else if (!word_list_has(&a->f->s->language->range_words, approval_word(&ahead)))
        return false;
    approval_blanks(&ahead);
    struct number to;
    if (!approval_number(&ahead, &to) || to.depth != from->depth)
        return false;
    uint32_t last = from->depth - 1;
    if (memcmp(to.parts, from->parts, last * sizeof *to.parts) != 0 ||
        to.parts[last] <= from->parts[last] || to.parts[last] - from->parts[last] > RANGE_MOST)
        return false;
    struct number number = *from;
    while (number.parts[last]++ < to.parts[last])
        approve(a, number_path(a, &number));
    *a = ahead;
    return true;
}

/* Does what follows let a number be an article?  "30 giorni" is none. */
static bool
number_stands(const struct approval *a)
{
    struct approval ahead = *a;
    approval_blanks(&ahead);
    char next = approval_peek(&ahead);
    if (!is_letter(next))
        return next != '%';
    struct str word = approval_word(&ahead);
    const struct language *language = a->f->s->language;
    return word_list_has(&language->conjunctions, word) ||
           word_list_has(&language->letter_words, word) ||
           word_list_has(&language->range_words, word) ||
           word_list_has(&language->article_words, word);
}

/*
 * Runs of numbers: one begins at an article word, a colon, a bracket, a unit or a separator, and
 * goes on over commas and conjunctions.  A run with a number of a code in it is a reference to law.
 */
static bool
approval_numbers(struct approval *a)
{
    bool may = true, law = false, code = false;
    while (a->at < a->length) {
        char c = approval_peek(a);
        struct number number;
        if (is_digit(c)) {
            if (!approval_number(a, &number)) {
                law = code = true;
                while (is_digit(approval_peek(a)) || is_letter(approval_peek(a)) ||
                       approval_peek(a) == '/' || approval_peek(a) == '.')
                    a->at++;
                continue;
            }
            if (may && !law && number_stands(a)) {
                struct str path = number_path(a, &number);
                if (!approve_letters(a, path))
                    approve(a, path);
                approve_range(a, &number);
            }
            may = false;
        } else if (is_letter(c)) {
            struct str word = approval_word(a);
            const struct language *language = a->f->s->language;
            if (word_list_has(&language->article_words, word)) {
                may = true;
                law = false;
            } else if (word_list_has(&language->conjunctions, word)) {
                may = true;
            } else if (!word_list_has(&language->prepositions, word)) {
                may = false; /* "from 3 to 7" */
            }
        } else {
            if (c == ';' || c == ':' || c == ')') {
                law = false;
                may = may || c != ')';
            } else if (c == ',') {
                may = true;
            } else if (c == '(') {
                may = false;
            }
            a->at++;
        }
    }
    return code;
}

/* The list begins at the first colon, if there is one: articles of law are named before it. */
static uint32_t
approval_begin(const struct approval *a)
{
    const char *colon = memchr(a->bytes, ':', a->length);
    return colon ? (uint32_t)(colon - a->bytes) : 0;
}

/* False when the clause names neither articles nor a code: then it is no such block. */
static bool
read_approvals(struct flagging *f, const struct clause *clause)
{
    struct arena_mark mark = arena_mark(&f->s->scratch);
    struct approval approval = {.f = f, .bytes = arena_new(&f->s->scratch, char, APPROVAL_BYTES)};
    for (uint32_t i = 0; i < clause->unit_count; i++) {
        const struct unit *unit = &f->document->units.items[clause->first_unit + i];
        if (approval.length + 2 >= APPROVAL_BYTES)
            break;
        if (unit->kind != UNIT_HEADING || clause->unit_count == 1)
            approval_read(&approval,
                          unit->kind == UNIT_ITEM ? unit->span : own_piece(f->document, unit));
    }
    uint32_t known = f->document->approved.count;
    approval.at = approval_begin(&approval);
    bool code = approval_numbers(&approval);
    if (f->document->approved.count == known) {
        approval.at = 0;
        code = approval_numbers(&approval);
    }
    arena_reset(&f->s->scratch, mark);
    return code || f->document->approved.count > known;
}

/* --- all clauses -------------------------------------------------------------------------- */

/* Flags that a heading gives to its section. */
static void
flag_section(struct flagging *f, const struct heading *heading)
{
    const struct unit *unit = &f->document->units.items[heading->unit];
    read_head(f, f->phrases, own_piece(f->document, unit), HEAD_BYTES, HEAD_WORDS);
    uint32_t mask = find_phrases(f, 0, HEAD_WORDS);
    uint32_t flags = limits(mask);
    if (mask & MASK_QUOTATION)
        flags |= CLAUSE_QUOTATION;
    if (mask & MASK_APPROVAL)
        flags |= CLAUSE_APPROVAL;
    for (uint32_t i = heading->first_clause; flags && i < heading->end_clause; i++)
        f->document->clauses.items[i].flags |= flags;
}

/* "The library comes under this notice:" and the notice. */
static bool
leads_into_quotation(struct flagging *f, const struct clause *clause, uint32_t unit)
{
    const struct unit *units = &f->document->units.items[clause->first_unit];
    if (!units[unit].leadin || unit + 1 >= clause->unit_count)
        return false;
    read_head(f, f->phrases, own_piece(f->document, &units[unit + 1]), HEAD_BYTES, HEAD_WORDS);
    return find_phrases(f, 0, OPENER_WORDS) & MASK_QUOTATION;
}

static void
flag_clause(struct flagging *f, struct clause *clause)
{
    const struct document *document = f->document;
    uint32_t first = 0;
    while (first < clause->unit_count &&
           document->units.items[clause->first_unit + first].kind == UNIT_HEADING)
        first++;
    if (first == clause->unit_count || (clause->flags & CLAUSE_CONTENTS))
        return;
    const struct unit *unit = &document->units.items[clause->first_unit + first];
    bool quoted = leads_into_quotation(f, clause, first);
    read_head(f, f->phrases, own_piece(document, unit), HEAD_BYTES, HEAD_WORDS);
    uint32_t opening = find_phrases(f, 0, OPENER_WORDS);
    uint32_t early = opening | find_phrases(f, OPENER_WORDS, LIMIT_WORDS);
    clause->flags |= limits(early);
    if (quoted || (opening & MASK_QUOTATION))
        clause->flags |= CLAUSE_QUOTATION;
    if ((early | find_phrases(f, LIMIT_WORDS, HEAD_WORDS)) & MASK_APPROVAL)
        clause->flags |= CLAUSE_APPROVAL;
    if (is_definition(f, clause))
        clause->flags |= CLAUSE_DEFINITION;
}

/* Masks of the joiners and references that a sentence opens with. */
static uint32_t
opening_of(struct flagging *f, struct span sentence)
{
    uint32_t words;
    read_head(f, f->joiners, sentence, JOINER_BYTES, JOINER_WORDS);
    return f->count > 0 ? phrases_match(f->joiners, f->cores, f->count, 0, &words) : 0;
}

/* A line of its own without a number that no punctuation ends: it stands above what follows. */
static bool
is_bare_line(const struct document *document, const struct clause *clause)
{
    const struct unit *unit = &document->units.items[clause->first_unit];
    if (clause->unit_count != 1 || clause->path.len > 0)
        return false;
    if (unit->kind == UNIT_HEADING)
        return true;
    struct span span = own_piece(document, unit);
    while (span.end > span.begin && (unsigned char)document->text.data[span.end - 1] <= ' ')
        span.end--;
    return unit->kind == UNIT_SENTENCE && span.end > span.begin && span_len(span) <= LINE_BYTES &&
           !strchr(".;:,!?)", document->text.data[span.end - 1]);
}

/* "12" of "12.1" and of "12 lett. b". */
static struct str
top_number(struct str path)
{
    size_t end = 0;
    while (end < path.len && path.data[end] >= '0' && path.data[end] <= '9')
        end++;
    return str_slice(path, 0, end);
}

/*
 * "If you live in the United States", too much of a sentence to be a heading, or a heading that
 * numbered paragraphs do not stand under: what it says of its readers holds for the paragraphs of
 * one article, up to the next line of its kind.
 */
static void
flag_below_lines(struct flagging *f)
{
    uint32_t flags = 0;
    struct str article = STR("");
    for (uint32_t i = 0; i < f->document->clauses.count; i++) {
        struct clause *clause = &f->document->clauses.items[i];
        struct str number = top_number(clause->path);
        if (is_bare_line(f->document, clause)) {
            flags = clause->flags & (CLAUSE_BUSINESS | CLAUSE_CONSUMER | CLAUSE_ELSEWHERE);
            article = STR("");
            continue;
        }
        if (article.len > 0 && number.len > 0 && !str_equal(article, number))
            flags = 0;
        article = number.len > 0 ? number : article;
        clause->flags |= flags;
    }
}

bool
clause_joins(struct flagging *f, struct span sentence)
{
    return opening_of(f, sentence) != 0;
}

struct flagging *
flagging_new(struct segmenter *s)
{
    const struct language *language = s->language;
    struct flagging *f = arena_new(&s->scratch, struct flagging, 1);
    f->s = s;
    f->document = s->document;
    f->phrases = phrases_new(&s->scratch);
    f->fold = fold_new(&s->scratch, HEAD_BYTES);
    f->joiners = phrases_new(&s->scratch);
    f->points = points_new(&s->scratch, HEAD_BYTES);
    phrases_add(f->joiners, &language->joiners, MASK_JOINER);
    phrases_add(f->joiners, &language->references, MASK_REFERENCE);
    phrases_add(f->phrases, &language->quotations, MASK_QUOTATION);
    phrases_add(f->phrases, &language->approvals, MASK_APPROVAL);
    phrases_add(f->phrases, &language->business_only, MASK_BUSINESS);
    phrases_add(f->phrases, &language->consumer_only, MASK_CONSUMER);
    phrases_add(f->phrases, &language->elsewhere, MASK_ELSEWHERE);
    phrases_add(f->phrases, &language->defining, MASK_DEFINING);
    return f;
}

void
clauses_flag(struct flagging *f)
{
    struct document *document = f->document;
    for (uint32_t i = 0; i < document->units.count; i++) {
        struct unit *unit = &document->units.items[i];
        if (unit->kind == UNIT_HEADING)
            continue;
        uint32_t opening = opening_of(f, own_piece(document, unit));
        unit->joined = opening != 0;
        unit->refers = (opening & MASK_REFERENCE) != 0;
    }
    for (uint32_t i = 0; i < document->headings.count; i++)
        flag_section(f, &document->headings.items[i]);
    for (uint32_t i = 0; i < document->clauses.count; i++)
        flag_clause(f, &document->clauses.items[i]);
    flag_below_lines(f);
    for (uint32_t i = 0; i < document->clauses.count; i++) {
        struct clause *clause = &document->clauses.items[i];
        if ((clause->flags & CLAUSE_APPROVAL) && !read_approvals(f, clause))
            clause->flags &= ~(uint32_t)CLAUSE_APPROVAL;
    }
    document->has_approval = document->approved.count > 0;
}
