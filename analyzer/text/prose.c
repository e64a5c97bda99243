/* Text that readers write: blanks, breaks, labels, table rows, and the way back to the input. */

#include "text/prose.h"

#include "base/bounds.h"
#include "base/utf8.h"
#include "text/decode.h"

enum {
    POINT_DISTANCE = 1024, /* bytes between two points of an unbroken run */
    CELL_MOST = 120,       /* bytes of a cell in a row that is one line */
    OWN_LABEL = 12,        /* bytes of a label that a text may begin with */
};

#define CELL_SEPARATOR " | "

static void
add_point(struct prose *prose, uint32_t raw)
{
    struct origin_point point = {prose->text.count, raw};

    array_push(&prose->trace, &prose->points, point);
}

void
prose_begin(struct prose *prose, bool traced)
{
    *prose = (struct prose){.traced = traced, .raw_at = ORIGIN_NOWHERE, .cell = ORIGIN_NOWHERE};
    if (traced)
        add_point(prose, ORIGIN_NOWHERE);
}

void
prose_free(struct prose *prose)
{
    arena_free(&prose->arena);
    arena_free(&prose->trace);
}

/* --- writing ------------------------------------------------------------------------------ */

/* The next text stands at `raw`. */
static void
go_to(struct prose *prose, uint32_t raw)
{
    if (!prose->traced || raw == prose->raw_at)
        return;
    if (prose->raw_at != ORIGIN_NOWHERE)
        add_point(prose, ORIGIN_NOWHERE);
    if (raw != ORIGIN_NOWHERE)
        add_point(prose, raw);
    prose->raw_at = raw;
}

static void
append(struct prose *prose, struct str bytes)
{
    if (bytes.len == 0)
        return;
    if (prose->full || bytes.len > BOUND_INPUT_MOST - prose->text.count) {
        prose->full = true;
        return;
    }
    array_reserve(&prose->arena, &prose->text, prose->text.count + bytes.len);
    memcpy(prose->text.items + prose->text.count, bytes.data, bytes.len);
    prose->text.count += (uint32_t)bytes.len;
}

static void
append_generated(struct prose *prose, struct str bytes)
{
    go_to(prose, ORIGIN_NOWHERE);
    append(prose, bytes);
}

/* Raw bytes that stand for other text; behind them the run goes on. */
static void
append_spelled(struct prose *prose, struct str bytes, struct span raw)
{
    if (raw.begin == ORIGIN_NOWHERE || !prose->traced) {
        append_generated(prose, bytes);
        return;
    }
    go_to(prose, raw.begin);
    append(prose, bytes);
    add_point(prose, raw.end);
    prose->raw_at = raw.end;
}

/* Bytes as they stand in the input, but for line breaks and tabs, which become blanks. */
static void
append_run(struct prose *prose, struct str bytes, uint32_t raw)
{
    go_to(prose, raw);
    while (bytes.len > 0) {
        size_t len = bytes.len < POINT_DISTANCE ? bytes.len : POINT_DISTANCE;
        uint32_t begin = prose->text.count;

        while (len < bytes.len && ((unsigned char)bytes.data[len] & 0xC0) == 0x80)
            len++;
        append(prose, str_slice(bytes, 0, len));
        for (uint32_t i = begin; i < prose->text.count; i++)
            if ((unsigned char)prose->text.items[i] < ' ')
                prose->text.items[i] = ' ';
        bytes = str_slice(bytes, len, bytes.len);
        if (prose->traced && raw != ORIGIN_NOWHERE) {
            prose->raw_at += (uint32_t)len;
            if (bytes.len > 0)
                add_point(prose, prose->raw_at);
        }
    }
}

/* --- what is due before a word ------------------------------------------------------------- */

