#include "text/segment_parts.h"

/*
 * Headings, told by their looks and by what stands around them, and their levels.  A rank says
 * how far out a heading stands; a heading closes all that are open at its rank or further in.
 */

enum heading_rank {
    RANK_PART = 0, /* "Parte II", "Allegato A" */
    RANK_CAPITALS = 2,
    RANK_LETTER = 3,     /* "A.", "IV." where nothing is numbered yet */
    RANK_NUMBER = 4,     /* and one more for each further component */
    RANK_SUBLETTER = 13, /* "A." below a number */
    RANK_PLAIN = 14,     /* and one more for each step of indentation */
    RANK_RUN_IN = 20,
};

enum {
    WORDS_MOST = 12,      /* of a heading */
    CAPITALS_MOST = 16,   /* ... in capitals, or numbered */
    STOPPED_MOST = 8,     /* ... that ends with a full stop */
    STOPPED_PLAIN = 4,    /* ... without number or capitals */
    STOPPED_INDENTED = 6, /* ... but indented */
    TITLE_MOST = 6,       /* ... before a colon */
    RUN_IN_MOST = 7,      /* ... in front of its text, numbered */
    RUN_IN_PLAIN = 5,     /* ... not numbered */
    RUN_IN_BYTES = 120,   /* ... and ends within these */
    STYLE_NUMBERED = 40,  /* percent of the numbered blocks that begin with one, if any does */
    STYLE_PLAIN = 25,     /* ... of the others */
    VERB_WORDS = 5,       /* a numbered line of so many words with a verb may be a sentence */
    LOOK_AHEAD = 3,       /* blocks in which the text of a heading must begin */
    RUN_MOST = 3,         /* short lines in a row; more are an address or a table */
    TEXT_WORDS = 12,      /* more words are text */
    INDENT_STEP = 4,
    INDENT_STEPS = 4,
};

static const struct block *
block_at(const struct segmenter *s, uint32_t i)
{
    return i < s->blocks.count ? &s->blocks.items[i] : NULL;
}

static bool
is_numbered(const struct label *label)
{
    return label->kind == LABEL_ARTICLE || label->kind == LABEL_PART ||
           (label->kind == LABEL_NUMBER && label->style != ')' && label->style != '(') ||
           (label->kind == LABEL_LETTER && label->upper && label->style == '.');
}

/* Reads as text, not as a title. */
static bool
is_text(const struct block *block)
{
    if (block->shape.words > TEXT_WORDS)
        return true;
    return block->shape.end != END_NONE && block->shape.end != END_QUESTION &&
           block->shape.words > 1 && !(block->shape.flags & SHAPE_CAPITALS);
}

/* Is there text below block i, behind at most two more short lines? */
static bool
has_text_below(const struct segmenter *s, uint32_t i)
{
    for (uint32_t k = 1; k <= LOOK_AHEAD; k++) {
        const struct block *block = block_at(s, i + k);
        if (!block || block->contents)
            return false;
        if (is_text(block)) /* a sentence that goes on is no text of its own */
            return block->label.kind != LABEL_NONE || !(block->shape.flags & SHAPE_LOWER);
    }
    return false;
}

/* The next label numbers a sibling: "9.2" behind "9.1". */
static bool
has_sibling_below(const struct segmenter *s, uint32_t i)
{
    const struct block *next = block_at(s, i + 1);
    if (!next)
        return true;
    struct label label = next->label;
    return label_follows(&s->blocks.items[i].label, &label);
}

/* A short line without final punctuation, not numbered, not in capitals. */
static bool
is_plain_short(const struct segmenter *s, uint32_t i)
{
    const struct block *block = block_at(s, i);
    return block && block->label.kind == LABEL_NONE && block->shape.words <= WORDS_MOST &&
           (block->shape.end == END_NONE || (block->shape.flags & SHAPE_ADDRESS)) &&
           !(block->shape.flags & SHAPE_CAPITALS);
}

/* Short lines around block i, itself included. */
static uint32_t
run_of_short(const struct segmenter *s, uint32_t i)
{
    uint32_t count = 1;
    for (uint32_t k = 1; k <= RUN_MOST && k <= i && is_plain_short(s, i - k); k++)
        count++;
    for (uint32_t k = 1; k <= RUN_MOST && is_plain_short(s, i + k); k++)
        count++;
    return count;
}

