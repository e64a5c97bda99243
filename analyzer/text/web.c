/* A web page as the text that a reader sees, each word with its place in the page. */

#include "text/reader.h"

#include "base/bounds.h"
#include "text/prose.h"
#include "text/web_element.h"

enum {
    COUNTS = 1024,       /* of open elements by name */
    TOP_MOST = 500,      /* bytes from the top in which a list of links is a menu */
    HIDDEN_LEAST = 1000, /* hidden bytes that are worth a note */
    COUNTER_LEVELS = 8,
};

/* An element that is open.  Inline elements without a meaning here are not kept. */
struct open {
    const struct web_element *element;
    struct str name;
    uint32_t hash;
    enum web_doubt doubt;
    uint32_t trial;            /* index of its trial + 1; 0 = none */
    enum number_style numbers; /* of a list */
    uint32_t number;           /* of its last item; of a table: rows */
};

/* What stood before an element that may turn out to be no text of the contract. */
struct trial {
    struct prose before;
    uint32_t links;
    uint32_t controls;
};

struct page {
    struct arena scratch;
    struct prose prose;
    struct markup markup;
    ARRAY(struct open) open;
    ARRAY(struct trial) trials;
    uint32_t counts[COUNTS]; /* of open elements by hash: stray end tags cost nothing */
    uint32_t hidden;         /* open elements that are not shown */
    uint32_t main;           /* open main and article */
    uint32_t headings;
    uint32_t pre;
    uint32_t breaks; /* line breaks since the last text */
    uint32_t links;  /* bytes of text that leads to other pages */
    uint32_t controls;
    uint32_t pre_bytes;
    uint32_t hidden_bytes;
    bool concealed; /* hidden by an attribute, not by what it is */
    bool link;
    bool counters; /* a style sheet numbers lists through all levels */
    bool xml;      /* XHTML: "<p/>" is a whole element */
};

/* --- text ---------------------------------------------------------------------------------- */

static void
write_text(struct page *page, size_t begin, size_t end)
{
    struct str bytes = str_slice(page->markup.bytes, 0, end);
    uint32_t before = page->prose.text.count;

    while (begin < end) {
        const char *amp = memchr(bytes.data + begin, '&', end - begin);
        size_t stop = amp ? (size_t)(amp - bytes.data) : end;
        char buffer[8];
        struct str entity;

        prose_text(&page->prose, str_slice(bytes, begin, stop), (uint32_t)begin);
        begin = stop;
        if (!amp)
            break;
        entity = markup_entity(bytes, &begin, buffer);
        if (entity.len > 0)
            prose_spelled(&page->prose, entity, (struct span){(uint32_t)stop, (uint32_t)begin});
        else
            prose_text(&page->prose, STR("&"), (uint32_t)begin++);
    }
    if (page->prose.text.count > before) {
        page->breaks = 0;
        page->links += page->link ? page->prose.text.count - before : 0;
    }
}

/* Preformatted text: its lines stay lines. */
static void
write_lines(struct page *page, size_t begin, size_t end)
{
    struct str bytes = page->markup.bytes;

    while (begin < end) {
        const char *feed = memchr(bytes.data + begin, '\n', end - begin);
        size_t stop = feed ? (size_t)(feed - bytes.data) : end;
        bool blank = str_trim(str_slice(bytes, begin, stop)).len == 0;

        write_text(page, begin, stop);
        page->pre_bytes += (uint32_t)(stop - begin);
        if (feed)
            prose_break(&page->prose, blank ? PROSE_BLOCK : PROSE_LINE);
        begin = stop + 1;
    }
}

static void
take_text(struct page *page, const struct markup_token *token)
{
    if (page->hidden > 0) {
        struct str text = str_slice(page->markup.bytes, token->begin, token->end);

        page->hidden_bytes += page->concealed ? (uint32_t)str_trim(text).len : 0;
    } else if (page->pre > 0) {
        write_lines(page, token->begin, token->end);
    } else {
        write_text(page, token->begin, token->end);
    }
}

/* --- elements that end --------------------------------------------------------------------- */

/* Was the element no text of the contract? */
static bool
is_dropped(const struct page *page, enum web_doubt doubt, const struct trial *trial)
{
    uint32_t begin = trial->before.text.count;
    uint32_t end = page->prose.text.count;
    struct web_look look = {
        .text = end > begin ? (struct str){page->prose.text.items + begin, end - begin} : STR(""),
        .before = begin > 0 ? page->prose.text.items[begin - 1] : '\0',
        .links = page->links - trial->links,
        .controls = page->controls - trial->controls,
    };

    return web_is_dropped(doubt, &look);
}

