/* What was read, in reading order, as records of text/pdf_protocol.h. */

#include <errno.h>
#include <math.h>
#include <unistd.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "pdf/page.h"
#include "text/pdf_protocol.h"

enum {
    CHUNK = 64 << 10,
    INDENT_MOST = 60, /* columns */
    GAP_BLANKS = 3,   /* between the cells of a row */
};

struct emitter {
    struct paper *paper;
    char *bytes;
    size_t used;
    bool broken;
    uint32_t lines;
    ARRAY(char) text; /* of the line at hand */
    ARRAY(struct glyph) glyphs;
    ARRAY(uint32_t) notes; /* footnotes and the like, kept back: page and line in turn */
};

static void
flush(struct emitter *e)
{
    for (size_t at = 0; at < e->used && !e->broken;) {
        ssize_t done = write(STDOUT_FILENO, e->bytes + at, e->used - at);

        if (done > 0)
            at += (size_t)done;
        else if (done < 0 && errno != EINTR)
            e->broken = true;
    }
    e->used = 0;
}

static void
put(struct emitter *e, const void *bytes, size_t count)
{
    const char *from = bytes;

    while (count > CHUNK - e->used) {
        size_t part = CHUNK - e->used;

        memcpy(e->bytes + e->used, from, part);
        e->used += part;
        from += part;
        count -= part;
        flush(e);
    }
    memcpy(e->bytes + e->used, from, count);
    e->used += count;
}

static void
put_u16(struct emitter *e, uint32_t value)
{
    unsigned char bytes[2] = {value & 0xFF, (value >> 8) & 0xFF};

    put(e, bytes, sizeof bytes);
}

static void
put_box(struct emitter *e, const uint16_t box[4])
{
    unsigned char bytes[PDF_BOX_BYTES];

    for (int i = 0; i < 4; i++) {
        bytes[2 * i] = (unsigned char)(box[i] & 0xFF);
        bytes[2 * i + 1] = (unsigned char)(box[i] >> 8);
    }
    put(e, bytes, sizeof bytes);
}

static void
put_u32(struct emitter *e, uint32_t value)
{
    put_u16(e, value & 0xFFFF);
    put_u16(e, value >> 16);
}

static void
put_head(struct emitter *e, char kind, uint32_t flags, uint32_t number)
{
    unsigned char bytes[2] = {(unsigned char)kind, flags & 0xFF};

    put(e, bytes, sizeof bytes);
    put_u16(e, number);
}

/* --- lines -------------------------------------------------------------------------------- */

/* Room has been made: see collect_text. */
static void
add_code(struct emitter *e, struct glyph glyph)
{
    if (glyph.code < 0x80)
        e->text.items[e->text.count++] = (char)glyph.code;
    else
        e->text.count += (uint32_t)utf8_put(glyph.code, e->text.items + e->text.count);
    e->glyphs.items[e->glyphs.count++] = glyph;
}

/* A blank has no width: it stands at the end of the glyph before. */
static void
add_blanks(struct emitter *e, int count)
{
    struct glyph blank = e->glyphs.items[e->glyphs.count - 1];

    blank.code = ' ';
    blank.box[0] = blank.box[2];
    for (int i = 0; i < count; i++)
        add_code(e, blank);
}

static void
collect_text(struct emitter *e, const struct page *page, const struct line *line)
{
    size_t most = 0;
    float last = 0;

    for (uint32_t i = 0; i < line->count; i++) {
        const struct segment *s = &page->segments.items[page->order.items[line->first + i]];

        most += s->glyphs + (size_t)s->count * GAP_BLANKS;
    }
    e->text.count = 0;
    e->glyphs.count = 0;
    array_reserve(&e->paper->arena, &e->text, most * 4);
    array_reserve(&e->paper->arena, &e->glyphs, most);
    for (uint32_t i = 0; i < line->count; i++) {
        const struct segment *s = &page->segments.items[page->order.items[line->first + i]];

        for (uint32_t k = 0; k < s->count; k++) {
            const struct word *word = &page->words.items[s->first + k];
            bool gap = k == 0 && word->x0 - last > 1.5F * s->size;

            if (e->glyphs.count)
                add_blanks(e, gap ? GAP_BLANKS : 1);
            for (uint32_t g = 0; g < word->count; g++)
                add_code(e, page->glyphs.items[word->first + g]);
            last = word->x1;
        }
    }
}

