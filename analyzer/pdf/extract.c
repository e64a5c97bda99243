/* From poppler's pages to glyphs, words and segments.  Poppler's order is a hint, no more. */

#include <math.h>
#include <poppler.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "pdf/page.h"
#include "text/pdf_protocol.h"

enum {
    FEW_GLYPHS = 60, /* a page with more is not asked for pictures */
    SIZE_MOST = 128, /* points; larger letters are no running text */
};

/* Shares of the font size. */
#define WORD_BREAK 0.6F    /* from one character to the next: no longer the same word */
#define SEGMENT_BREAK 1.0F /* from word to word: perhaps another column */
#define STRAY_HYPHEN 0.2F
#define STRAY_BLANK 0.06F /* a blank narrower than this was none, but a trick of kerning */

/* One page while it is read. */
struct reading {
    struct paper *paper;
    struct page *page;
    const PopplerRectangle *boxes;
    const GList *style; /* of the glyph at hand or of a later one */
    int style_end;      /* last glyph it holds for */
    float size;
    bool bold;
    PopplerRectangle last;   /* box of the glyph before */
    double scale_x, scale_y; /* from points to units of boxes */
    struct word word;
    bool open;     /* a word is being read */
    bool same_row; /* poppler saw no line end since the word before */
};

static double
clamp(double value, double least, double most)
{
    return value > least ? (value < most ? value : most) : least; /* NaN: the least */
}

/* Poppler's rectangles may be turned around, and hold anything at all. */
static PopplerRectangle
upright(const struct page *page, const PopplerRectangle *box)
{
    bool aside = page->turn == TURN_DOWN || page->turn == TURN_UP;
    double width = aside ? page->height : page->width, height = aside ? page->width : page->height;
    PopplerRectangle r;

    r.x1 = clamp(box->x1 < box->x2 ? box->x1 : box->x2, 0, width);
    r.x2 = clamp(box->x1 < box->x2 ? box->x2 : box->x1, r.x1, width);
    r.y1 = clamp(box->y1 < box->y2 ? box->y1 : box->y2, 0, height);
    r.y2 = clamp(box->y1 < box->y2 ? box->y2 : box->y1, r.y1, height);
    if (page->turn == TURN_DOWN)
        return (PopplerRectangle){r.y1, width - r.x2, r.y2, width - r.x1};
    if (page->turn == TURN_OVER)
        return (PopplerRectangle){width - r.x2, height - r.y2, width - r.x1, height - r.y1};
    if (page->turn == TURN_UP)
        return (PopplerRectangle){height - r.y2, r.x1, height - r.y1, r.x2};
    return r;
}

/* From letter to letter most text goes the same way. */
static enum turn
find_turn(const char *text, const PopplerRectangle *boxes, int count)
{
    uint32_t steps[4] = {0}, all = 0;
    const char *at = text;

    for (int i = 0; i < count && *at; i++) {
        const char *next = g_utf8_next_char(at);

        if (i > 0 && (unsigned char)*at > ' ' && (unsigned char)at[-1] > ' ') {
            const PopplerRectangle *a = &boxes[i - 1], *b = &boxes[i];
            double dx = b->x1 + b->x2 - a->x1 - a->x2, dy = b->y1 + b->y2 - a->y1 - a->y2;

            if (fabs(dx) >= fabs(dy))
                steps[dx >= 0 ? TURN_NONE : TURN_OVER]++;
            else
                steps[dy > 0 ? TURN_DOWN : TURN_UP]++;
            all++;
        }
        at = next;
    }
    for (int turn = TURN_DOWN; turn <= TURN_UP; turn++)
        if (steps[turn] * 4 > all * 3)
            return (enum turn)turn;
    return TURN_NONE;
}

/* Upright from now on. */
static void
turn_page(struct page *page, enum turn turn)
{
    float width = page->width;

    page->turn = turn;
    if (turn == TURN_DOWN || turn == TURN_UP) {
        page->width = page->height;
        page->height = width;
    }
}

