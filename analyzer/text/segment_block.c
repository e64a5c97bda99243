#include <stdlib.h>

#include "base/utf8.h"
#include "text/segment_parts.h"

/*
 * Text and edits -> blocks.  A label alone on its line joins the line behind it, a label left at
 * the end of a line moves to the next, a sentence broken behind "ad es." is mended.
 */

enum {
    LEADER_DOTS = 5,     /* that lead to a page number */
    LEADER_BYTES = 240,  /* ... within so many bytes of a block */
    DANGLING_BYTES = 16, /* longest label left at the end of a line */
    INDENT_MOST = 200,   /* columns counted */
    TAB_COLUMNS = 4,
    HEADING_WORDS = 12, /* of a line that may belong to an article number above it */
    ENTRY_WORDS = 16,   /* of an entry of a table of contents */
    RUN_LEAST = 4,      /* entries of a table without a heading of its own */
    TITLED_LEAST = 2,   /* ... of one with */
    HEAD_SHARE = 3,     /* ... which stands in the first third */
    LINES_SHARE = 10,   /* with fewer blank lines among 100 breaks, lines are sentences */
};

/* Walks offsets upwards and tells the edit that covers one. */
struct covering {
    const struct document *document;
    uint32_t edit;
};

static const struct edit *
covering_edit(struct covering *c, uint32_t offset)
{
    while (c->edit < c->document->edits.count &&
           c->document->edits.items[c->edit].span.end <= offset)
        c->edit++;
    if (c->edit == c->document->edits.count)
        return NULL;
    const struct edit *edit = &c->document->edits.items[c->edit];
    return edit->span.begin <= offset ? edit : NULL;
}

static bool
blank_at(struct str text, uint32_t offset, uint32_t *after)
{
    size_t at = offset;
    uint32_t code_point = utf8_next(text, &at);
    *after = (uint32_t)at;
    return code_point != UTF8_BAD && utf8_is_blank(code_point);
}

/* First visible byte in [begin, end); end if there is none. */
static uint32_t
visible_begin(struct covering cover, uint32_t begin, uint32_t end)
{
    struct str text = cover.document->text;
    uint32_t after;
    while (begin < end) {
        const struct edit *edit = covering_edit(&cover, begin);
        if (edit && edit->kind == EDIT_CUT)
            begin = edit->span.end;
        else if (blank_at(text, begin, &after))
            begin = after;
        else
            return begin;
    }
    return end;
}

/* Behind the last visible byte of [begin, end); `edit`: index of an edit at or behind `end`. */
static uint32_t
visible_end(const struct document *document, uint32_t edit, uint32_t begin, uint32_t end)
{
    while (end > begin) {
        while (edit > 0 &&
               (edit == document->edits.count || document->edits.items[edit].span.begin >= end))
            edit--;
        if (edit < document->edits.count) {
            const struct edit *last = &document->edits.items[edit];
            if (last->kind == EDIT_CUT && last->span.begin < end && last->span.end >= end) {
                end = last->span.begin;
                continue;
            }
        }
        uint32_t at = end - 1, after;
        while (at > begin && ((unsigned char)document->text.data[at] & 0xC0) == 0x80)
            at--;
        if (!blank_at(document->text, at, &after))
            return end;
        end = at;
    }
    return begin;
}

static uint16_t
indent_of(struct str text, uint32_t begin)
{
    uint32_t line = begin, columns = 0;
    while (line > 0 && begin - line < INDENT_MOST && text.data[line - 1] != '\n' &&
           text.data[line - 1] != '\f')
        line--;
    for (uint32_t i = line; i < begin; i++)
        columns += text.data[i] == '\t' ? TAB_COLUMNS - columns % TAB_COLUMNS
                                        : ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return (uint16_t)columns;
}

static void
measure(struct segmenter *s, struct block *block)
{
    block->alone = block->label.kind != LABEL_NONE && block->label.text >= block->span.end;
    struct span behind = {block->label.text, block->span.end};
    if (block->alone)
        behind.begin = behind.end;
    shape_measure(s->document, s->language, behind, &block->shape);
}

static void
drop_label(struct segmenter *s, struct block *block)
{
    block->label = (struct label){
        .begin = block->span.begin, .end = block->span.begin, .text = block->span.begin};
    measure(s, block);
}