static void
break_behind(struct page *page, const struct open *open)
{
    switch (open->element->kind) {
    case WEB_BLOCK:
    case WEB_HEADING:
    case WEB_PAGE:
    case WEB_MAIN:
    case WEB_LIST:
        prose_break(&page->prose, PROSE_BLOCK);
        break;
    case WEB_TABLE:
        if (open->number == 1)
            prose_cut_title(&page->prose);
        prose_row_end(&page->prose);
        prose_break(&page->prose, PROSE_BLOCK);
        break;
    case WEB_ITEM:
    case WEB_LINE:
        prose_unlabel(&page->prose);
        prose_break(&page->prose, PROSE_LINE);
        break;
    case WEB_ROW:
        prose_row_end(&page->prose);
        break;
    default:
        break;
    }
}

/* An element opens (1) or ends (-1). */
static void
count(struct page *page, const struct open *open, int by)
{
    const struct web_element *element = open->element;
    uint32_t step = (uint32_t)by;

    page->counts[open->hash % COUNTS] += step;
    if (open->doubt == WEB_HIDDEN)
        page->hidden += step;
    if (element->kind == WEB_MAIN)
        page->main += step;
    if (element->kind == WEB_HEADING)
        page->headings += step;
    if (element->flags & WEB_PRE)
        page->pre += step;
}

/* Ends all elements down to the one at `depth`, which ends too. */
static void
end_from(struct page *page, uint32_t depth)
{
    while (page->open.count > depth) {
        struct open open = page->open.items[--page->open.count];

        count(page, &open, -1);
        if (page->hidden > 0 || open.doubt == WEB_HIDDEN)
            continue;
        if (open.trial > 0) {
            const struct trial *trial = &page->trials.items[open.trial - 1];

            if (is_dropped(page, open.doubt, trial))
                prose_reset(&page->prose, &trial->before);
            page->trials.count = open.trial - 1;
        }
        break_behind(page, &open);
    }
}

static bool
is_table_part(enum web_kind kind)
{
    return kind >= WEB_TABLE;
}

/* May a tag of element `inner` end elements that lie around an open `outer`? */
static bool
reaches_out(const struct web_element *inner, const struct web_element *outer)
{
    if (is_table_part(inner->kind))
        return outer->kind != WEB_TABLE;
    return !(outer->flags & WEB_SCOPE);
}

static void
end_kind(struct page *page, const struct web_element *by, enum web_kind kind,
         enum web_kind container)
{
    for (uint32_t i = page->open.count; i > 0; i--) {
        const struct web_element *element = page->open.items[i - 1].element;

        if (element->kind == kind && (element->flags & WEB_TERM) == (by->flags & WEB_TERM)) {
            end_from(page, i - 1);
            return;
        }
        if (element->kind == container || !reaches_out(by, element))
            return;
    }
}

static void
end_paragraph(struct page *page)
{
    for (uint32_t i = page->open.count; i > 0; i--) {
        const struct web_element *element = page->open.items[i - 1].element;

        if (element->flags & WEB_PARAGRAPH) {
            end_from(page, i - 1);
            return;
        }
        if (element->kind != WEB_INLINE)
            return;
    }
}

/* Ends what a start tag ends although nothing says so. */
static void
end_implied(struct page *page, const struct web_element *element)
{
    if (element->kind == WEB_INLINE || element->kind == WEB_GONE)
        return;
    end_paragraph(page);
    switch (element->kind) {
    case WEB_ITEM:
        end_kind(page, element, WEB_ITEM, WEB_LIST);
        break;
    case WEB_CELL:
        end_kind(page, element, WEB_CELL, WEB_ROW);
        break;
    case WEB_SECTION:
        end_kind(page, element, WEB_SECTION, WEB_TABLE);
        end_kind(page, element, WEB_ROW, WEB_TABLE);
        break;
    case WEB_ROW:
        end_kind(page, element, WEB_ROW, WEB_TABLE);
        break;
    default:
        if (element->flags & WEB_TERM)
            end_kind(page, element, WEB_LINE, WEB_LIST);
        break;
    }
}

/* --- lists --------------------------------------------------------------------------------- */

static void
open_list(struct open *open, const struct markup_token *token)
{
    bool ordered = open->element->flags & WEB_ORDERED;
    uint32_t start = 1;

    open->numbers = web_list_style(token, ordered ? NUMBER_DECIMAL : NUMBER_BULLET);
    web_number(token, "start", &start);
    open->number = start - 1; /* one less than 0 wraps, and the first item wraps back */
}