static bool
is_bold(const char *font)
{
    static const char *const names[] = {"Bold", "bold", "BOLD", "Black", "Heavy", "Demi"};

    for (size_t i = 0; font && i < sizeof names / sizeof names[0]; i++)
        if (strstr(font, names[i]))
            return true;
    return false;
}

/* The style of glyph i; asked with i rising. */
static void
find_style(struct reading *r, int i)
{
    const PopplerTextAttributes *style;

    while (r->style && ((const PopplerTextAttributes *)r->style->data)->end_index < i)
        r->style = r->style->next;
    style = r->style ? r->style->data : NULL;
    r->style_end = style ? style->end_index : G_MAXINT;
    r->size = style ? (float)style->font_size : 0;
    r->bold = style && is_bold(style->font_name);
}

static float
apart(double a0, double a1, double b0, double b1)
{
    double gap = b0 - a1 > a0 - b1 ? b0 - a1 : a0 - b1;

    return gap > 0 ? (float)gap : 0;
}

static bool
is_vertical(const struct page *page, const struct word *word)
{
    const struct glyph *first = &page->glyphs.items[word->first];
    const struct glyph *last = &page->glyphs.items[word->first + word->count - 1];
    float dx = ((float)last->box[0] - (float)first->box[0]) * page->width;
    float dy = ((float)last->box[1] - (float)first->box[1]) * page->height;

    return word->count > 1 && fabsf(dy) > 2 * fabsf(dx);
}

/* --- segments ----------------------------------------------------------------------------- */

static bool
overlap_half(float a0, float a1, float b0, float b1)
{
    float overlap = fminf(a1, b1) - fmaxf(a0, b0);

    return overlap >= 0.5F * fminf(a1 - a0, b1 - b0);
}

static bool
continues_segment(const struct reading *r, const struct segment *segment, const struct word *word)
{
    const struct word *last = &r->page->words.items[segment->first + segment->count - 1];
    float size = fmaxf(last->size, word->size);

    if (segment->flags & SEGMENT_ASIDE)
        return r->same_row;
    return overlap_half(last->y0, last->y1, word->y0, word->y1) &&
           word->x0 - last->x1 <= SEGMENT_BREAK * size && word->x0 - last->x1 >= -0.3F * size;
}

static void
add_to_segment(struct reading *r, const struct word *word, bool aside)
{
    struct page *page = r->page;
    struct segment *last =
        page->segments.count ? &page->segments.items[page->segments.count - 1] : NULL;

    if (!last || ((last->flags & SEGMENT_ASIDE) != 0) != aside ||
        !continues_segment(r, last, word)) {
        struct segment made = {
            .first = page->words.count - 1,
            .flags = SEGMENT_BOLD | (aside ? SEGMENT_ASIDE : 0),
            .x0 = word->x0,
            .y0 = word->y0,
            .x1 = word->x1,
            .y1 = word->y1,
        };

        array_push(&r->paper->arena, &page->segments, made);
        last = &page->segments.items[page->segments.count - 1];
    }
    last->count++;
    last->x0 = fminf(last->x0, word->x0);
    last->y0 = fminf(last->y0, word->y0);
    last->x1 = fmaxf(last->x1, word->x1);
    last->y1 = fmaxf(last->y1, word->y1);
    last->size += word->size * (float)word->count; /* a sum until all words are there */
    last->glyphs += word->count;
    if (!word->bold)
        last->flags &= ~(uint32_t)SEGMENT_BOLD;
}

/* --- words -------------------------------------------------------------------------------- */

static void
end_word(struct reading *r)
{
    struct page *page = r->page;

    if (!r->open)
        return;
    r->open = false;
    r->word.size /= (float)r->word.count;
    array_push(&r->paper->arena, &page->words, r->word);
    add_to_segment(r, &r->word, is_vertical(page, &r->word));
    r->same_row = true;
}

/* Type 3 fonts have sizes of their own: there the box tells. */
static float
size_of(const struct reading *r, const PopplerRectangle *box)
{
    float height = (float)(box->y2 - box->y1);

    return r->size > height * 0.3F && r->size < height * 3 ? r->size : height;
}