/* "Recesso ........ 3" near the begin: an entry of a table of contents, or several. */
static bool
has_leaders(struct str text, struct span span)
{
    uint32_t dots = 0;
    for (uint32_t i = span.begin; i < span.end && i - span.begin < LEADER_BYTES; i++) {
        char c = text.data[i];
        if (c == '.')
            dots++;
        else if (dots >= LEADER_DOTS && c >= '0' && c <= '9')
            return true;
        else if (c != ' ' && c != '\n')
            dots = 0;
    }
    return false;
}

static struct block
make_block(struct segmenter *s, uint32_t begin, uint32_t end, bool blank_before)
{
    struct block block = {.span = {begin, end}, .blank_before = blank_before};
    block.indent = indent_of(s->document->text, begin);
    label_parse(s->document->text, begin, end, s->language, &block.label);
    measure(s, &block);
    block.contents = has_leaders(s->document->text, block.span);
    return block;
}

/* --- joining ------------------------------------------------------------------------------ */

/* A sentence that was broken behind an abbreviation or in a bracket. */
static bool
is_broken(const struct block *last, const struct block *next)
{
    uint16_t flags = last->shape.flags;
    bool lower = next->label.kind == LABEL_NONE && (next->shape.flags & SHAPE_LOWER);
    if (next->blank_before || last->alone)
        return false;
    if (flags & SHAPE_OPENED)
        return true;
    if (last->shape.end == END_COMMA && (flags & SHAPE_BRACKET) && lower)
        return true;
    if (!(flags & SHAPE_ABBREVIATION))
        return false;
    if (lower || (flags & SHAPE_FINAL))
        return lower;
    bool bare = next->label.kind == LABEL_NUMBER && next->label.style == 0;
    return bare || (next->label.kind == LABEL_NONE && (flags & SHAPE_BRACKET));
}

/* A label alone on its line, and what it labels. */
static bool
is_labelled_by(const struct block *last, const struct block *next)
{
    if (!last->alone || last->label.weak || next->shape.words == 0)
        return false;
    switch (last->label.kind) {
    case LABEL_NUMBER:
        return next->label.kind == LABEL_NONE || next->label.weak;
    case LABEL_LETTER:
    case LABEL_BULLET:
        return next->label.kind == LABEL_NONE;
    default: /* "Articolo 5" and its title */
        return next->label.kind == LABEL_NONE && next->shape.words <= HEADING_WORDS &&
               (next->shape.end == END_NONE || next->shape.end == END_QUESTION) &&
               !(next->shape.flags & SHAPE_LOWER);
    }
}

/* Bytes of the blank that ends at `end`, no-break ones as well; 0 = there is none. */
static uint32_t
blank_before(struct str text, uint32_t end)
{
    char c = text.data[end - 1];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    return end > 1 && c == '\xA0' && text.data[end - 2] == '\xC2' ? 2 : 0;
}

/* "... o ii." */
static bool
ends_with_conjunction(const struct segmenter *s, const struct block *block, uint32_t end)
{
    uint32_t begin =
        end > block->label.text + DANGLING_BYTES ? end - DANGLING_BYTES : block->label.text;
    struct shape shape;
    shape_measure(s->document, s->language, (struct span){begin, end}, &shape);
    return shape.flags & SHAPE_CONJUNCTION;
}

/* "...; 4.4.3." at the end of a block: the label of the next; also "12. Riservata 13.". */
static bool
dangling_label(const struct segmenter *s, const struct block *block, struct label *label)
{
    struct str text = s->document->text;
    uint32_t least = block->label.text, begin = block->span.end;
    if (block->span.end - least > DANGLING_BYTES)
        least = block->span.end - DANGLING_BYTES;
    while (begin > least && !blank_before(text, begin))
        begin--;
    if (begin == least)
        return false;
    uint32_t before = begin;
    while (before > least && blank_before(text, before))
        before -= blank_before(text, before);
    if (before <= least)
        return false;
    bool parted = strchr(".;:", text.data[before - 1]) || ends_with_conjunction(s, block, before);
    if (!label_parse(text, begin, block->span.end, s->language, label) ||
        label->text < block->span.end || label->weak)
        return false;
    struct label counted = *label;
    if (!parted && !(label->kind == LABEL_NUMBER && label_follows(&block->label, &counted)))
        return false;
    bool mark = label->depth > 1 || label->style == '(' || label->style == ')' ||
                (label->kind == LABEL_LETTER && !label_is_first(label));
    struct shape shape;
    shape_measure(s->document, s->language, (struct span){block->label.text, before}, &shape);
    return (mark || (label->kind == LABEL_NUMBER && label->style == '.')) &&
           !(shape.flags & SHAPE_ABBREVIATION);
}