/* "2.1." where a style sheet counts through all levels, else "1." */
static void
label_number(struct page *page, uint32_t list, enum number_style style)
{
    char label[COUNTER_LEVELS * (NUMBER_BYTES + 1)];
    size_t len = 0;
    uint32_t levels = 0;

    for (uint32_t i = page->counters ? 0 : list; i <= list && levels < COUNTER_LEVELS; i++) {
        const struct open *open = &page->open.items[i];
        char number[NUMBER_BYTES];
        struct str digits;

        if (open->element->kind != WEB_LIST || open->numbers < NUMBER_DECIMAL ||
            open->numbers == NUMBER_BULLET)
            continue;
        digits = number_write(i == list ? style : open->numbers, open->number, number);
        memcpy(label + len, digits.data, digits.len);
        len += digits.len;
        label[len++] = '.';
        levels++;
    }
    prose_label(&page->prose, (struct str){label, len});
}

static void
label_item(struct page *page, const struct markup_token *token)
{
    struct open *list = NULL;
    uint32_t level = 0;
    uint32_t index = 0;
    enum number_style style;

    for (uint32_t i = 0; i < page->open.count; i++) {
        if (page->open.items[i].element->kind == WEB_LIST) {
            level += list != NULL;
            list = &page->open.items[i];
            index = i;
        }
    }
    if (list && !web_number(token, "value", &list->number))
        list->number++;
    style = web_list_style(token, list ? list->numbers : NUMBER_BULLET);
    if (style == NUMBER_BULLET)
        prose_label(&page->prose, number_bullet(level));
    else if (style != NUMBER_NONE && list->numbers != NUMBER_BULLET)
        label_number(page, index, style);
}

/* --- elements that open -------------------------------------------------------------------- */

static void
break_before(struct page *page, const struct web_element *element)
{
    switch (element->kind) {
    case WEB_BLOCK:
    case WEB_HEADING:
    case WEB_PAGE:
    case WEB_MAIN:
    case WEB_LIST:
    case WEB_TABLE:
    case WEB_RULE:
        prose_break(&page->prose, PROSE_BLOCK);
        break;
    case WEB_ITEM:
    case WEB_LINE:
        prose_break(&page->prose, PROSE_LINE);
        break;
    case WEB_ROW:
        prose_row(&page->prose);
        break;
    case WEB_CELL:
        prose_cell(&page->prose, (element->flags & WEB_TITLE) != 0);
        break;
    case WEB_BREAK:
        prose_break(&page->prose, page->breaks++ > 0 ? PROSE_BLOCK : PROSE_LINE);
        break;
    default:
        break;
    }
}

/* A button that heads what it unfolds, or stands in a heading. */
static bool
is_title_button(const struct page *page, const struct markup_token *token)
{
    struct str value;

    return page->headings > 0 || markup_attribute(token, "aria-expanded", &value) ||
           markup_attribute(token, "aria-controls", &value);
}

static enum web_doubt
doubt_of(struct page *page, const struct markup_token *token, const struct web_element *element)
{
    enum web_doubt doubt;

    if (page->hidden > 0)
        return WEB_SHOWN;
    doubt = web_doubt(token, element, page->main == 0);
    page->concealed = doubt == WEB_HIDDEN;
    if (element->kind != WEB_GONE)
        return doubt;
    if (element->flags & WEB_CONTROL) {
        page->controls++;
        if (doubt == WEB_SHOWN && is_title_button(page, token))
            return WEB_SHOWN;
    }
    page->concealed = false;
    return WEB_HIDDEN;
}

/* A list of links near the top is a menu, whatever it is called. */
static bool
is_tried(const struct page *page, const struct open *open)
{
    if (page->hidden > 0 || open->doubt == WEB_HIDDEN)
        return false;
    return open->doubt != WEB_SHOWN || (open->element->kind == WEB_LIST && page->main == 0 &&
                                        page->prose.text.count <= TOP_MOST);
}

static void
count_row(struct page *page)
{
    for (uint32_t i = page->open.count; i > 0; i--) {
        if (page->open.items[i - 1].element->kind == WEB_TABLE) {
            page->open.items[i - 1].number++;
            return;
        }
    }
}

static bool
push(struct page *page, const struct markup_token *token, struct open *open)
{
    if (page->open.count >= BOUND_MARKUP_DEPTH)
        return false;
    if (is_tried(page, open)) {
        struct trial trial = {page->prose, page->links, page->controls};

        array_push(&page->scratch, &page->trials, trial);
        open->trial = page->trials.count;
    }
    if (page->hidden == 0 && open->doubt != WEB_HIDDEN) {
        break_before(page, open->element);
        if (open->element->kind == WEB_LIST)
            open_list(open, token);
        else if (open->element->kind == WEB_ITEM)
            label_item(page, token);
        else if (open->element->kind == WEB_ROW)
            count_row(page);
        if (open->element->kind != WEB_INLINE && open->element->kind != WEB_GONE)
            page->link = false;
    }
    count(page, open, 1);
    array_push(&page->scratch, &page->open, *open);
    return true;
}