/* A number or letter in front of an item: "1.", "1.2", "a)", "(iv)". */
static bool
is_own_label(struct str text)
{
    size_t at = str_starts(text, STR("("));
    size_t begin = at;
    size_t letters;
    bool number = false;

    while (at < text.len && text.data[at] >= '0' && text.data[at] <= '9') {
        at++;
        if (at - begin > 2)
            return false; /* an amount or a year */
        if (at + 1 < text.len && text.data[at] == '.' && text.data[at + 1] >= '0' &&
            text.data[at + 1] <= '9')
            begin = ++at;
        number = true;
    }
    letters = at;
    while (!number && at < text.len && at - letters < 5 && (text.data[at] | 0x20) >= 'a' &&
           (text.data[at] | 0x20) <= 'z')
        at++;
    if (at == letters && !number)
        return false;
    if (at < text.len && text.data[at] == ')')
        return true;
    if (number && begin > 0 && text.data[begin - 1] == '.')
        return at == text.len || text.data[at] == '.' || (unsigned char)text.data[at] <= ' ';
    return at < text.len && text.data[at] == '.' && (number || at - letters == 1) &&
           (at + 1 == text.len || (unsigned char)text.data[at + 1] <= ' ');
}

static void
write_break(struct prose *prose)
{
    bool parts_row = prose->in_row && prose->text.count > prose->row;

    switch (prose->pending) {
    case PROSE_NONE:
        return;
    case PROSE_CELL:
        if (prose->cell_count < PROSE_CELLS)
            prose->cells[prose->cell_count++] = prose->text.count;
        append_generated(prose, STR(CELL_SEPARATOR));
        parts_row = false;
        break;
    case PROSE_LINE:
        append_generated(prose, STR("\n"));
        break;
    case PROSE_BLOCK:
        append_generated(prose, STR("\n\n"));
        break;
    }
    if (parts_row)
        prose->row = ORIGIN_NOWHERE;
    prose->pending = PROSE_NONE;
}

static bool
is_bullet(struct str text)
{
    return str_starts(text, STR("- ")) || str_starts(text, STR("* ")) ||
           str_starts(text, STR("\u2022 "));
}

/* Does the text that comes bring its own label?  A bullet does not replace a number. */
static bool
replaces_label(const struct prose *prose, struct str text)
{
    bool bullet = (unsigned char)prose->label[0] >= 0x80;

    text.len = text.len > OWN_LABEL ? OWN_LABEL : text.len;
    return is_own_label(text) || (bullet && is_bullet(text));
}

/* Visible text comes, and this is how it begins. */
static void
open_word(struct prose *prose, struct str text)
{
    bool begin = prose->text.count == 0;

    if (begin || prose->pending != PROSE_NONE) {
        prose->blank = false;
        if (begin)
            prose->pending = PROSE_NONE;
        write_break(prose);
        if (prose->in_row && prose->cell == ORIGIN_NOWHERE)
            prose->cell = prose->text.count;
    }
    if (prose->blank)
        append_spelled(prose, STR(" "), prose->blanks);
    prose->blank = false;
    if (prose->label_len > 0) {
        if (!replaces_label(prose, text)) {
            append_generated(prose, (struct str){prose->label, prose->label_len});
            append(prose, STR(" "));
        }
        prose->label_len = 0;
    }
}

/* Bytes of the blank at the begin of `s`; 0 = there is none. */
static size_t
blank_length(struct str s)
{
    unsigned char first = (unsigned char)s.data[0];
    size_t at = 0;
    uint32_t c;

    if (first <= ' ')
        return 1;
    if (first != 0xC2 && first != 0xE2 && first != 0xE3)
        return 0;
    c = utf8_next(s, &at);
    return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
                   c == 0x205F || c == 0x3000
               ? at
               : 0;
}

/* --- what readers call --------------------------------------------------------------------- */

static void
note_blank(struct prose *prose, uint32_t begin, uint32_t end)
{
    if (prose->blank)
        return;
    prose->blank = true;
    prose->blanks = (struct span){begin, end};
}

/* End of the run of words with one plain blank between them. */
static size_t
run_end(struct str bytes, size_t at)
{
    while (at < bytes.len) {
        struct str rest = str_slice(bytes, at, bytes.len);
        size_t blank = blank_length(rest);

        if (blank == 0)
            at++;
        else if (blank == 1 && rest.len > 1 && blank_length(str_slice(rest, 1, rest.len)) == 0)
            at += 2;
        else
            break;
    }
    return at;
}