static void
add_block(struct segmenter *s, struct block block)
{
    if (s->blocks.count > 0) {
        struct block *last = &s->blocks.items[s->blocks.count - 1];
        struct label label;
        if (is_labelled_by(last, &block)) {
            last->span.end = block.span.end;
            last->label.text = block.span.begin;
            measure(s, last);
            return;
        }
        if (is_broken(last, &block)) {
            last->span.end = block.span.end;
            measure(s, last);
            return;
        }
        if (block.label.kind == LABEL_NONE && dangling_label(s, last, &label)) {
            uint32_t end = label.begin;
            while (blank_before(s->document->text, end))
                end -= blank_before(s->document->text, end);
            last->span.end = end;
            measure(s, last);
            label.text = block.span.begin;
            block.label = label;
            block.span.begin = label.begin;
            measure(s, &block);
        }
    }
    array_push(&s->scratch, &s->blocks, block);
}

/* --- lines -------------------------------------------------------------------------------- */

/* Offset of the next byte `c` at or behind `at`. */
static uint32_t
next_byte(struct str text, uint32_t at, char c)
{
    const char *found = at < text.len ? memchr(text.data + at, c, text.len - at) : NULL;
    return found ? (uint32_t)(found - text.data) : (uint32_t)text.len;
}

static void
split_lines(struct segmenter *s)
{
    const struct document *document = s->document;
    struct str text = document->text;
    struct covering cover = {document, 0}, at_begin = cover;
    uint32_t begin = 0, at = 0, end = (uint32_t)text.len, breaks = 0;
    uint32_t feed = next_byte(text, 0, '\f');
    while (begin < end) {
        uint32_t line = next_byte(text, at, '\n');
        if (feed < at)
            feed = next_byte(text, at, '\f');
        line = line < feed ? line : feed;
        at = line < end ? line + 1 : end;
        if (line < end && covering_edit(&cover, line))
            continue; /* a break inside the paragraph */
        uint32_t first = visible_begin(at_begin, begin, line);
        if (first < line) {
            uint32_t last = visible_end(document, cover.edit, first, line);
            add_block(s, make_block(s, first, last, breaks > 1));
            breaks = 0;
        }
        breaks++;
        begin = at;
        at_begin = cover;
    }
}

/* --- numbers ------------------------------------------------------------------------------ */

/* Bare numbers are labels only where they go on with the numbering: "3 Recesso" behind "2". */
static void
settle_numbers(struct segmenter *s)
{
    uint16_t last[2] = {0, 0};
    for (uint32_t i = 0; i < s->blocks.count; i++) {
        struct block *block = &s->blocks.items[i];
        const struct label *label = &block->label;
        bool number = label->kind == LABEL_NUMBER || label->kind == LABEL_ARTICLE;
        if (!number || label->depth == 0 || label->prefix)
            continue;
        if (label->weak && label->depth == 1) {
            bool heading = !block->alone && block->shape.words <= HEADING_WORDS &&
                           block->shape.end == END_NONE && (block->shape.flags & SHAPE_UPPER);
            if (!heading || label->numbers[0] != last[0] + 1) {
                drop_label(s, block);
                continue;
            }
        } else if (label->weak) {
            bool next = label->numbers[0] == last[0] &&
                        (label->numbers[1] == last[1] + 1 || label->numbers[1] == 1);
            if (!next && (label->numbers[0] != last[0] + 1 || label->numbers[1] != 1)) {
                drop_label(s, block);
                continue;
            }
        }
        last[0] = label->numbers[0];
        last[1] = label->depth > 1 ? label->numbers[1] : 0;
    }
}

/* --- tables of contents ------------------------------------------------------------------- */

