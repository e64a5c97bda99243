/* Repairs: what the view must not see, found once for the whole document, and the walk over it. */

#include "text/repair.h"

#include "base/utf8.h"
#include "text/boxes.h"
#include "text/furniture.h"
#include "text/row.h"
#include "text/wrap.h"

/* The edits of rows come in order; invisible characters are put between them as they come. */
struct repair {
    struct document *document;
    struct arena arena; /* rows and measures; gone when the edits are there */
    struct rows rows;
    struct span invisible; /* the next one; at the end of the text: there is none */
};

/* Soft hyphens, zero-width characters, direction marks: seen by no reader. */
static bool
is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static void
next_invisible(struct repair *repair)
{
    struct str text = repair->document->text;
    size_t at = repair->invisible.end;

    while (at < text.len) {
        unsigned char first = (unsigned char)text.data[at];
        size_t begin = at++;

        if (first != 0xC2 && first != 0xE2 && first != 0xEF) /* no other byte begins one */
            continue;
        at = begin;
        if (is_invisible(utf8_next(text, &at))) {
            repair->invisible = (struct span){(uint32_t)begin, (uint32_t)at};
            return;
        }
    }
    repair->invisible = (struct span){(uint32_t)text.len, (uint32_t)text.len};
}

/* Edits for the invisible characters before `end`. */
static void
cut_invisible(struct repair *repair, uint32_t end)
{
    while (repair->invisible.begin < end) {
        struct edit edit = {repair->invisible, EDIT_CUT, 0};

        array_push(repair->document->arena, &repair->document->edits, edit);
        next_invisible(repair);
    }
}

static void
add_edit(struct repair *repair, uint32_t begin, uint32_t end, enum edit_kind kind)
{
    struct document *document = repair->document;
    struct edit edit = {{begin, end}, kind, 0};

    if (begin >= end)
        return;
    cut_invisible(repair, begin);
    array_push(document->arena, &document->edits, edit);
    /* Those inside need no edit of their own. */
    while (repair->invisible.begin < end)
        next_invisible(repair);
}

/* Behind the first line break or form feed of [begin, end). */
static uint32_t
behind_break(struct str text, uint32_t begin, uint32_t end)
{
    while (begin < end && text.data[begin] != '\n' && text.data[begin] != '\f')
        begin++;
    return begin < end ? begin + 1 : end;
}

