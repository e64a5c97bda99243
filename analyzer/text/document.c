/* One input: its lines and pages, and the ways between text, raw bytes and positions. */

#include "text/document.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/boxes.h"
#include "text/columns.h"
#include "text/decode.h"
#include "text/format.h"
#include "text/repair.h"

enum {
    BAD_BYTES_ONE_IN = 1000, /* more no characters than that: not read reliably */
    MENDED_ONE_IN = 50,      /* more damaged words than that: neither */
    COLUMN_STEP = 4096,      /* bytes between two entries of columns */
    HEADINGS_MAX = 16,       /* of a heading path; keeps it short and the work linear */
};

/* Index of the last of `count` sorted numbers that is not above `value`; 0 when all are. */
static uint32_t
last_not_above(const uint32_t *numbers, uint32_t count, uint32_t value)
{
    uint32_t low = 0;
    uint32_t high = count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (numbers[middle] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

/* Code points that begin in a range; continuation bytes do not count. */
static uint32_t
count_code_points(struct str s)
{
    uint32_t count = 0;

    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.data[i] & 0xC0) != 0x80;
    return count;
}

static bool
has_text(struct str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);

        if (!utf8_is_blank(c) && c != 0xAD)
            return true;
    }
    return false;
}

/* Lines and pages are counted before they are kept: growing would cost twice the memory. */
static void
find_lines_and_pages(struct document *document)
{
    struct str text = document->text;
    size_t end = text.len; /* of the last character that is no blank */
    uint32_t lines = 1;
    uint32_t pages = 0;
    bool blank = true; /* the character before was one */

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool is_blank = c == ' ' || (c >= '\t' && c <= '\r') ||
                        (c == '\xA0' && i && text.data[i - 1] == '\xC2'); /* no-break */

        lines += c == '\n';
        pages += c == '\f';
        document->words += blank && !is_blank;
        blank = is_blank;
    }
    while (end > 0 && str_trim(str_slice(text, end - 1, end)).len == 0)
        end--;
    array_reserve(document->arena, &document->lines, lines);
    array_push(document->arena, &document->lines, 0);
    if (document->origin_kind == ORIGIN_BOXES)
        pages = 0; /* known already, and form feeds that end the text begin pages too */
    if (pages) {
        array_reserve(document->arena, &document->pages, (size_t)pages + 1);
        array_push(document->arena, &document->pages, 0);
    }
    for (uint32_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n' && i + 1 < text.len)
            array_push(document->arena, &document->lines, i + 1);
        else if (pages && text.data[i] == '\f' && i < end) /* one at the very end begins no page */
            array_push(document->arena, &document->pages, i + 1);
    }
}

static void
count_columns(struct document *document)
{
    struct str text = document->text;
    uint32_t before = 0;

    array_reserve(document->arena, &document->columns, text.len / COLUMN_STEP + 1);
    for (size_t at = 0; at <= text.len; at += COLUMN_STEP) {
        size_t end = text.len - at < COLUMN_STEP ? text.len : at + COLUMN_STEP;

        array_push(document->arena, &document->columns, before);
        before += count_code_points(str_slice(text, at, end));
    }
}

/* Columns are put in reading order, as those of a PDF are; the way back to the bytes is lost. */
static void
separate_columns(struct document *document)
{
    if (!columns_separate(document->arena, document->text, &document->text))
        return;
    document->origin_kind = ORIGIN_NONE;
    document->origin.count = 0;
    document_note(document, "note.columns", 0);
}

bool
document_build(struct document *document, struct arena *arena, const struct source *source,
               struct error *error)
{
    return document_build_as(document, arena, source, FORMAT_AUTO, error);
}

bool
document_build_as(struct document *document, struct arena *arena, const struct source *source,
                  enum format format, struct error *error)
{
    *document = (struct document){
        .arena = arena,
        .name = source->name,
        .raw = source->bytes,
    };
    if (!format_read(document, format, error))
        return false;
    if (!has_text(document->text))
        return error_set(error,
                         "%.*s: holds no text; if it comes from a scanned PDF, run "
                         "ocrmypdf -l ita on that first",
                         STR_ARG(document->name));
    if (document->origin_kind == ORIGIN_BYTES && !document->paragraphs)
        separate_columns(document);
    hash_sha256(document->raw, document->sha256);
    find_lines_and_pages(document);
    count_columns(document);
    return true;
}