static bool
ended_before(const struct segmenter *s, uint32_t i)
{
    if (i == 0)
        return true;
    const struct shape *last = &s->blocks.items[i - 1].shape;
    return last->end != END_COMMA && last->end != END_SEMICOLON &&
           !(last->end == END_NONE && (last->flags & SHAPE_OPEN_WORD) &&
             !(last->flags & SHAPE_CAPITALS));
}

/* Ends with a full stop, as some headings do. */
static bool
is_stopped_heading(const struct segmenter *s, uint32_t i, bool numbered)
{
    const struct block *block = &s->blocks.items[i], *next = block_at(s, i + 1);
    const struct shape *shape = &block->shape;
    if (shape->words > STOPPED_MOST || (shape->flags & (SHAPE_VERB | SHAPE_ADDRESS)) || !next)
        return false;
    if (block->label.kind == LABEL_ARTICLE || block->label.kind == LABEL_PART)
        return true;
    if (numbered) {
        bool deeper = next->label.kind == LABEL_NUMBER && next->label.depth > block->label.depth;
        bool outer = next->label.kind == LABEL_NUMBER || next->label.kind == LABEL_ARTICLE ||
                     next->label.kind == LABEL_PART;
        return (deeper || !outer) && has_text_below(s, i);
    }
    if (shape->flags & SHAPE_CAPITALS)
        return has_text_below(s, i) && !(next->shape.flags & SHAPE_CAPITALS);
    uint32_t most = block->indent > 0 ? STOPPED_INDENTED : STOPPED_PLAIN;
    return s->lines && shape->words <= most && is_text(next) && ended_before(s, i) &&
           next->shape.words > 2 * shape->words && next->label.kind == LABEL_NONE &&
           next->indent <= block->indent;
}

/* "OBBLIGHI DEL CLIENTE:" before text that is no list. */
static bool
is_colon_heading(const struct segmenter *s, uint32_t i, bool numbered)
{
    const struct block *block = &s->blocks.items[i], *next = block_at(s, i + 1);
    bool titled = numbered || (block->shape.flags & SHAPE_CAPITALS) ||
                  (block->shape.words <= TITLE_MOST / 2 && !(block->shape.flags & SHAPE_STOPWORD));
    if (!next || !titled || block->shape.words > TITLE_MOST || (block->shape.flags & SHAPE_VERB) ||
        (next->shape.flags & SHAPE_LOWER) || next->shape.end == END_SEMICOLON ||
        next->shape.end == END_COMMA)
        return false;
    bool article = block->label.kind == LABEL_ARTICLE && next->label.kind == LABEL_NUMBER;
    return article || (next->label.kind == LABEL_NONE && is_text(next) &&
                       next->indent <= block->indent && next->shape.words > TEXT_WORDS);
}

/* "4. We are not liable for" and "(a) lost profits" below it. */
static bool
leads_items(const struct segmenter *s, uint32_t i)
{
    const struct block *next = block_at(s, i + 1);
    uint16_t flags = s->blocks.items[i].shape.flags;
    if (!next || (flags & SHAPE_CAPITALS))
        return false;
    bool item = next->label.kind == LABEL_BULLET ||
                (next->label.kind == LABEL_LETTER && !next->label.upper) ||
                (next->label.kind == LABEL_NONE && (next->shape.flags & SHAPE_LOWER));
    return item && (flags & (SHAPE_VERB | SHAPE_OPEN_WORD));
}

static bool
is_open_heading(const struct segmenter *s, uint32_t i, bool numbered)
{
    const struct shape *shape = &s->blocks.items[i].shape;
    bool verb = shape->flags & SHAPE_VERB;
    if (leads_items(s, i))
        return false;
    if (numbered)
        return !verb || shape->words < VERB_WORDS || (shape->flags & SHAPE_CAPITALS) ||
               (!has_sibling_below(s, i) && has_text_below(s, i));
    if (shape->flags & SHAPE_CAPITALS) {
        const struct block *next = block_at(s, i + 1);
        return !verb || shape->words < VERB_WORDS ||
               (next && has_text_below(s, i) && !(next->shape.flags & SHAPE_CAPITALS));
    }
    if (verb || !ended_before(s, i) || !has_text_below(s, i))
        return false;
    const struct block *next = block_at(s, i + 1);
    return run_of_short(s, i) <= RUN_MOST || (next && is_text(next));
}

