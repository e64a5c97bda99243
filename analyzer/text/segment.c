#include "text/segment.h"

#include "text/segment_parts.h"

/*
 * The driver: takes the blocks one by one, decides what each is, and writes headings, clauses,
 * units and pieces.  One pass; a list or a heading looks a few blocks ahead at most.
 */

/* What the units of one block have in common. */
struct writing {
    struct segmenter *s;
    const struct block *block;
    bool item;          /* the block is an item */
    bool heading;       /* the whole block is a heading */
    struct str path;    /* of the item */
    struct span before; /* text of the last unit, the lead-in of a list inside the block */
    uint32_t count;     /* units of the block so far */
};

static void
open_clause(struct segmenter *s, uint32_t begin, bool numbered, bool heading)
{
    struct document *document = s->document;
    struct clause clause = {
        .span = {begin, begin},
        .path = s->path,
        .heading = s->heading_count > 0 ? (int32_t)s->headings[s->heading_count - 1].heading : -1,
        .first_unit = document->units.count,
    };
    array_push(document->arena, &document->clauses, clause);
    if (s->heading_count > 0 && !heading)
        s->headings[s->heading_count - 1].leaf = true;
    s->clause_open = true;
    s->clause_numbered = numbered;
}

/* --- units -------------------------------------------------------------------------------- */

static void
write_unit(struct segmenter *s, enum unit_kind kind, struct span span, uint32_t text,
           const struct span *leadins, uint32_t leadin_count, struct str path)
{
    struct document *document = s->document;
    struct clause *clause = &document->clauses.items[document->clauses.count - 1];
    struct unit unit = {
        .span = span,
        .path = path,
        .first_piece = document->pieces.count,
        .piece_count = leadin_count + 1,
        .clause = document->clauses.count - 1,
        .kind = kind,
    };
    for (uint32_t i = 0; i < leadin_count; i++)
        array_push(document->arena, &document->pieces, leadins[i]);
    struct span own = {text < span.end ? text : span.begin, span.end};
    array_push(document->arena, &document->pieces, own);
    array_push(document->arena, &document->units, unit);
    clause->unit_count++;
    clause->span.end = span.end;
}

/* An item with its lead-ins, unless the document has had its share of composed text. */
static void
write_item(struct segmenter *s, struct span span, uint32_t text, uint32_t depth, struct str path)
{
    struct span leadins[BOUND_LEADIN_LEVELS];
    uint32_t count = list_leadins(s, depth, leadins);
    uint64_t bytes = span_len(span);
    for (uint32_t i = 0; i < count; i++)
        bytes += span_len(leadins[i]);
    s->composed += bytes;
    if (s->composed > (uint64_t)BOUND_COMPOSED_FACTOR * s->document->text.len) {
        if (!s->composed_full)
            document_note(s->document, "note.composed-limit", BOUND_COMPOSED_FACTOR);
        s->composed_full = true;
        count = 0;
    }
    write_unit(s, UNIT_ITEM, span, text, leadins, count, path);
}

/* "12 lett. b", "12.3", "7.1.1": where an item stands, if it has a label and the clause a path. */
static struct str
item_path(struct segmenter *s, const struct label *label, uint32_t depth)
{
    struct document *document = s->document;
    struct str parent = document->clauses.items[document->clauses.count - 1].path;
    if (depth > 1 && s->levels[depth - 2].path.len > 0)
        parent = s->levels[depth - 2].path;
    if (label->kind == LABEL_NONE || label->kind == LABEL_BULLET || parent.len == 0)
        return STR("");
    struct str path = label_path(document->arena, document->text, label);
    if (label->kind == LABEL_LETTER)
        return path_with_letter(s, parent, path);
    if (label->depth > 1)
        return path;
    return arena_format(document->arena, "%.*s.%.*s", STR_ARG(parent), STR_ARG(path));
}