/* Index of the first origin point at or behind a text offset; their number if there is none. */
static uint32_t
point_from(const struct document *document, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = document->origin.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (document->origin.items[middle].text < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/*
 * Raw offset of the code point that a text offset lies in, decoded from a point before it; `up`: of
 * the one behind it.
 */
static uint32_t
walk_raw(const struct document *document, const struct origin_point *point, uint32_t offset,
         bool up)
{
    uint32_t text = point->text;
    size_t raw = point->raw;

    while (text < offset && raw < document->raw.len) {
        size_t next = raw;
        uint32_t c = decode_next(document->encoding, document->raw, &next);
        char bytes[4];
        uint32_t len = (uint32_t)utf8_put(c == UTF8_BAD ? 0xFFFD : c, bytes);

        if (text + len > offset)
            return (uint32_t)(up ? next : raw);
        text += len;
        raw = next;
    }
    return (uint32_t)raw;
}

/* Text that stands nowhere begins where the text behind it does. */
static uint32_t
raw_begin(const struct document *document, uint32_t offset)
{
    const struct origin_point *points = document->origin.items;
    uint32_t count = document->origin.count;
    uint32_t i = point_from(document, offset);

    while (i < count && points[i].text == offset)
        i++;
    if (i > 0 && points[i - 1].raw != ORIGIN_NOWHERE)
        return walk_raw(document, &points[i - 1], offset, false);
    return i < count ? points[i].raw : (uint32_t)document->raw.len;
}

/* ... and ends where the text before it does. */
static uint32_t
raw_end(const struct document *document, uint32_t offset)
{
    const struct origin_point *points = document->origin.items;
    uint32_t i = point_from(document, offset);

    if (i == 0)
        return points[0].raw == ORIGIN_NOWHERE ? 0 : points[0].raw;
    if (points[i - 1].raw == ORIGIN_NOWHERE) {
        if (i == 1)
            return 0;
        offset = points[--i].text;
    } else if (i < document->origin.count && points[i].text == offset &&
               points[i].raw != ORIGIN_NOWHERE) {
        return points[i].raw; /* behind what is written otherwise in the input */
    }
    return walk_raw(document, &points[i - 1], offset, true);
}

struct span
document_raw(const struct document *document, struct span span)
{
    struct span raw;

    if (document->origin.count == 0)
        return span;
    raw.begin = raw_begin(document, span.begin);
    raw.end = raw_end(document, span.end);
    return raw.begin <= raw.end ? raw : (struct span){raw.begin, raw.begin};
}

static uint32_t
code_points_before(const struct document *document, uint32_t offset)
{
    uint32_t step = offset / COLUMN_STEP;

    return document->columns.items[step] +
           count_code_points(str_slice(document->text, (size_t)step * COLUMN_STEP, offset));
}

struct position
document_position(const struct document *document, uint32_t offset)
{
    uint32_t line;

    if (offset > document->text.len)
        offset = (uint32_t)document->text.len;
    line = last_not_above(document->lines.items, document->lines.count, offset);
    return (struct position){
        .line = line + 1,
        .column = code_points_before(document, offset) -
                  code_points_before(document, document->lines.items[line]) + 1,
    };
}

uint32_t
document_page(const struct document *document, uint32_t offset)
{
    if (document->origin_kind == ORIGIN_BOXES)
        return boxes_page(document, offset);
    if (document->pages.count == 0)
        return 0;
    return last_not_above(document->pages.items, document->pages.count, offset) + 1;
}

uint32_t
document_clause_at(const struct document *document, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = document->clauses.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (document->clauses.items[middle].span.begin <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

uint32_t
document_unit_at(const struct document *document, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = document->units.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (document->units.items[middle].span.begin <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

/* Hyphens and blanks: what is cut inside a word or between words, and parts no sentence. */
static bool
is_small_cut(const struct document *document, const struct edit *edit)
{
    struct str cut = str_span(document->text, edit->span);

    for (size_t at = 0; at < cut.len;) {
        uint32_t c = utf8_next(cut, &at);

        if (c != '-' && c != 0x2010 && c != 0xAD && !utf8_is_blank(c))
            return false;
    }
    return true;
}

static struct span
trim_span(struct str text, struct span span)
{
    size_t begin = span.begin;
    size_t end = span.end;

    while (begin < end) {
        size_t next = begin;

        if (!utf8_is_blank(utf8_next(text, &next)))
            break;
        begin = next;
    }
    while (end > begin) {
        size_t last = end - 1;
        size_t next;

        while (last > begin && ((unsigned char)text.data[last] & 0xC0) == 0x80)
            last--;
        next = last;
        if (!utf8_is_blank(utf8_next(text, &next)))
            break;
        end = last;
    }
    return (struct span){(uint32_t)begin, (uint32_t)(end > begin ? end : begin)};
}

static size_t
add_part(const struct document *document, uint32_t begin, uint32_t end, struct span *parts,
         size_t count, size_t max)
{
    struct span part;

    if (begin >= end || count >= max)
        return count;
    part = trim_span(document->text, (struct span){begin, end});
    if (span_len(part) == 0)
        return count;
    parts[count] = part;
    return count + 1;
}

size_t
document_parts(const struct document *document, struct span span, struct span *parts, size_t max)
{
    struct repaired walk = repaired_begin(document, span);
    uint32_t begin = span.begin;
    size_t count = 0;

    for (uint32_t i = walk.edit; i < document->edits.count; i++) {
        const struct edit *edit = &document->edits.items[i];

        if (edit->span.begin >= span.end)
            break;
        if (edit->kind != EDIT_CUT || is_small_cut(document, edit))
            continue;
        count = add_part(document, begin, edit->span.begin, parts, count, max);
        begin = edit->span.end;
    }
    return add_part(document, begin, span.end, parts, count, max);
}

struct str
document_readable(struct arena *arena, const struct document *document, struct span span)
{
    struct repaired walk = repaired_begin(document, span);
    bool blank = true; /* nothing but blanks since the last word */
    uint32_t code_point;
    uint32_t offset;
    size_t len = 0;
    size_t room = span_len(span) + 16; /* half a character at either end takes more */
    char *out;

    /* Zero-width edits add a blank each. */
    for (uint32_t i = walk.edit; i < document->edits.count; i++) {
        if (document->edits.items[i].span.begin >= span.end)
            break;
        room++;
    }
    out = arena_new(arena, char, room + 1);
    while (repaired_next(&walk, &code_point, &offset)) {
        bool is_blank = utf8_is_blank(code_point);

        if (!is_blank)
            len += utf8_put(code_point, out + len);
        else if (!blank)
            out[len++] = ' ';
        blank = is_blank;
    }
    if (len && out[len - 1] == ' ')
        out[--len] = '\0';
    return (struct str){out, len};
}

struct str
document_heading_path(struct arena *arena, const struct document *document, uint32_t clause)
{
    struct str path = {"", 0};
    int32_t heading;

    if (clause >= document->clauses.count)
        return path;
    heading = document->clauses.items[clause].heading;
    for (int level = 0; level < HEADINGS_MAX && heading >= 0; level++) {
        const struct heading *item = &document->headings.items[heading];
        struct str text = {"", 0};

        if (item->unit < document->units.count)
            text = document_readable(arena, document, document->units.items[item->unit].span);
        path = path.len ? arena_format(arena, "%.*s > %.*s", STR_ARG(text), STR_ARG(path)) : text;
        heading = item->parent;
    }
    return path;
}

void
document_note(struct document *document, const char *message, uint32_t number)
{
    struct note note = {message, number};

    for (uint32_t i = 0; i < document->notes.count; i++) {
        if (strcmp(document->notes.items[i].message, message) == 0) {
            document->notes.items[i].number += number;
            return;
        }
    }
    array_push(document->arena, &document->notes, note);
}

bool
document_reliable(const struct document *document, struct error *error)
{
    for (uint32_t i = 0; i < document->notes.count; i++) {
        const struct note *note = &document->notes.items[i];
        if (strcmp(note->message, "note.scanned-pages") == 0)
            return error_set(
                error,
                "%.*s: not read reliably: pages that are pictures without text: %u; run "
                "ocrmypdf -l ita IN OUT on it first",
                STR_ARG(document->name), note->number);
        if (strcmp(note->message, "note.bad-bytes") == 0 &&
            note->number > document->raw.len / BAD_BYTES_ONE_IN)
            return error_set(error,
                             "%.*s: not read reliably: bytes that are no characters: %u; save it "
                             "as UTF-8 from the program it was written with",
                             STR_ARG(document->name), note->number);
        if (strcmp(note->message, "note.mended") == 0 &&
            note->number > document->words / MENDED_ONE_IN)
            return error_set(error,
                             "%.*s: not read reliably: words damaged: %u of about %u; extract "
                             "or scan the text again",
                             STR_ARG(document->name), note->number, document->words);
        if (strcmp(note->message, "note.unknown-words") == 0)
            return error_set(error,
                             "%.*s: not read reliably: %u %% of its words are unknown; extract or "
                             "scan the text again",
                             STR_ARG(document->name), note->number);
    }
    return true;
}
