/*
 * The contract's own words as reports show them: readable text, excerpts around a mark, exact
 * quotes, and positions.
 */

#include "report/shown.h"

#include "base/bounds.h"
#include "base/utf8.h"

static struct str
replacement(void)
{
    return STR("\xEF\xBF\xBD");
}

void
buffer_str(struct buffer *buffer, struct str s)
{
    if (s.len == 0)
        return;
    array_reserve(buffer->arena, &buffer->bytes, (size_t)buffer->bytes.count + s.len);
    memcpy(buffer->bytes.items + buffer->bytes.count, s.data, s.len);
    buffer->bytes.count += (uint32_t)s.len;
}

void
buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    struct str s = arena_vformat(buffer->arena, format, args);
    va_end(args);
    buffer_str(buffer, s);
}

struct str
buffer_get(const struct buffer *buffer)
{
    if (buffer->bytes.count == 0)
        return STR("");
    return (struct str){buffer->bytes.items, buffer->bytes.count};
}

/* C0 and C1 controls, and the signs that turn the direction of what follows. */
static bool
is_harmful(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == UTF8_BAD;
}

static bool
is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

struct shown_walk
shown_begin(const struct document *document, struct span span, bool blank)
{
    return (struct shown_walk){repaired_begin(document, span), blank};
}

/*
 * A blank is handed out only when a letter follows, so the walk has to be able to go one step
 * back: the walk is a small value, its copy is the way back.
 */
bool
shown_next(struct shown_walk *walk, uint32_t *code_point)
{
    uint32_t c;
    uint32_t offset;

    for (;;) {
        struct repaired before = walk->walk;
        if (!repaired_next(&walk->walk, &c, &offset))
            return false;
        if (is_invisible(c))
            continue;
        if (utf8_is_blank(c) || c == '\n' || c == '\r' || c == '\f' || c == '\t') {
            walk->blank = true;
            continue;
        }
        if (walk->blank) {
            walk->blank = false;
            walk->walk = before;
            *code_point = ' ';
            return true;
        }
        *code_point = is_harmful(c) ? 0xFFFD : c;
        return true;
    }
}

/* Appends the readable text of a span; stops after `max` bytes.  Returns the blank owed. */
static bool
append_readable(struct buffer *buffer, const struct document *document, struct span span,
                bool blank, size_t max)
{
    struct shown_walk walk = shown_begin(document, span, blank);
    char chunk[512];
    size_t length = 0;
    size_t written = 0;
    uint32_t c;

    while (written + length < max && shown_next(&walk, &c)) {
        length += utf8_put(c, chunk + length);
        if (length > sizeof chunk - 4) {
            buffer_str(buffer, (struct str){chunk, length});
            written += length;
            length = 0;
        }
    }
    buffer_str(buffer, (struct str){chunk, length});
    return walk.blank;
}

