#include "text/segment_parts.h"

/*
 * Lists: which blocks hang from which lead-in.  A level opens at an item behind a block that reads
 * as if a list came now (s->pending), and lasts while items follow.
 */

enum {
    IDLE_LABELLED = 12, /* blocks without label between "(b)" and "(c)" of one list */
    IDLE_BULLET = 2,    /* ... between two bullets */
    IDLE_INDENTED = 6,  /* ... between two items told by their indentation alone */
    RESUME_REACH = 6,   /* blocks in which an interrupted list goes on */
    BARE_WORDS = 25,    /* of an item without final punctuation */
};

static struct list_level *
top(struct segmenter *s)
{
    return &s->levels[s->depth - 1];
}

void
list_close(struct segmenter *s)
{
    s->depth = 0;
    s->item_depth = 0;
    s->pending.open = false;
}

/* A new level below the first `depth` ones. */
static struct list_level *
push(struct segmenter *s, uint32_t depth, struct span leadin, uint16_t leadin_indent)
{
    if (depth >= LIST_LEVELS)
        depth = LIST_LEVELS - 1;
    s->depth = depth + 1;
    *top(s) = (struct list_level){.leadin = leadin, .leadin_indent = leadin_indent};
    return top(s);
}

static void
take_label(struct list_level *level, const struct label *label)
{
    level->last = *label;
    level->idle = 0;
}

/* A phrase without a verb, as far as the lists of the language tell. */
static bool
is_fragment(const struct segmenter *s, const struct block *block)
{
    struct span span = {block->label.text, block->span.end};
    return span.begin < span.end && !shape_has_verb(s->document, s->language, span);
}

static void
describe(const struct segmenter *s, struct list_level *level, const struct block *block)
{
    level->indent = block->indent;
    level->bare = block->shape.end == END_NONE;
    level->first = block->shape.first;
    level->ending = block->shape.ending;
    level->capitals = block->shape.flags & SHAPE_CAPITALS;
    level->fragment = block->label.kind == LABEL_NONE && is_fragment(s, block);
    take_label(level, &block->label);
}

static bool
is_lower(const struct block *block)
{
    return block->shape.flags & SHAPE_LOWER;
}

/* Ends as an item does that has another behind it. */
static bool
ends_as_item(const struct block *block)
{
    return block->shape.end == END_SEMICOLON || block->shape.end == END_COMMA ||
           (block->shape.flags & SHAPE_CONJUNCTION);
}

/* Levels of which the block's label is the next one; the innermost, counted from 1. */
static uint32_t
find_sibling(struct segmenter *s, struct label *label, uint16_t indent)
{
    uint32_t depth = s->depth;
    while (depth > 0) {
        const struct list_level *level = &s->levels[depth - 1];
        bool bullet = label->kind == LABEL_BULLET;
        bool placed = !bullet || level->last.kind != LABEL_BULLET || level->indent == indent ||
                      depth == 1 || level->indent < indent;
        if (placed && label_follows(&level->last, label))
            break;
        depth--;
    }
    return depth;
}

static bool
extends_number(const struct segmenter *s, const struct label *label)
{
    if (label->depth < 2 || label->depth != s->number_depth + 1)
        return false;
    return memcmp(label->numbers, s->numbers, s->number_depth * sizeof *s->numbers) == 0;
}

/* A number behind a lead-in: an item, or the next article? */
static bool
number_hangs(const struct segmenter *s, const struct block *block)
{
    const struct label *label = &block->label;
    bool item = is_lower(block) || ends_as_item(block);
    if (label->depth > 1)
        return item && (extends_number(s, label) || label->weak);
    if (label->style == ')' || label->style == '(')
        return true;
    if (item)
        return true;
    return label->style == '.' && label->numbers[0] == 1 && s->number_depth > 0 &&
           (s->number_article || s->numbers[0] > 0);
}