/* As the page is displayed again. */
static void
put_turned(struct emitter *e, enum turn turn, const uint16_t box[4])
{
    uint16_t across[2] = {PDF_BOX_MOST - box[2], PDF_BOX_MOST - box[0]};
    uint16_t along[2] = {PDF_BOX_MOST - box[3], PDF_BOX_MOST - box[1]};

    switch (turn) {
    case TURN_NONE:
        put_box(e, box);
        break;
    case TURN_DOWN:
        put_box(e, (uint16_t[4]){along[0], box[0], along[1], box[2]});
        break;
    case TURN_OVER:
        put_box(e, (uint16_t[4]){across[0], along[0], across[1], along[1]});
        break;
    case TURN_UP:
        put_box(e, (uint16_t[4]){box[1], across[0], box[3], across[1]});
        break;
    }
}

static void
put_line(struct emitter *e, uint32_t page_index, const struct line *line, float left)
{
    const struct page *page = &e->paper->pages.items[page_index];
    float indent = (line->x0 - left) / fmaxf(line->size * 0.5F, 1);
    uint32_t flags = (line->flags & LINE_JOINS ? PDF_LINE_JOINS : 0) |
                     (line->flags & LINE_APART ? PDF_LINE_APART : 0) |
                     (line->flags & LINE_RUNNING ? PDF_LINE_RUNNING : 0);

    collect_text(e, page, line);
    put_head(e, 'L', flags, (uint32_t)fminf(fmaxf(indent, 0), INDENT_MOST));
    put_u32(e, page_index + 1);
    put_u32(e, e->glyphs.count);
    put_u32(e, e->text.count);
    put(e, e->text.items, e->text.count);
    for (uint32_t i = 0; i < e->glyphs.count; i++)
        put_turned(e, page->turn, e->glyphs.items[i].box);
    e->lines++;
}

/* Footnotes stand where no paragraph is open: a sentence may go on over the page. */
static void
put_notes(struct emitter *e)
{
    for (uint32_t i = 0; i + 1 < e->notes.count; i += 2) {
        const struct page *page = &e->paper->pages.items[e->notes.items[i]];
        const struct line *line = &page->lines.items[e->notes.items[i + 1]];

        put_line(e, e->notes.items[i], line, line->x0);
    }
    e->notes.count = 0;
}

static void
put_page(struct emitter *e, uint32_t index)
{
    const struct page *page = &e->paper->pages.items[index];

    put_head(e, 'P', page->picture ? PDF_PAGE_PICTURE : 0, 0);
    bool aside = page->turn == TURN_DOWN || page->turn == TURN_UP;
    put_u32(e, (uint32_t)((aside ? page->height : page->width) * 100));
    put_u32(e, (uint32_t)((aside ? page->width : page->height) * 100));
    for (uint32_t k = 0; k < page->leaves.count; k++) {
        const struct leaf *leaf = &page->leaves.items[k];

        for (uint32_t i = leaf->first; i < leaf->first + leaf->count; i++) {
            const struct line *line = &page->lines.items[i];

            if (line->flags & (LINE_FOOTNOTE | LINE_ASIDE)) {
                array_push(&e->paper->arena, &e->notes, index);
                array_push(&e->paper->arena, &e->notes, i);
                continue;
            }
            if (!(line->flags & (LINE_JOINS | LINE_RUNNING)))
                put_notes(e);
            put_line(e, index, line, leaf->cell ? line->x0 : leaf->x0);
        }
    }
}

bool
paper_emit(struct paper *paper)
{
    struct emitter e = {.paper = paper};

    e.bytes = arena_new(&paper->arena, char, CHUNK);
    put(&e, PDF_MAGIC, sizeof PDF_MAGIC - 1);
    for (uint32_t i = 0; i < paper->pages.count && !e.broken; i++)
        put_page(&e, i);
    put_notes(&e);
    put_head(&e, 'E', 0, 0);
    put_u32(&e, paper->pages.count);
    put_u32(&e, e.lines);
    flush(&e);
    return !e.broken;
}

bool
failure_emit(int code, uint32_t number)
{
    struct paper none = {0};
    struct emitter e = {.paper = &none};

    e.bytes = arena_new(&none.arena, char, CHUNK);
    put(&e, PDF_MAGIC, sizeof PDF_MAGIC - 1);
    put_head(&e, 'F', (uint32_t)code, 0);
    put_u32(&e, number);
    flush(&e);
    arena_free(&none.arena);
    return !e.broken;
}