void
prose_text(struct prose *prose, struct str bytes, uint32_t raw)
{
    bool known = raw != ORIGIN_NOWHERE;

    for (size_t at = 0; at < bytes.len;) {
        size_t blank = blank_length(str_slice(bytes, at, bytes.len));
        uint32_t here = known ? raw + (uint32_t)at : ORIGIN_NOWHERE;
        struct str run;

        if (blank > 0) {
            note_blank(prose, here, known ? here + (uint32_t)blank : ORIGIN_NOWHERE);
            at += blank;
            continue;
        }
        run = str_slice(bytes, at, run_end(bytes, at));
        open_word(prose, run);
        append_run(prose, run, here);
        at += run.len;
    }
}

void
prose_spelled(struct prose *prose, struct str bytes, struct span raw)
{
    if (bytes.len == 0)
        return;
    if (blank_length(bytes) > 0) {
        note_blank(prose, raw.begin, raw.end);
        return;
    }
    open_word(prose, bytes);
    append_spelled(prose, bytes, raw);
}

void
prose_generated(struct prose *prose, struct str bytes)
{
    prose_text(prose, bytes, ORIGIN_NOWHERE);
}

void
prose_break(struct prose *prose, enum prose_break wish)
{
    /* The first paragraph of a row stands right below the row before. */
    if (wish == PROSE_BLOCK && prose->in_row && prose->text.count == prose->row)
        wish = PROSE_LINE;
    if (wish > prose->pending)
        prose->pending = wish;
    prose->blank = false;
}

void
prose_label(struct prose *prose, struct str label)
{
    size_t room = PROSE_LABEL - prose->label_len;

    if (label.len == 0 || room < 2)
        return;
    if (prose->label_len > 0)
        prose->label[prose->label_len++] = ' ';
    room = PROSE_LABEL - prose->label_len;
    if (label.len > room) {
        label.len = room;
        while (label.len > 0 && ((unsigned char)label.data[label.len] & 0xC0) == 0x80)
            label.len--;
    }
    memcpy(prose->label + prose->label_len, label.data, label.len);
    prose->label_len += (uint32_t)label.len;
}

void
prose_unlabel(struct prose *prose)
{
    prose->label_len = 0;
}

void
prose_newline(struct prose *prose, bool join)
{
    go_to(prose, ORIGIN_NOWHERE);
    if (join) {
        struct edit edit = {{prose->text.count, prose->text.count + 1}, EDIT_BLANK, 0};

        array_push(&prose->trace, &prose->edits, edit);
    }
    append(prose, STR("\n"));
    prose->blank = false;
    prose->pending = PROSE_NONE;
}

/* --- tables -------------------------------------------------------------------------------- */

static void
end_cell(struct prose *prose)
{
    if (prose->cell != ORIGIN_NOWHERE && prose->text.count - prose->cell > prose->cell_longest)
        prose->cell_longest = prose->text.count - prose->cell;
    prose->cell = ORIGIN_NOWHERE;
}

void
prose_row(struct prose *prose)
{
    if (prose->pending == PROSE_CELL) /* a table inside a cell */
        prose->pending = PROSE_BLOCK;
    prose_break(prose, PROSE_LINE);
    prose->in_row = true;
    prose->row = prose->text.count;
    prose->cell = ORIGIN_NOWHERE;
    prose->cell_longest = 0;
    prose->cell_count = 0;
    prose->titled = false;
}

void
prose_cell(struct prose *prose, bool title)
{
    if (!prose->in_row) {
        prose_break(prose, PROSE_LINE);
        return;
    }
    end_cell(prose);
    if (prose->row == ORIGIN_NOWHERE) {
        prose_break(prose, PROSE_BLOCK);
    } else if (prose->text.count == prose->row) {
        prose->titled = title;
    } else {
        /* The end of the only paragraph of the cell before is no break. */
        prose->pending = PROSE_CELL;
        prose->blank = false;
    }
}