/* Does block i hang from the pending lead-in? */
static bool
hangs(const struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    switch (block->label.kind) {
    case LABEL_ARTICLE:
    case LABEL_PART:
        return false;
    case LABEL_NUMBER:
        return number_hangs(s, block);
    case LABEL_LETTER:
        return !block->label.upper || block->label.style != '.' || label_is_first(&block->label);
    case LABEL_BULLET:
        return true;
    case LABEL_NONE:
        break;
    }
    if (is_lower(block) || ends_as_item(block) || block->indent > s->pending.indent)
        return true;
    bool capitals = (block->shape.flags & SHAPE_CAPITALS) && !s->pending.capitals;
    return !capitals || !heading_like(s, i);
}

/*
 * "3. ...; 4. ...; 9. ...;": numbers that leave some out, as when clauses are listed.  A number
 * that goes on with the articles is none of them.
 */
static bool
number_skips(struct segmenter *s, const struct label *label)
{
    const struct list_level *level = top(s);
    if (!level->open || level->idle > 0 || level->last.kind != LABEL_NUMBER ||
        label->kind != LABEL_NUMBER || label->style != level->last.style)
        return false;
    struct label article = {.kind = LABEL_NUMBER, .depth = s->number_depth, .style = label->style};
    memcpy(article.numbers, s->numbers, sizeof article.numbers);
    struct label next = *label;
    return !label_follows(&article, &next);
}

/* A labelled block that is no child of the pending lead-in. */
static enum list_place
place_labelled(struct segmenter *s, struct block *block)
{
    struct label *label = &block->label;
    uint32_t depth = find_sibling(s, label, block->indent);
    if (depth > 0) {
        struct list_level *level = &s->levels[depth - 1];
        uint32_t most = label->kind == LABEL_BULLET ? IDLE_BULLET : IDLE_LABELLED;
        bool article = label->kind == LABEL_NUMBER && label->style == '.' && label->depth == 1 &&
                       !level->open && !s->number_article && s->number_depth > 0 &&
                       label->numbers[0] == s->numbers[0] + 1;
        if (level->idle > most || article)
            return PLACE_NONE;
        s->depth = depth;
        take_label(level, label);
        return PLACE_ITEM;
    }
    if (s->depth > 0 && number_skips(s, label)) {
        take_label(top(s), label);
        return PLACE_ITEM;
    }
    bool nested = s->depth > 0 && top(s)->idle == 0 && label->kind != LABEL_NUMBER &&
                  label->kind != LABEL_ARTICLE && label->kind != LABEL_PART && !label->upper &&
                  label_is_first(label);
    if (!nested)
        return PLACE_NONE;
    describe(s, push(s, s->depth, (struct span){0, 0}, block->indent), block);
    return PLACE_ITEM;
}

/* A list told by nothing but indentation. */
static bool
is_indented(const struct list_level *level)
{
    return level->last.kind == LABEL_NONE && level->indent > level->leadin_indent;
}

static enum list_place
place_indented(struct segmenter *s, const struct block *block)
{
    for (uint32_t depth = s->depth; depth > 0; depth--) {
        struct list_level *level = &s->levels[depth - 1];
        if (!is_indented(level) || block->indent < level->indent)
            continue;
        if (level->idle > IDLE_INDENTED)
            return PLACE_NONE;
        s->depth = depth;
        level->idle = 0;
        return PLACE_ITEM;
    }
    return PLACE_NONE;
}

/* An item that shows by its words and punctuation only. */
static bool
resembles(const struct segmenter *s, const struct list_level *level, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    bool capitals = (block->shape.flags & SHAPE_CAPITALS) && !level->capitals;
    if (is_lower(block) || (level->open && !(capitals && heading_like(s, i))))
        return true;
    bool short_item =
        level->bare && block->shape.end == END_NONE && block->shape.words <= BARE_WORDS;
    bool alike = block->shape.first == level->first ||
                 (level->ending != 0 && block->shape.ending == level->ending);
    bool fragment = level->fragment && block->shape.end != END_COLON && is_fragment(s, block);
    return (short_item || fragment || (alike && block->shape.end != END_COLON)) &&
           !heading_like(s, i);
}