struct entry {
    uint32_t hash;
    uint32_t block;
};

static int
compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->block < y->block ? -1 : x->block > y->block;
}

/* A short line that might stand in a table of contents. */
static bool
is_entry(const struct block *block)
{
    if (block->contents)
        return true;
    return block->shape.words > 0 && block->shape.words <= ENTRY_WORDS &&
           (block->shape.end == END_NONE || block->shape.end == END_COLON ||
            block->shape.end == END_QUESTION ||
            (block->shape.end == END_STOP && (block->shape.flags & SHAPE_CAPITALS)));
}

/* For every short block whether the same words come again later. */
static bool *
find_repeated(struct segmenter *s)
{
    ARRAY(struct entry) entries = {NULL, 0, 0};
    bool *repeated = arena_new(&s->scratch, bool, s->blocks.count + 1);
    for (uint32_t i = 0; i < s->blocks.count; i++)
        if (is_entry(&s->blocks.items[i]))
            array_push(&s->scratch, &entries, ((struct entry){s->blocks.items[i].shape.hash, i}));
    if (entries.count > 0)
        qsort(entries.items, entries.count, sizeof(struct entry), compare_entries);
    for (uint32_t i = 0; i + 1 < entries.count; i++)
        repeated[entries.items[i].block] = entries.items[i].hash == entries.items[i + 1].hash;
    return repeated;
}

static bool
is_contents_heading(const struct segmenter *s, const struct block *block)
{
    if (block->shape.words == 0 || block->shape.words > 4)
        return false;
    for (uint32_t i = 0; i < s->language->contents.count; i++) {
        struct str phrase = s->language->contents.words[i];
        uint32_t hash = SHAPE_HASH;
        for (size_t k = 0; k < phrase.len; k++)
            if (phrase.data[k] != ' ')
                hash = shape_hash(hash, phrase.data[k]);
        if (hash == block->shape.hash)
            return true;
    }
    return false;
}

/* The end of the entries that begin at `begin`: a long block, or an entry met before. */
static uint32_t
entries_end(const struct segmenter *s, uint32_t begin)
{
    uint32_t end = begin;
    while (end < s->blocks.count && is_entry(&s->blocks.items[end])) {
        const struct block *block = &s->blocks.items[end];
        bool again = block->shape.hash == s->blocks.items[begin].shape.hash;
        if (end > begin && (again || is_contents_heading(s, block)))
            break;
        end++;
    }
    return end;
}

static void
mark_contents(struct segmenter *s, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++)
        s->blocks.items[i].contents = true;
}

static void
find_contents(struct segmenter *s)
{
    bool *repeated = find_repeated(s);
    uint32_t limit = s->blocks.count / HEAD_SHARE;
    for (uint32_t i = 0; i < s->blocks.count; i++) {
        struct block *block = &s->blocks.items[i];
        bool titled = is_contents_heading(s, block);
        if (block->contents || i > limit || (!titled && !is_entry(block)))
            continue;
        uint32_t begin = i + titled, end = entries_end(s, begin), known = 0;
        while (!titled && begin < end && !repeated[begin] && !s->blocks.items[begin].contents)
            begin++; /* the title of the document */
        for (uint32_t k = begin; k < end; k++)
            known += repeated[k] || s->blocks.items[k].contents;
        /* What does not come again at the end of the run is a heading of the text itself. */
        while (end > begin && known > 0 && !repeated[end - 1] && !s->blocks.items[end - 1].contents)
            end--;
        uint32_t count = end - begin;
        bool table = titled ? count >= TITLED_LEAST && 2 * known >= count
                            : count >= RUN_LEAST && 4 * known >= 3 * count;
        if (table) {
            mark_contents(s, begin - titled, end);
            i = end - 1;
        } else if (!titled && end > i) {
            i = end - 1; /* one look at a run is enough */
        }
    }
}

void
blocks_find(struct segmenter *s)
{
    split_lines(s);
    uint32_t blanks = 0;
    for (uint32_t i = 0; i < s->blocks.count; i++)
        blanks += s->blocks.items[i].blank_before;
    s->lines = blanks * 100 < s->blocks.count * (uint64_t)LINES_SHARE;
    settle_numbers(s);
    find_contents(s);
}