static void
write_part(struct writing *w, const struct part *part)
{
    struct segmenter *s = w->s;
    struct document *document = s->document;
    if (part->goes_on)
        s->cut_units++;
    if (part->item) {
        bool opens =
            !(part->label.kind == LABEL_NONE && s->depth > 0 && s->levels[s->depth - 1].semicolons);
        uint32_t depth = s->depth;
        list_place_part(s, part, w->before);
        if (opens && s->depth > depth && w->count > 0)
            document->units.items[document->units.count - 1].leadin = 1;
        struct str path = item_path(s, &part->label, s->depth);
        s->levels[s->depth - 1].path = path;
        write_item(s, part->span, part->text, s->depth, path);
    } else if (w->heading || part->title) {
        write_unit(s, UNIT_HEADING, part->span, part->text, NULL, 0, STR(""));
    } else if (w->item && w->count == 0) {
        write_item(s, part->span, part->text, s->item_depth, w->path);
    } else {
        write_unit(s, UNIT_SENTENCE, part->span, part->text, NULL, 0, STR(""));
    }
    w->before =
        (struct span){part->text < part->span.end ? part->text : part->span.begin, part->span.end};
    w->count++;
}

/* The last bytes of a lead-in, from the begin of a word. */
static struct span
bounded_leadin(struct str text, struct span leadin)
{
    if (span_len(leadin) <= BOUND_LEADIN_BYTES)
        return leadin;
    uint32_t begin = leadin.end - BOUND_LEADIN_BYTES;
    while (begin < leadin.end && text.data[begin] != ' ' && text.data[begin] != '\n')
        begin++;
    while (begin < leadin.end && (unsigned char)text.data[begin] <= ' ')
        begin++;
    if (begin == leadin.end) { /* one word of 600 bytes */
        begin = leadin.end - BOUND_LEADIN_BYTES;
        while (((unsigned char)text.data[begin] & 0xC0) == 0x80)
            begin++;
    }
    return (struct span){begin, leadin.end};
}

static bool
has_item_label(const struct block *block)
{
    return block->label.kind == LABEL_BULLET ||
           (block->label.kind == LABEL_LETTER && label_is_first(&block->label)) ||
           (block->label.kind == LABEL_NUMBER && block->label.depth == 1 &&
            (block->label.style == ')' || block->label.style == '(') &&
            label_is_first(&block->label));
}

/* Does a block end as if a list came now? */
static bool
leads_in(const struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    const struct block *next = i + 1 < s->blocks.count ? &s->blocks.items[i + 1] : NULL;
    if (!next || next->contents)
        return false;
    switch (block->shape.end) {
    case END_COLON:
        return true;
    case END_DASH:
        return block->shape.words > 2;
    case END_NONE:
        if ((block->shape.flags & SHAPE_CONJUNCTION) && s->item_depth > 0)
            return false; /* "... ; oppure": the next item comes */
        return (block->shape.flags & SHAPE_OPEN_WORD) || has_item_label(next);
    case END_COMMA:
        return has_item_label(next);
    default:
        return false;
    }
}

/*
 * Cuts a block into units.  A heading is one unit; of an item only the first sentence is an item,
 * but lists inside it nest below it.
 */
static void
write_block(struct writing *w, uint32_t i, bool titled)
{
    struct segmenter *s = w->s;
    const struct block *block = w->block;
    struct split_input input = {.span = block->span, .label = block->label, .titled = titled};
    if (i + 1 < s->blocks.count)
        input.next = s->blocks.items[i + 1].label;
    struct span rest = block->span;
    while (span_len(rest) > 0) {
        struct parts parts = splitter_cut(s->splitter, &input, &rest);
        for (uint32_t k = 0; k < parts.count; k++)
            write_part(w, &parts.items[k]);
    }
    if (w->heading || !leads_in(s, i))
        return;
    s->pending = (struct pending){
        .open = true,
        .capitals = block->shape.flags & SHAPE_CAPITALS,
        .leadin = bounded_leadin(s->document->text, w->before),
        .unit = s->document->units.count - 1,
        .indent = block->indent,
        .depth = s->item_depth,
    };
}

/* --- blocks ------------------------------------------------------------------------------- */

static void
take_contents(struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    struct document *document = s->document;
    bool goes_on = i > 0 && s->blocks.items[i - 1].contents && document->clauses.count > 0;
    list_close(s);
    if (!goes_on) {
        struct str path = s->path;
        s->path = STR("");
        open_clause(s, block->span.begin, false, false);
        s->path = path;
        document->clauses.items[document->clauses.count - 1].flags = CLAUSE_CONTENTS;
    }
    struct writing w = {.s = s, .block = block};
    write_block(&w, i, false);
    s->pending.open = false;
    s->clause_open = false;
}