bool
heading_like(const struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    const struct shape *shape = &block->shape;
    const struct label *label = &block->label;
    bool numbered = is_numbered(label);
    bool capitals = shape->flags & SHAPE_CAPITALS;
    if (block->alone)
        return numbered && label->kind != LABEL_LETTER;
    if (label->kind != LABEL_NONE && !numbered)
        return false;
    if (shape->words == 0 || shape->words > (capitals || numbered ? CAPITALS_MOST : WORDS_MOST) ||
        (shape->flags & (SHAPE_LOWER | SHAPE_FORM)))
        return false;
    if ((shape->flags & SHAPE_ADDRESS) && !numbered)
        return false;
    switch (shape->end) {
    case END_NONE:
        return is_open_heading(s, i, numbered);
    case END_STOP:
        return is_stopped_heading(s, i, numbered);
    case END_QUESTION:
        return has_text_below(s, i);
    case END_COLON:
        return is_colon_heading(s, i, numbered);
    default:
        return false;
    }
}

/*
 * The first sentence of a block, if it could be a heading in front of its text; found without
 * cutting the block.
 */
static bool
runs_in_candidate(const struct segmenter *s, const struct block *block)
{
    struct str text = s->document->text;
    uint32_t begin = block->label.text, end = block->span.end;
    if (end - begin > RUN_IN_BYTES)
        end = begin + RUN_IN_BYTES;
    for (uint32_t i = begin; i + 1 < end; i++) {
        bool stop = text.data[i] == '.' || text.data[i] == '?' || text.data[i] == ':';
        if (!stop || (unsigned char)text.data[i + 1] > ' ')
            continue;
        return text.data[i] == ':' || heading_runs_in(s, block, (struct span){begin, i + 1});
    }
    return false;
}

static bool
in_style(uint32_t candidates, uint32_t blocks, uint32_t percent)
{
    return candidates > 1 && candidates * (uint64_t)100 >= blocks * (uint64_t)percent;
}

/* Headings in front of their text are a habit: one short sentence in a document is none. */
void
headings_learn(struct segmenter *s)
{
    uint32_t numbered = 0, plain = 0, numbered_titles = 0, plain_titles = 0;
    for (uint32_t i = 0; i < s->blocks.count; i++) {
        const struct block *block = &s->blocks.items[i];
        bool label = is_numbered(&block->label);
        if (block->contents || block->shape.words <= TEXT_WORDS ||
            (!label && block->label.kind != LABEL_NONE))
            continue;
        bool title = runs_in_candidate(s, block);
        numbered += label;
        plain += !label;
        numbered_titles += label && title;
        plain_titles += !label && title;
    }
    s->titles_numbered = in_style(numbered_titles, numbered, STYLE_NUMBERED);
    s->titles_plain = in_style(plain_titles, plain, STYLE_PLAIN);
}

bool
heading_runs_in(const struct segmenter *s, const struct block *block, struct span sentence)
{
    struct shape shape;
    shape_measure(s->document, s->language, sentence, &shape);
    uint32_t most = is_numbered(&block->label) ? RUN_IN_MOST : RUN_IN_PLAIN;
    bool label = block->label.kind == LABEL_NONE || is_numbered(&block->label);
    return label && shape.words > 0 && shape.words <= most &&
           (shape.end == END_STOP || shape.end == END_QUESTION) && (shape.flags & SHAPE_UPPER) &&
           !(shape.flags & (SHAPE_VERB | SHAPE_ADDRESS));
}

bool
heading_may_run_in(const struct segmenter *s, const struct block *block)
{
    bool habit = is_numbered(&block->label) ? s->titles_numbered : s->titles_plain;
    return habit && runs_in_candidate(s, block);
}

/* --- numbering ---------------------------------------------------------------------------- */

bool
label_is_main(const struct segmenter *s, const struct block *block)
{
    const struct label *label = &block->label;
    switch (label->kind) {
    case LABEL_ARTICLE:
    case LABEL_PART:
        return true;
    case LABEL_NUMBER:
        /* "1. giugno" begins no article, unless articles begin so here. */
        return label->depth > 1 || !(block->shape.flags & SHAPE_LOWER) ||
               (s->number_depth > 0 && label->numbers[0] == s->numbers[0] + 1);
    case LABEL_LETTER:
        return label->upper && label->style == '.';
    default:
        return false;
    }
}

struct str
path_with_letter(struct segmenter *s, struct str path, struct str letter)
{
    struct str format = s->language->letter_label;
    size_t hole = str_find(format, STR("%s"));
    bool word = format.data[0] >= 'a' && format.data[0] <= 'z';
    struct str head = str_slice(format, 0, hole), tail = str_slice(format, hole + 2, format.len);
    return arena_format(s->document->arena, "%.*s%s%.*s%.*s%.*s", STR_ARG(path),
                        word && path.len > 0 ? " " : "", STR_ARG(head), STR_ARG(letter),
                        STR_ARG(tail));
}