/* Offset of the hyphen that ends a row. */
static uint32_t
hyphen_begin(struct str text, const struct row *row)
{
    uint32_t at = row->end - 1;

    while (at > row->begin && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    /* The blank of " -" goes with it. */
    while (row->hyphen == ROW_HYPHEN_SPACED && at > row->begin && text.data[at - 1] == ' ')
        at--;
    return at;
}

/*
 * The edits between two rows; furniture from `cut` on (`cut` = next->begin: there is none).  The
 * hyphen and the furniture are two cuts, so that only the furniture parts a quotation.
 */
static void
edit_between(struct repair *repair, const struct row *row, const struct row *next, uint32_t cut,
             enum wrap_join join)
{
    struct str text = repair->document->text;

    switch (join) {
    case WRAP_END:
        if (cut < next->begin)
            add_edit(repair, behind_break(text, row->end, cut), next->begin, EDIT_CUT);
        return;
    case WRAP_BLANK:
        add_edit(repair, row->end, cut, EDIT_BLANK);
        break;
    case WRAP_WORD:
        add_edit(repair, hyphen_begin(text, row), cut, EDIT_CUT);
        break;
    case WRAP_HYPHEN:
        add_edit(repair, row->end, cut, EDIT_CUT);
        break;
    }
    add_edit(repair, cut, next->begin, EDIT_CUT);
}

/* Furniture before the first row that stays, or behind the last. */
static void
edit_edges(struct repair *repair, uint32_t begin, uint32_t end, bool first)
{
    const struct row *items = repair->rows.items;

    if (first)
        add_edit(repair, items[0].begin, items[end].begin, EDIT_CUT);
    else
        add_edit(repair,
                 behind_break(repair->document->text, items[begin].end, items[begin + 1].begin),
                 items[end - 1].end, EDIT_CUT);
}

static uint32_t
next_kept(struct rows rows, uint32_t row)
{
    while (row < rows.count && (rows.items[row].flags & ROW_CUT))
        row++;
    return row;
}

static void
find_breaks(struct repair *repair)
{
    struct rows rows = repair->rows;
    const struct wrap *wrap = wrap_measure(&repair->arena, repair->document, rows);
    uint32_t row = next_kept(rows, 0);
    bool continued = false;

    if (row == rows.count)
        return; /* nothing but furniture: then it is none */
    if (row > 0)
        edit_edges(repair, 0, row, true);
    while (row < rows.count) {
        uint32_t next = next_kept(rows, row + 1);
        enum wrap_join join;

        if (next == rows.count) {
            if (next > row + 1)
                edit_edges(repair, row, next, false);
            break;
        }
        join = wrap_join(wrap, row, next, continued);
        edit_between(repair, &rows.items[row], &rows.items[next], rows.items[row + 1].begin, join);
        continued = join != WRAP_END;
        row = next;
    }
}

/* In a PDF where lines stand tells more than what they say. */
static void
mark_laid(const struct document *document, struct rows rows)
{
    for (uint32_t i = 0; i < rows.count; i++)
        if (boxes_flags(document, rows.items[i].begin) & LAID_RUNNING)
            rows.items[i].flags |= ROW_CUT;
}

/* Lines that are paragraphs, but for what the reader of the format found. */
static void
repair_paragraphs(struct repair *repair)
{
    struct document *document = repair->document;

    next_invisible(repair);
    for (uint32_t i = 0; i < document->given.count; i++) {
        const struct edit *edit = &document->given.items[i];

        add_edit(repair, edit->span.begin, edit->span.end, edit->kind);
    }
    cut_invisible(repair, (uint32_t)document->text.len);
}

void
repair_document(struct document *document)
{
    struct repair repair = {.document = document};

    if (document->paragraphs) {
        repair_paragraphs(&repair);
        return;
    }
    repair.rows = row_list(&repair.arena, document);
    if (document->laid.count)
        mark_laid(document, repair.rows);
    else
        furniture_mark(document, repair.rows);
    next_invisible(&repair);
    find_breaks(&repair);
    cut_invisible(&repair, (uint32_t)document->text.len);
    arena_free(&repair.arena);
}

struct repaired
repaired_begin(const struct document *document, struct span span)
{
    uint32_t low = 0;
    uint32_t high = document->edits.count;

    /* The first edit that ends behind the beginning; one of no width may stand right there. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct span edit = document->edits.items[middle].span;

        if (edit.end < span.begin || (edit.end == span.begin && edit.begin < edit.end))
            low = middle + 1;
        else
            high = middle;
    }
    return (struct repaired){document, span.begin, span.end, low};
}

/* The edit at or behind where the walk stands; false when the text itself comes next. */
static bool
apply_edit(struct repaired *walk, uint32_t *code_point, uint32_t *offset, bool *shown)
{
    const struct edit *edit;

    if (walk->edit >= walk->document->edits.count)
        return false;
    edit = &walk->document->edits.items[walk->edit];
    if (edit->span.begin > walk->at)
        return false;
    *offset = walk->at;
    *shown = edit->kind != EDIT_CUT;
    *code_point = edit->kind == EDIT_SWAP ? (unsigned char)edit->letter : ' ';
    if (edit->span.end > walk->at)
        walk->at = edit->span.end;
    walk->edit++;
    return true;
}

bool
repaired_next(struct repaired *walk, uint32_t *code_point, uint32_t *offset)
{
    bool shown;

    while (walk->at < walk->end) {
        struct str text = str_slice(walk->document->text, 0, walk->end);
        size_t at;

        if (apply_edit(walk, code_point, offset, &shown)) {
            if (shown)
                return true;
            continue;
        }
        at = walk->at;
        *offset = walk->at;
        *code_point = utf8_next(text, &at);
        if (*code_point == UTF8_BAD)
            *code_point = 0xFFFD; /* the span ends inside a character */
        walk->at = (uint32_t)at;
        return true;
    }
    return false;
}