/* Two cells on one line, of which the first is a title. */
static struct span
row_title(const struct prose *prose)
{
    uint32_t begin = prose->row;

    if (!prose->titled || prose->row == ORIGIN_NOWHERE || prose->cell_count != 1)
        return (struct span){0, 0};
    while (begin < prose->cells[0] && prose->text.items[begin] == '\n')
        begin++; /* the row begins with the break before it */
    return (struct span){begin, prose->cells[0] + (uint32_t)sizeof CELL_SEPARATOR - 1};
}

void
prose_row_end(struct prose *prose)
{
    prose->title = (struct span){0, 0};
    if (prose->in_row) {
        end_cell(prose);
        prose->title = row_title(prose);
        /* Sentences stand on lines of their own; the separators are as long as these. */
        for (uint32_t i = 0; i < prose->cell_count && prose->cell_longest > CELL_MOST; i++)
            memcpy(prose->text.items + prose->cells[i], "\n\n\n", sizeof CELL_SEPARATOR - 1);
    }
    prose->in_row = false;
    prose->pending = PROSE_NONE;
    prose_break(prose, PROSE_LINE);
}

void
prose_cut_title(struct prose *prose)
{
    struct edit edit = {prose->title, EDIT_CUT, 0};
    struct str text;

    if (span_len(prose->title) == 0)
        return;
    text = (struct str){prose->text.items + edit.span.end, prose->text.count - edit.span.end};
    if (span_len(edit.span) < text.len || is_own_label(text))
        array_push(&prose->trace, &prose->edits, edit);
    prose->title = (struct span){0, 0};
}

/* --- ends ---------------------------------------------------------------------------------- */

void
prose_reset(struct prose *prose, const struct prose *mark)
{
    struct prose now = *prose;

    *prose = *mark;
    /* What was written lives in arenas that have grown since. */
    prose->arena = now.arena;
    prose->trace = now.trace;
    prose->text.items = now.text.items;
    prose->text.capacity = now.text.capacity;
    prose->points.items = now.points.items;
    prose->points.capacity = now.points.capacity;
    prose->edits.items = now.edits.items;
    prose->edits.capacity = now.edits.capacity;
}

void
prose_append(struct prose *prose, const struct prose *other)
{
    struct str text = {other->text.items, other->text.count};

    if (text.len == 0)
        return;
    prose_break(prose, PROSE_BLOCK);
    open_word(prose, STR(""));
    append_generated(prose, text);
    prose_break(prose, PROSE_BLOCK);
}

/* Points from offsets in the decoded text to offsets in the raw bytes, both in rising order. */
static void
write_origin(const struct prose *prose, struct document *document)
{
    uint32_t text = 0;
    size_t raw = document->origin.count > 0 ? document->origin.items[0].raw : 0;
    bool same = document->origin.count == 0; /* decoding changed nothing */

    document->origin.items = NULL;
    document->origin.count = document->origin.capacity = 0;
    array_reserve(document->arena, &document->origin, prose->points.count);
    for (uint32_t i = 0; i < prose->points.count; i++) {
        struct origin_point point = prose->points.items[i];

        while (!same && point.raw != ORIGIN_NOWHERE && text < point.raw &&
               raw < document->raw.len) {
            uint32_t c = decode_next(document->encoding, document->raw, &raw);
            char bytes[4];

            text += (uint32_t)utf8_put(c == UTF8_BAD ? 0xFFFD : c, bytes);
        }
        if (!same && point.raw != ORIGIN_NOWHERE)
            point.raw = (uint32_t)raw;
        array_push(document->arena, &document->origin, point);
    }
}

bool
prose_end(struct prose *prose, struct document *document, struct error *error)
{
    if (prose->full) {
        prose_free(prose);
        return error_set(error, "%.*s: holds more text than %d MB; split it",
                         STR_ARG(document->name), BOUND_INPUT_MOST >> 20);
    }
    if (prose->text.count > 0)
        append_generated(prose, STR("\n"));
    write_origin(prose, document);
    array_reserve(document->arena, &document->given, prose->edits.count);
    for (uint32_t i = 0; i < prose->edits.count; i++)
        array_push(document->arena, &document->given, prose->edits.items[i]);
    document->text = arena_str(document->arena, (struct str){prose->text.items, prose->text.count});
    document->paragraphs = true;
    prose_free(prose);
    return true;
}