static void
add_glyph(struct reading *r, uint32_t code, int i)
{
    struct page *page = r->page;
    PopplerRectangle box = upright(page, &r->boxes[i]);
    struct word *word = &r->word;
    struct glyph *glyph;
    float size;

    if (i > r->style_end)
        find_style(r, i);
    size = size_of(r, &box);
    if (r->open && (apart(r->last.x1, r->last.x2, box.x1, box.x2) > WORD_BREAK * size ||
                    apart(r->last.y1, r->last.y2, box.y1, box.y2) > WORD_BREAK * size))
        end_word(r);
    r->last = box;
    glyph = &page->glyphs.items[page->glyphs.count++]; /* room for all has been reserved */
    glyph->code = code;
    glyph->box[0] = (uint16_t)(box.x1 * r->scale_x + 0.5);
    glyph->box[1] = (uint16_t)(box.y1 * r->scale_y + 0.5);
    glyph->box[2] = (uint16_t)(box.x2 * r->scale_x + 0.5);
    glyph->box[3] = (uint16_t)(box.y2 * r->scale_y + 0.5);
    if (!r->open) {
        r->open = true;
        *word = (struct word){
            .first = page->glyphs.count - 1,
            .x0 = (float)box.x1,
            .y0 = (float)box.y1,
            .x1 = (float)box.x2,
            .y1 = (float)box.y2,
            .bold = true,
        };
    } else {
        word->x0 = fminf(word->x0, (float)box.x1);
        word->y0 = fminf(word->y0, (float)box.y1);
        word->x1 = fmaxf(word->x1, (float)box.x2);
        word->y1 = fmaxf(word->y1, (float)box.y2);
    }
    word->count++;
    word->size += size;
    word->bold = word->bold && r->bold;
}

/* The hyphen that ends a line, behind a blank: LibreOffice pushes some away from their word. */
static bool
is_final_hyphen(const char *at)
{
    gunichar c = g_utf8_get_char(at);
    char last = *g_utf8_next_char(at);

    return (c == '-' || c == 0x2010 || c == 0xAD) && (last == '\n' || last == '\0');
}

/* A blank behind a letter, with hardly any room: "ge nerale". */
static bool
is_stray(const struct reading *r, const char *next, int i, int count)
{
    PopplerRectangle before = r->last, behind;
    float most = STRAY_BLANK;

    if (!r->open || i + 1 >= count || !*next ||
        !utf8_is_letter(r->page->glyphs.items[r->page->glyphs.count - 1].code))
        return false;
    if (is_final_hyphen(next))
        most = STRAY_HYPHEN;
    else if (!utf8_is_letter(g_utf8_get_char(next)))
        return false;
    behind = upright(r->page, &r->boxes[i + 1]);
    return behind.x1 - before.x2 < most * r->word.size / (float)r->word.count &&
           behind.x1 - before.x2 > -(before.x2 - before.x1) &&
           fabs(behind.y2 - before.y2) < 0.1 * (before.y2 - before.y1);
}

