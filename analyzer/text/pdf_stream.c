/* The PDF helper's answer: checked byte by byte, then made a document's text and boxes. */

#include "base/bounds.h"
#include "base/utf8.h"
#include "text/boxes.h"
#include "text/pdf.h"
#include "text/pdf_protocol.h"

enum {
    INDENT_MOST = 60,    /* columns */
    PAGE_MOST = 2000000, /* 1/100 point: 20,000 points, more than PDF allows */
    LINE_MOST = 1 << 20, /* code points: a line of a page 2 m wide has 2,000 */
};

/* The answer, and how far it was read. */
struct stream {
    struct document *document;
    const unsigned char *bytes;
    size_t len;
    size_t at;
    uint32_t lines;
    uint32_t pictures; /* pages that are scans without text */
    uint32_t runs;     /* lines that are running headers and footers */
    ARRAY(char) text;
};

struct head {
    uint8_t kind;
    uint8_t flags;
    uint16_t number;
};

static bool
fail_senseless(const struct stream *s, struct error *error)
{
    return error_set(error,
                     "%.*s: the PDF reader gave an answer that makes no sense (byte %zu); if other "
                     "PDFs fail too, install cavillo again",
                     STR_ARG(s->document->name), s->at);
}

static bool
take_u16(struct stream *s, uint16_t *value)
{
    if (s->len - s->at < 2)
        return false;
    *value = (uint16_t)(s->bytes[s->at] | s->bytes[s->at + 1] << 8);
    s->at += 2;
    return true;
}

static bool
take_u32(struct stream *s, uint32_t *value)
{
    uint16_t low, high;

    if (!take_u16(s, &low) || !take_u16(s, &high))
        return false;
    *value = (uint32_t)high << 16 | low;
    return true;
}

static bool
take_head(struct stream *s, struct head *head)
{
    if (s->len - s->at < 4)
        return false;
    head->kind = s->bytes[s->at];
    head->flags = s->bytes[s->at + 1];
    s->at += 2;
    return take_u16(s, &head->number);
}

static void
put(struct stream *s, char c, uint32_t times)
{
    for (uint32_t i = 0; i < times; i++)
        array_push(s->document->arena, &s->text, c);
}

/* --- pages and lines ---------------------------------------------------------------------- */

static bool
take_page(struct stream *s, struct head head)
{
    struct document *document = s->document;
    uint32_t width, height;

    if (!take_u32(s, &width) || !take_u32(s, &height) || width > PAGE_MOST || height > PAGE_MOST ||
        head.flags > PDF_PAGE_PICTURE || head.number != 0 ||
        document->pages.count == BOUND_PDF_PAGES)
        return false;
    if (document->pages.count)
        put(s, '\f', 1);
    s->pictures += head.flags & PDF_PAGE_PICTURE;
    array_push(document->arena, &document->pages, s->text.count);
    array_push(document->arena, &document->sizes,
               ((struct page_size){(float)width / 100, (float)height / 100}));
    return true;
}

/* Valid, no control characters, as many code points as boxes, not all of them blank. */
static bool
is_good_text(struct str text, uint32_t code_points)
{
    uint32_t count = 0;
    bool visible = false;
    size_t at = 0;

    while (at < text.len) {
        uint32_t c = utf8_next(text, &at);

        if (c == UTF8_BAD || c < 0x20 || (c >= 0x7F && c < 0xA0))
            return false;
        visible = visible || !utf8_is_blank(c);
        count++;
    }
    return visible && count == code_points && text.data[0] != ' ';
}

static bool
take_boxes(struct stream *s, uint32_t count)
{
    struct document *document = s->document;

    array_reserve(document->arena, &document->boxes, (size_t)document->boxes.count + count);
    for (uint32_t i = 0; i < count; i++) {
        struct box box;

        if (!take_u16(s, &box.x0) || !take_u16(s, &box.y0) || !take_u16(s, &box.x1) ||
            !take_u16(s, &box.y1) || box.x0 > box.x1 || box.y0 > box.y1)
            return false;
        document->boxes.items[document->boxes.count++] = box;
    }
    return true;
}