static enum list_place
place_unlabelled(struct segmenter *s, uint32_t i)
{
    const struct block *block = &s->blocks.items[i];
    struct list_level *level = top(s);
    if (level->last.kind != LABEL_NONE) {
        if (is_lower(block) && level->idle == 0)
            return PLACE_TAIL;
        level->idle++;
        return PLACE_NONE;
    }
    if (is_indented(level)) {
        if (place_indented(s, block) == PLACE_ITEM)
            return PLACE_ITEM;
        level->idle++;
        return is_lower(block) && level->idle == 1 ? PLACE_TAIL : PLACE_NONE;
    }
    if (level->idle == 0 && resembles(s, level, i))
        return PLACE_ITEM;
    s->depth--;
    return s->depth > 0 ? place_unlabelled(s, i) : PLACE_NONE;
}

/* Does one of the next blocks go on with a list that block i interrupts? */
static bool
resumes(struct segmenter *s, uint32_t i)
{
    for (uint32_t k = i + 1; k < s->blocks.count && k <= i + RESUME_REACH; k++) {
        const struct block *block = &s->blocks.items[k];
        struct label label = block->label;
        if (label.kind != LABEL_NONE)
            return find_sibling(s, &label, block->indent) > 0;
        if (is_indented(top(s)) && block->indent >= top(s)->indent)
            return true;
        if (heading_like(s, k))
            return false;
    }
    return false;
}

static enum list_place
place(struct segmenter *s, uint32_t i)
{
    struct block *block = &s->blocks.items[i];
    if (s->pending.open) {
        bool sibling = block->label.kind != LABEL_NONE && s->pending.depth > 0 &&
                       !(block->label.kind == LABEL_LETTER && label_is_first(&block->label)) &&
                       find_sibling(s, &block->label, block->indent) > 0;
        if (!sibling && hangs(s, i)) {
            describe(s, push(s, s->pending.depth, s->pending.leadin, s->pending.indent), block);
            s->document->units.items[s->pending.unit].leadin = 1;
            return PLACE_ITEM;
        }
    }
    if (s->depth == 0)
        return PLACE_NONE;
    return block->label.kind == LABEL_NONE ? place_unlabelled(s, i) : place_labelled(s, block);
}

enum list_place
list_place_block(struct segmenter *s, uint32_t i)
{
    enum list_place found = place(s, i);
    s->pending.open = false;
    switch (found) {
    case PLACE_ITEM:
        s->item_depth = s->depth;
        break;
    case PLACE_TAIL:
        s->item_depth = 1;
        break;
    case PLACE_NONE:
        s->item_depth = 0;
        if (s->depth > 0 && !resumes(s, i))
            s->depth = 0;
        break;
    }
    return found;
}

void
list_item_ends(struct segmenter *s, const struct block *block)
{
    if (s->depth == 0)
        return;
    top(s)->open = ends_as_item(block);
    if (top(s)->semicolons)
        s->depth--;
}

void
list_place_part(struct segmenter *s, const struct part *part, struct span before)
{
    struct label label = part->label;
    if (label.kind == LABEL_NONE) {
        if (s->depth == 0 || !top(s)->semicolons) {
            push(s, s->item_depth, before, 0);
            top(s)->semicolons = true;
        }
    } else {
        uint32_t depth = s->depth;
        while (depth > 0 && !label_follows(&s->levels[depth - 1].last, &label))
            depth--;
        if (depth > 0)
            s->depth = depth;
        else
            push(s, s->item_depth, before, 0);
        take_label(top(s), &label);
    }
    s->item_depth = s->depth;
}

uint32_t
list_leadins(const struct segmenter *s, uint32_t depth, struct span leadins[BOUND_LEADIN_LEVELS])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < depth; i++) {
        struct span leadin = s->levels[i].leadin;
        if (span_len(leadin) == 0)
            continue;
        if (count == BOUND_LEADIN_LEVELS) { /* the outermost stays: it says who and what */
            for (uint32_t k = 1; k + 1 < count; k++)
                leadins[k] = leadins[k + 1];
            count--;
        }
        leadins[count++] = leadin;
    }
    return count;
}