static void
take_heading(struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    list_close(s);
    heading_open(s, block, false);
    if (label_is_main(s, block))
        number_advance(s, &block->label);
    open_clause(s, block->span.begin, false, true);
    struct str none = STR("");
    write_unit(s, UNIT_HEADING, block->span, block->label.text, NULL, 0, none);
    s->clause_open = false;
    if (block->shape.end == END_COLON && leads_in(s, i))
        s->pending.open = false;
}

static void
take_item(struct segmenter *s, uint32_t i, enum list_place place)
{
    const struct block *block = &s->blocks.items[i];
    if (!s->clause_open)
        open_clause(s, block->span.begin, false, false);
    struct writing w = {.s = s, .block = block, .item = true, .path = STR("")};
    if (place == PLACE_ITEM) {
        w.path = item_path(s, &block->label, s->depth);
        s->levels[s->depth - 1].path = w.path;
    }
    write_block(&w, i, false);
    if (place == PLACE_ITEM)
        list_item_ends(s, block);
    s->item_depth = 0;
}

/* First sentence "Sospensione." in front of its text: a heading of this clause. */
static bool
runs_in(struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    if (!heading_may_run_in(s, block))
        return false;
    struct split_input input = {.span = block->span, .label = block->label, .titled = true};
    struct span rest = block->span;
    struct parts parts = splitter_cut(s->splitter, &input, &rest);
    if (parts.count < 2 || parts.items[1].item)
        return false;
    struct span first = {parts.items[0].text, parts.items[0].span.end};
    if (parts.items[0].title)
        return block->label.kind != LABEL_NONE;
    return span_len(first) < span_len(parts.items[1].span) && heading_runs_in(s, block, first);
}

/* In lines that are sentences: does block i go on with the paragraph before it? */
static bool
goes_on(const struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    if (!s->clause_open || block->label.kind != LABEL_NONE)
        return false;
    if (s->depth > 0 || (block->shape.flags & SHAPE_LOWER))
        return true;
    if (!s->lines)
        return false;
    return s->clause_numbered || (s->clause_indented && block->indent == 0) ||
           clause_joins(s->flagging, block->span);
}

static void
take_text(struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    bool main_label = label_is_main(s, block);
    bool joins = !main_label && goes_on(s, i);
    struct writing w = {.s = s, .block = block};
    if (main_label)
        list_close(s);
    bool heading = !joins && runs_in(s, i);
    if (heading)
        heading_open(s, block, true);
    else if (main_label)
        headings_pass(s, block);
    if (main_label)
        number_advance(s, &block->label);
    if (!joins) {
        struct str path = s->path;
        if (block->label.kind == LABEL_LETTER && !main_label) { /* "a)" without a lead-in */
            struct str letter = label_path(s->document->arena, s->document->text, &block->label);
            s->path = path.len > 0 ? path_with_letter(s, path, letter) : path;
        }
        open_clause(s, block->span.begin, main_label, false);
        s->path = path;
        s->clause_indented = s->lines && block->indent > 0;
    }
    uint32_t unit = s->document->units.count;
    write_block(&w, i, heading);
    if (heading)
        s->document->units.items[unit].kind = UNIT_HEADING;
}

static void
take_block(struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    if (block->contents) {
        take_contents(s, i);
        return;
    }
    enum list_place place = list_place_block(s, i);
    if (place != PLACE_NONE)
        take_item(s, i, place);
    else if (heading_like(s, i))
        take_heading(s, i);
    else
        take_text(s, i);
}

void
segment_document(struct document *document, const struct language *language)
{
    struct segmenter s = {.document = document, .language = language};
    s.path = s.article = STR("");
    s.splitter = splitter_new(&s.scratch, document, language);
    s.flagging = flagging_new(&s);
    blocks_find(&s);
    headings_learn(&s);
    for (uint32_t i = 0; i < s.blocks.count; i++)
        take_block(&s, i);
    headings_close(&s);
    clauses_flag(s.flagging);
    if (s.cut_units > 0)
        document_note(document, "note.long-sentences", s.cut_units);
    arena_free(&s.scratch);
}