/* The last blank at or before `at`, or `at` moved back to a code point when there is none near. */
static size_t
word_before(struct str s, size_t at)
{
    size_t floor = at > 40 ? at - 40 : 0;

    for (size_t i = at; i > floor; i--)
        if (s.data[i] == ' ')
            return i;
    while (at > 0 && ((unsigned char)s.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static size_t
word_after(struct str s, size_t at)
{
    size_t ceiling = s.len - at > 40 ? at + 40 : s.len;

    for (size_t i = at; i < ceiling; i++)
        if (s.data[i] == ' ')
            return i + 1;
    while (at < s.len && ((unsigned char)s.data[at] & 0xC0) == 0x80)
        at++;
    return at;
}

struct str
shown_cut(struct arena *arena, struct str s, size_t max)
{
    if (s.len <= max)
        return s;

    struct str head = str_trim(str_slice(s, 0, word_before(s, max)));
    while (head.len > 0 && (head.data[head.len - 1] == ',' || head.data[head.len - 1] == ';' ||
                            head.data[head.len - 1] == ':'))
        head.len--;
    return arena_format(arena, "%.*s…", STR_ARG(head));
}

struct str
shown_sentence(struct arena *arena, struct str s, size_t max)
{
    s = str_trim(s);
    size_t end = str_find(s, STR(". "));
    /* "art. 36" is no end: a sentence ends before a capital letter. */
    while (end + 2 < s.len && !(s.data[end + 2] >= 'A' && s.data[end + 2] <= 'Z')) {
        size_t next = str_find(str_slice(s, end + 2, s.len), STR(". "));
        end = end + 2 + next;
    }
    if (end < s.len)
        s.len = end;
    if (str_ends(s, STR(".")))
        s.len--;
    return shown_cut(arena, s, max);
}

struct str
shown_clean(struct arena *arena, struct str s)
{
    struct buffer buffer = {.arena = arena};
    size_t at = 0;

    while (at < s.len) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        buffer_str(&buffer, is_harmful(c) ? replacement() : str_slice(s, from, at));
    }
    return buffer_get(&buffer);
}

struct str
shown_short(struct arena *arena, const struct document *document, struct span span, size_t max)
{
    struct buffer buffer = {.arena = arena};

    append_readable(&buffer, document, shown_trim(document, span), false, max + 8);
    return shown_cut(arena, buffer_get(&buffer), max);
}

static void
append_excerpt(struct buffer *out, struct str s, size_t begin, size_t end, size_t max)
{
    size_t mark = end - begin;
    size_t room = max > mark ? max - mark : 0;
    size_t before = begin < room / 2 ? begin : room / 2;
    size_t after = s.len - end < room - before ? s.len - end : room - before;

    if (before + after < room)
        before = begin < room - after ? begin : room - after;
    size_t from = before == begin ? 0 : word_after(s, begin - before);
    size_t to = after == s.len - end ? s.len : word_before(s, end + after);
    if (from > begin)
        from = begin;
    if (to < end)
        to = end;

    if (from > 0)
        buffer_format(out, "… ");
    buffer_str(out, str_slice(s, from, begin));
    buffer_format(out, "%c", SHOWN_MARK);
    if (mark <= max) {
        buffer_str(out, str_slice(s, begin, end));
    } else {
        size_t first = word_before(s, begin + max * 2 / 3);
        size_t last = word_after(s, end - max / 3);
        buffer_str(out, str_slice(s, begin, first));
        buffer_format(out, " … ");
        buffer_str(out, str_slice(s, last, end));
    }
    buffer_format(out, "%c", SHOWN_PLAIN);
    buffer_str(out, str_slice(s, end, to));
    if (to < s.len)
        buffer_format(out, " …");
}

struct str
shown_excerpt(struct arena *arena, const struct document *document, uint32_t unit, struct span mark,
              size_t max)
{
    const struct unit *u = &document->units.items[unit];
    struct buffer text = {.arena = arena};
    struct buffer excerpt = {.arena = arena};
    struct span own = shown_trim(document, u->span);
    bool blank = false;

    for (uint32_t i = 0; i + 1 < u->piece_count; i++) {
        struct span piece = document->pieces.items[u->first_piece + i];
        buffer_str(&text, shown_short(arena, document, piece, max / 3));
        blank = true;
    }
    mark = shown_trim(document, mark);
    if (mark.begin == mark.end || !span_contains(own, mark))
        mark = own;

    blank = append_readable(&text, document, (struct span){own.begin, mark.begin}, blank,
                            UINT32_MAX / 2);
    if (blank && text.bytes.count > 0)
        buffer_str(&text, STR(" "));
    size_t begin = text.bytes.count;
    blank = append_readable(&text, document, mark, false, UINT32_MAX / 2);
    size_t end = text.bytes.count;
    append_readable(&text, document, (struct span){mark.end, own.end}, blank, UINT32_MAX / 2);
    append_excerpt(&excerpt, buffer_get(&text), begin, end, max);
    return buffer_get(&excerpt);
}

struct span
shown_trim(const struct document *document, struct span span)
{
    struct str s = str_span(document->text, span);
    struct str core = str_trim(s);

    if (core.len == 0)
        return (struct span){span.begin, span.begin};
    uint32_t begin = span.begin + (uint32_t)(core.data - s.data);
    return (struct span){begin, begin + (uint32_t)core.len};
}

struct str
shown_quote(struct arena *arena, const struct document *document, struct span span)
{
    struct span parts[BOUND_QUOTE_PARTS];
    struct buffer buffer = {.arena = arena};
    size_t count;

    span = shown_trim(document, span);
    count = document_parts(document, span, parts, BOUND_QUOTE_PARTS);
    if (count <= 1)
        return str_span(document->text, count == 1 ? parts[0] : span);
    for (size_t i = 0; i < count; i++) {
        struct str part = str_trim(str_span(document->text, parts[i]));
        if (i > 0)
            buffer_str(&buffer, STR(" "));
        buffer_str(&buffer, part);
    }
    return buffer_get(&buffer);
}

static uint32_t
count_code_points(struct str s)
{
    uint32_t count = 0;

    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.data[i] & 0xC0) != 0x80;
    return count;
}

/*
 * Columns are counted from the last position asked for when it is on the same line: a text of one
 * huge line with many findings would otherwise be counted from its start each time.
 */
struct position
shown_position(struct writer *w, uint32_t offset)
{
    const struct document *document = w->document;
    struct cursor *cursor = &w->cursor;
    uint32_t line = cursor->at.line;
    bool known = false;

    if (line > 0 && line <= document->lines.count) {
        uint32_t begin = document->lines.items[line - 1];
        uint32_t end = line < document->lines.count ? document->lines.items[line] : UINT32_MAX;
        known = begin <= offset && offset < end;
    }
    if (!known)
        cursor->at = document_position(document, offset);
    else if (offset >= cursor->offset)
        cursor->at.column += count_code_points(str_slice(document->text, cursor->offset, offset));
    else
        cursor->at.column -= count_code_points(str_slice(document->text, offset, cursor->offset));
    cursor->offset = offset;
    return cursor->at;
}

struct region
shown_region(struct writer *w, struct span span)
{
    struct region region;

    span = shown_trim(w->document, span);
    region.begin = shown_position(w, span.begin);
    region.end = shown_position(w, span.end);
    return region;
}