static bool
is_control(gunichar c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

static void
read_glyphs(struct reading *r, const char *text, int count)
{
    const char *at = text;

    for (int i = 0; i < count && *at; i++) {
        gunichar c = g_utf8_get_char(at);

        at = g_utf8_next_char(at);
        if (c == '\n') {
            end_word(r);
            r->same_row = false;
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' ||
                   (c > 0x7F && utf8_is_blank(c))) {
            if (!is_stray(r, at, i, count))
                end_word(r);
        } else {
            add_glyph(r, is_control(c) ? 0xFFFD : c, i);
        }
    }
    end_word(r);
}

static void
settle_segments(struct page *page)
{
    for (uint32_t i = 0; i < page->segments.count; i++) {
        struct segment *segment = &page->segments.items[i];

        segment->size /= (float)segment->glyphs;
    }
}

/* --- pages -------------------------------------------------------------------------------- */

/* Pictures that cover half of the page. */
static bool
has_picture(const struct page *page, PopplerPage *source)
{
    GList *images = poppler_page_get_image_mapping(source);
    double area = 0;

    for (const GList *i = images; i; i = i->next) {
        const PopplerImageMapping *image = i->data;

        area += fabs((image->area.x2 - image->area.x1) * (image->area.y2 - image->area.y1));
    }
    poppler_page_free_image_mapping(images);
    return area >= 0.5 * (double)page->width * (double)page->height;
}

static void
read_page(struct paper *paper, struct page *page, PopplerPage *source)
{
    struct reading r = {.paper = paper, .page = page};
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    double width = 0, height = 0;
    char *text;

    poppler_page_get_size(source, &width, &height);
    page->width = (float)(width > 0 && width < 1e6 ? width : 1);
    page->height = (float)(height > 0 && height < 1e6 ? height : 1);
    text = poppler_page_get_text(source);
    if (text && poppler_page_get_text_layout(source, &boxes, &count) && count < G_MAXINT) {
        GList *styles = poppler_page_get_text_attributes(source);

        turn_page(page, find_turn(text, boxes, (int)count));
        r.boxes = boxes;
        r.style = styles;
        r.style_end = -1;
        r.scale_x = PDF_BOX_MOST / (double)page->width;
        r.scale_y = PDF_BOX_MOST / (double)page->height;
        array_reserve(&paper->arena, &page->glyphs, count);
        array_reserve(&paper->arena, &page->words, count / 5 + 16);
        array_reserve(&paper->arena, &page->segments, count / 50 + 16);
        read_glyphs(&r, text, (int)count);
        settle_segments(page);
        poppler_page_free_text_attributes(styles);
        g_free(boxes);
    }
    g_free(text);
    page->picture = page->glyphs.count < FEW_GLYPHS && has_picture(page, source);
}

static int
read_pages(struct paper *paper, PopplerDocument *document, uint32_t count)
{
    bool any = false;

    array_reserve(&paper->arena, &paper->pages, count);
    for (uint32_t i = 0; i < count; i++) {
        PopplerPage *source = poppler_document_get_page(document, (int)i);
        struct page page = {.width = 1, .height = 1};

        if (source) {
            any = true;
            read_page(paper, &page, source);
            g_object_unref(source);
        }
        array_push(&paper->arena, &paper->pages, page);
        paper->glyphs += page.glyphs.count;
        if (paper->glyphs > BOUND_PDF_GLYPHS)
            return PDF_FAILURE_TEXT;
    }
    return any ? 0 : PDF_FAILURE_DAMAGED;
}

/* The size that most glyphs have, to a quarter of a point. */
static float
body_size(const struct paper *paper)
{
    uint32_t counts[4 * SIZE_MOST] = {0};
    uint32_t most = 0;

    for (uint32_t p = 0; p < paper->pages.count; p++) {
        const struct page *page = &paper->pages.items[p];

        for (uint32_t i = 0; i < page->segments.count; i++) {
            float size = page->segments.items[i].size * 4;

            if (size >= 1 && size < 4 * SIZE_MOST)
                counts[(uint32_t)size] += page->segments.items[i].glyphs;
        }
    }
    for (uint32_t i = 0; i < 4 * SIZE_MOST; i++)
        most = counts[i] > counts[most] ? i : most;
    return most ? ((float)most + 0.5F) / 4 : 10;
}

int
paper_read(struct paper *paper, struct str bytes, uint32_t *number)
{
    GBytes *input = g_bytes_new_static(bytes.data, bytes.len);
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes(input, NULL, &error);
    int count, failure;

    if (!document)
        return error && error->domain == POPPLER_ERROR && error->code == POPPLER_ERROR_ENCRYPTED
                   ? PDF_FAILURE_PASSWORD
                   : PDF_FAILURE_DAMAGED;
    count = poppler_document_get_n_pages(document);
    if (count < 0)
        return PDF_FAILURE_DAMAGED;
    if (count == 0 || count > BOUND_PDF_PAGES) {
        *number = (uint32_t)count;
        return PDF_FAILURE_PAGES;
    }
    failure = read_pages(paper, document, (uint32_t)count);
    paper->body_size = body_size(paper);
    return failure;
}