static bool
take_line(struct stream *s, struct head head)
{
    struct document *document = s->document;
    uint32_t page, code_points, bytes, pages = document->pages.count;
    bool joins = head.flags & PDF_LINE_JOINS, running = head.flags & PDF_LINE_RUNNING;
    struct laid_line line = {.box = document->boxes.count};
    struct str text;

    if (!take_u32(s, &page) || !take_u32(s, &code_points) || !take_u32(s, &bytes))
        return false;
    if (head.flags > (PDF_LINE_JOINS | PDF_LINE_APART | PDF_LINE_RUNNING) ||
        head.number > INDENT_MOST || page == 0 || page > pages || code_points == 0 ||
        code_points > LINE_MOST || bytes > s->len - s->at ||
        (s->len - s->at - bytes) / PDF_BOX_BYTES < code_points)
        return false;
    text = (struct str){(const char *)s->bytes + s->at, bytes};
    if (!is_good_text(text, code_points))
        return false;
    s->at += bytes;
    /* A blank line where there is more room than usual, but not above a page's first line. */
    if ((head.flags & PDF_LINE_APART) && !joins && s->text.count > document->pages.items[pages - 1])
        put(s, '\n', 1);
    put(s, ' ', head.number);
    line.begin = s->text.count;
    line.page = page;
    line.flags = (joins ? LAID_JOINS : 0) | (running ? LAID_RUNNING : 0);
    array_push(document->arena, &document->laid, line);
    array_reserve(document->arena, &s->text, (size_t)s->text.count + bytes + 1);
    memcpy(s->text.items + s->text.count, text.data, bytes);
    s->text.count += bytes;
    put(s, '\n', 1);
    s->lines++;
    s->runs += running;
    return take_boxes(s, code_points);
}

/* --- the whole ---------------------------------------------------------------------------- */

static bool
fail_as_told(struct stream *s, enum pdf_failure failure, uint32_t number, struct error *error)
{
    struct str name = s->document->name;

    switch (failure) {
    case PDF_FAILURE_DAMAGED:
        return error_set(error,
                         "%.*s: is damaged, or no PDF behind its first bytes; open it in a viewer "
                         "and save it anew",
                         STR_ARG(name));
    case PDF_FAILURE_PASSWORD:
        return error_set(error,
                         "%.*s: is locked by a password; save a copy without one (qpdf --decrypt "
                         "--password=... IN OUT)",
                         STR_ARG(name));
    case PDF_FAILURE_PAGES:
        if (number == 0)
            return error_set(error, "%.*s: has no pages", STR_ARG(name));
        return error_set(error, "%.*s: has %u pages, more than %d; split it", STR_ARG(name), number,
                         BOUND_PDF_PAGES);
    case PDF_FAILURE_TEXT:
        return error_set(error, "%.*s: has more than %d characters; split it", STR_ARG(name),
                         BOUND_PDF_GLYPHS);
    case PDF_FAILURE_INPUT:
        return error_set(error, "%.*s: could not be handed to the PDF reader; is memory short?",
                         STR_ARG(name));
    case PDF_FAILURE_COUNT:
        break;
    }
    return fail_senseless(s, error);
}

/* Some text, or a message that tells pictures from nothing. */
static bool
check_text(struct stream *s, struct error *error)
{
    struct document *document = s->document;
    uint32_t pages = document->pages.count;

    if (s->lines > s->runs) {
        if (s->pictures)
            document_note(document, "note.scanned-pages", s->pictures);
        return true;
    }
    if (s->pictures)
        return error_set(error,
                         "%.*s: is a scan without text (%u of %u pages are pictures); run "
                         "ocrmypdf -l ita IN OUT on it first",
                         STR_ARG(document->name), s->pictures, pages);
    return error_set(error, "%.*s: has no text on its %u page%s", STR_ARG(document->name), pages,
                     pages == 1 ? "" : "s");
}

static bool
take_end(struct stream *s, struct error *error)
{
    uint32_t pages, lines;

    if (!take_u32(s, &pages) || !take_u32(s, &lines) || s->at != s->len || pages == 0 ||
        pages != s->document->pages.count || lines != s->lines)
        return fail_senseless(s, error);
    array_push(s->document->arena, &s->text, '\0');
    s->document->text = (struct str){s->text.items, s->text.count - 1};
    return check_text(s, error);
}

bool
pdf_take(struct document *document, struct str stream, struct error *error)
{
    struct stream s = {
        .document = document,
        .bytes = (const unsigned char *)stream.data,
        .len = stream.len,
        .at = sizeof PDF_MAGIC - 1,
    };
    struct head head;
    uint32_t number;

    if (!str_starts(stream, STR(PDF_MAGIC)))
        return fail_senseless(&s, error);
    document->origin_kind = ORIGIN_BOXES;
    array_reserve(document->arena, &document->boxes, stream.len / 10);
    array_reserve(document->arena, &s.text, stream.len / 8);
    while (take_head(&s, &head)) {
        if (head.kind == 'E' && head.flags == 0 && head.number == 0)
            return take_end(&s, error);
        if (head.kind == 'F' && take_u32(&s, &number) && s.at == s.len)
            return fail_as_told(&s, head.flags, number, error);
        if (head.kind == 'P' ? !take_page(&s, head) : head.kind != 'L' || !take_line(&s, head))
            break;
    }
    return fail_senseless(&s, error);
}