void
number_advance(struct segmenter *s, const struct label *label)
{
    struct arena *arena = s->document->arena;
    struct str path = label_path(arena, s->document->text, label);
    if (label->kind == LABEL_PART) {
        s->path = s->article = STR("");
        s->number_depth = 0;
        s->number_deep = false;
        return;
    }
    if (label->kind == LABEL_LETTER) {
        s->path = s->article.len > 0 ? path_with_letter(s, s->article, path) : path;
        return;
    }
    if (label->prefix) { /* "A.1" numbers an annex beside the articles */
        s->path = path;
        s->number_deep = true;
        return;
    }
    bool below =
        label->kind == LABEL_NUMBER && label->depth == 1 && s->number_article && s->article.len > 0;
    if (below) { /* "1." below "Articolo 12" */
        s->path = arena_format(arena, "%.*s.%.*s", STR_ARG(s->article), STR_ARG(path));
        s->number_deep = true;
        return;
    }
    memcpy(s->numbers, label->numbers, sizeof s->numbers);
    s->number_depth = label->depth;
    s->number_style = label->style;
    s->number_deep = label->depth > 1;
    if (label->kind == LABEL_ARTICLE || label->depth == 1) {
        s->article = path;
        s->number_article = label->kind == LABEL_ARTICLE;
    }
    s->path = path;
}

/* --- levels ------------------------------------------------------------------------------- */

static uint32_t
rank_of(const struct segmenter *s, const struct block *block, bool runs_in)
{
    const struct label *label = &block->label;
    switch (label->kind) {
    case LABEL_PART:
        return RANK_PART;
    case LABEL_ARTICLE:
        return RANK_NUMBER + (label->depth > 1 ? label->depth - 1u : 0);
    case LABEL_NUMBER:
        if (label->prefix || (label->depth == 1 && s->number_article))
            return RANK_NUMBER + label->depth;
        return RANK_NUMBER + label->depth - 1u;
    case LABEL_LETTER:
        return s->number_depth == 0 ? RANK_LETTER : RANK_SUBLETTER;
    default:
        break;
    }
    if (runs_in)
        return RANK_RUN_IN;
    bool capitals = block->shape.flags & SHAPE_CAPITALS;
    if (capitals && (s->number_depth == 0 || s->number_deep || s->number_article))
        return RANK_CAPITALS;
    if (s->number_deep && !s->lines)
        return RANK_NUMBER; /* where paragraphs are numbered, a heading that is not stands apart */
    uint32_t steps = s->lines ? block->indent / INDENT_STEP : 0;
    return RANK_PLAIN + (steps < INDENT_STEPS ? steps : INDENT_STEPS);
}

static void
close_from(struct segmenter *s, uint32_t rank)
{
    while (s->heading_count > 0 && s->headings[s->heading_count - 1].rank >= rank) {
        uint32_t heading = s->headings[--s->heading_count].heading;
        s->document->headings.items[heading].end_clause = s->document->clauses.count;
    }
}

void
headings_close(struct segmenter *s)
{
    close_from(s, 0);
}

void
headings_pass(struct segmenter *s, const struct block *block)
{
    if (is_numbered(&block->label))
        close_from(s, rank_of(s, block, false));
}

void
heading_open(struct segmenter *s, const struct block *block, bool runs_in)
{
    struct document *document = s->document;
    uint32_t rank = rank_of(s, block, runs_in);
    close_from(s, rank);
    if (rank == RANK_NUMBER) /* "PREMESSE" does not hold the articles behind it */
        while (s->heading_count > 0 && s->headings[s->heading_count - 1].leaf &&
               s->headings[s->heading_count - 1].rank >= RANK_CAPITALS)
            close_from(s, s->headings[s->heading_count - 1].rank);
    if (block->label.kind == LABEL_NONE && rank <= RANK_NUMBER) {
        s->path = s->article = STR("");
        s->number_depth = 0;
        s->number_deep = s->number_article = false;
    }
    struct heading heading = {
        .unit = document->units.count,
        .parent = s->heading_count > 0 ? (int32_t)s->headings[s->heading_count - 1].heading : -1,
        .first_clause = document->clauses.count,
        .end_clause = document->clauses.count,
        .level = (uint16_t)(s->heading_count + 1),
    };
    s->headings[s->heading_count++] = (struct open_heading){document->headings.count, rank, false};
    array_push(document->arena, &document->headings, heading);
}