/* What holds no markup, or nothing at all.  False: an element that has contents. */
static bool
take_simple(struct page *page, const struct markup_token *token, const struct web_element *element)
{
    size_t begin = page->markup.at;

    switch (element->kind) {
    case WEB_RAW:
        page->controls += (element->flags & WEB_CONTROL) != 0;
        if (page->xml && str_ends(token->attributes, STR("/")))
            return true;
        markup_skip(&page->markup, token->name);
        if (markup_same(token->name, STR("style"))) {
            struct str sheet = str_slice(page->markup.bytes, begin, page->markup.at);

            page->counters = page->counters || str_find(sheet, STR("counters(")) < sheet.len;
        }
        return true;
    case WEB_VOID:
        page->controls += (element->flags & WEB_CONTROL) != 0;
        return true;
    case WEB_RULE:
        end_paragraph(page);
        break_before(page, element);
        return true;
    case WEB_BREAK:
        if (page->hidden == 0)
            break_before(page, element);
        return true;
    default:
        return false;
    }
}

/* False: nested too deep. */
static bool
take_open(struct page *page, const struct markup_token *token)
{
    const struct web_element *element = web_element(token->name);
    struct open open = {.element = element, .name = token->name};

    if (take_simple(page, token, element))
        return true;
    end_implied(page, element);
    open.doubt = doubt_of(page, token, element);
    if (page->hidden == 0 && open.doubt == WEB_SHOWN &&
        (element->kind == WEB_INLINE || element->kind == WEB_GONE)) {
        struct str target;

        if (element->flags & WEB_LINK)
            page->link = markup_attribute(token, "href", &target) && !str_starts(target, STR("#"));
        else if (element->kind == WEB_GONE) /* a button that is a title */
            prose_break(&page->prose, page->headings > 0 ? PROSE_NONE : PROSE_BLOCK);
        return true;
    }
    open.hash = markup_hash(token->name);
    if (!push(page, token, &open))
        return false;
    if (page->xml && str_ends(token->attributes, STR("/")))
        end_from(page, page->open.count - 1);
    return true;
}

/* Of a button that was shown: others are hidden still. */
static bool
is_title_end(const struct web_element *element)
{
    return element->kind == WEB_GONE && (element->flags & WEB_CONTROL);
}

static void
take_close(struct page *page, const struct markup_token *token)
{
    const struct web_element *element = web_element(token->name);
    uint32_t hash = markup_hash(token->name);

    if (element->flags & WEB_LINK)
        page->link = false;
    if (page->hidden == 0 && ((element->flags & WEB_PARAGRAPH) || is_title_end(element)))
        prose_break(&page->prose, page->headings > 0 ? PROSE_NONE : PROSE_BLOCK);
    if (element->kind == WEB_BREAK)
        break_before(page, element);
    if (page->counts[hash % COUNTS] == 0)
        return;
    for (uint32_t i = page->open.count; i > 0; i--) {
        const struct open *open = &page->open.items[i - 1];

        if (open->hash == hash && markup_same(open->name, token->name)) {
            end_from(page, i - 1);
            return;
        }
        if (!reaches_out(element, open->element) ||
            (element->kind == WEB_INLINE && open->element->kind != WEB_INLINE))
            return;
    }
}

/* --- all ----------------------------------------------------------------------------------- */

static bool
read_page(struct page *page)
{
    struct markup_token token;
    bool shallow = true;

    while (shallow && markup_next(&page->markup, &token)) {
        switch (token.kind) {
        case MARKUP_TEXT:
            take_text(page, &token);
            break;
        case MARKUP_OPEN:
            shallow = take_open(page, &token);
            break;
        case MARKUP_CLOSE:
            take_close(page, &token);
            break;
        }
    }
    if (shallow)
        end_from(page, 0);
    return shallow;
}

bool
web_read(struct document *document, struct error *error)
{
    struct page page = {.markup = {document->text, 0}};
    bool done;

    page.xml = str_starts(str_trim(document->text), STR("<?xml"));
    prose_begin(&page.prose, true);
    done = read_page(&page);
    arena_free(&page.scratch);
    if (!done) {
        prose_free(&page.prose);
        return error_set(error, "%.*s: has elements nested deeper than %d; save the page as text",
                         STR_ARG(document->name), BOUND_MARKUP_DEPTH);
    }
    if (page.prose.text.count == 0) {
        prose_free(&page.prose);
        return error_set(error,
                         "%.*s: is a web page without text; if it shows some in a browser, "
                         "save it from there as text",
                         STR_ARG(document->name));
    }
    if (page.hidden_bytes >= HIDDEN_LEAST)
        document_note(document, "note.hidden-text", page.hidden_bytes);
    done = prose_end(&page.prose, document, error);
    /* A page of preformatted text has its paragraphs broken into lines, as plain text has. */
    if (done && page.pre_bytes > document->text.len / 2)
        document->paragraphs = false;
    return done;
}
