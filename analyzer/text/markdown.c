/*
 * Markdown as the text it is rendered to, line by line where the source has it, so that line
 * numbers are those of the file.  cmark parses; it does not tell exactly where text stands, so
 * every piece is looked up in the source.
 */

#include "text/reader.h"

#include <cmark.h>
#include <stdio.h>

#include "base/bounds.h"
#include "text/prose.h"
#include "text/web_element.h"

enum {
    FRONT_LINES = 200, /* of a "---" block of keys before the text */
    TRIES_MOST = 32,   /* places on a line where a piece may begin */
};

struct markdown {
    struct arena scratch;
    struct str text;       /* the whole file */
    ARRAY(uint32_t) lines; /* where they begin */
    uint32_t front;        /* lines before what cmark reads */
    struct prose prose;
    uint32_t line;       /* 0-based, being written */
    uint32_t at;         /* behind the last piece found */
    uint32_t shift_line; /* on this line, pieces stand `shift` bytes behind where cmark says */
    uint32_t shift;
    ARRAY(uint32_t) numbers; /* of the next item, for every open list */
    uint32_t images;
    uint32_t struck;     /* open <del> */
    uint32_t block_end;  /* last line of the block */
    bool fresh;          /* nothing of the block is written yet */
    uint32_t table_rule; /* line that parts the head of a table from its rows */
    bool table;
    bool exact;
};

enum spelling {
    SPELLING_TEXT, /* escapes and entities */
    SPELLING_CODE, /* none; a line break is a blank */
};

/* --- lines --------------------------------------------------------------------------------- */

static void
find_source_lines(struct markdown *m)
{
    array_push(&m->scratch, &m->lines, 0);
    for (uint32_t i = 0; i < m->text.len; i++) {
        char c = m->text.data[i];

        if (c == '\n' || (c == '\r' && (i + 1 == m->text.len || m->text.data[i + 1] != '\n')))
            array_push(&m->scratch, &m->lines, i + 1);
    }
}

static uint32_t
line_begin(const struct markdown *m, uint32_t line)
{
    return line < m->lines.count ? m->lines.items[line] : (uint32_t)m->text.len;
}

static struct str
line_text(const struct markdown *m, uint32_t line)
{
    return str_trim(str_slice(m->text, line_begin(m, line), line_begin(m, line + 1)));
}

/* "---" with keys below, as site generators want them: no text. */
static uint32_t
front_matter(const struct markdown *m)
{
    if (!str_equal(line_text(m, 0), STR("---")))
        return 0;
    for (uint32_t i = 1; i < m->lines.count && i < FRONT_LINES; i++) {
        struct str line = line_text(m, i);
        struct str whole = str_slice(m->text, line_begin(m, i), line_begin(m, i + 1));

        if (str_equal(line, STR("---")) || str_equal(line, STR("...")))
            return i > 1 ? i + 1 : 0;
        if (line.len > 0 && str_find(line, STR(":")) == line.len && whole.data[0] != ' ' &&
            !str_starts(line, STR("-")) && !str_starts(line, STR("#")))
            return 0;
    }
    return 0;
}

static void
go_to_line(struct markdown *m, uint32_t line)
{
    while (m->line < line) {
        prose_newline(&m->prose, false);
        m->line++;
    }
}

static void
break_line(struct markdown *m, bool join)
{
    prose_newline(&m->prose, join);
    m->line++;
}

/* --- pieces -------------------------------------------------------------------------------- */

static bool
is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9') &&
           !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* How the begin of `literal` is spelled at a place in the source. */
struct spelled {
    size_t literal; /* bytes; 0: not at all */
    size_t source;
    bool same; /* byte for byte */
};

static struct spelled
spelled_at(const struct markdown *m, size_t at, struct str literal, enum spelling spelling)
{
    char c = at < m->text.len ? m->text.data[at] : '\0';
    size_t behind = at;
    char buffer[8];
    struct str entity;

    if (spelling == SPELLING_TEXT && c == '\\' && at + 1 < m->text.len &&
        is_punctuation(m->text.data[at + 1]) && m->text.data[at + 1] == literal.data[0])
        return (struct spelled){1, 2, false};
    if (spelling == SPELLING_TEXT && c == '&') {
        entity = markup_entity(m->text, &behind, buffer);
        if (entity.len > 0 && str_starts(literal, entity))
            return (struct spelled){entity.len, behind - at, false};
    }
    if (c == literal.data[0])
        return (struct spelled){1, 1, true};
    if (spelling == SPELLING_CODE && literal.data[0] == ' ' && (c == '\n' || c == '\r')) {
        do
            behind++;
        while (behind < m->text.len && markup_is_blank(m->text.data[behind]));
        return (struct spelled){1, behind - at, false};
    }
    return (struct spelled){0, 0, false};
}

/* Does the literal stand there?  *end: where it ends. */
static bool
stands_at(const struct markdown *m, size_t at, struct str literal, enum spelling spelling,
          size_t *end)
{
    while (literal.len > 0) {
        struct spelled spelled = spelled_at(m, at, literal, spelling);

        if (spelled.literal == 0)
            return false;
        at += spelled.source;
        literal = str_slice(literal, spelled.literal, literal.len);
    }
    *end = at;
    return true;
}

static void
write_found(struct markdown *m, size_t at, struct str literal, enum spelling spelling)
{
    size_t begin = 0; /* of what is spelled byte for byte */
    size_t i = 0;

    while (i < literal.len) {
        struct spelled spelled = spelled_at(m, at, str_slice(literal, i, literal.len), spelling);

        if (!spelled.same) {
            struct span raw = {(uint32_t)at, (uint32_t)(at + spelled.source)};

            prose_text(&m->prose, str_slice(literal, begin, i), (uint32_t)(at - (i - begin)));
            if (spelling == SPELLING_CODE)
                break_line(m, true);
            else
                prose_spelled(&m->prose, str_slice(literal, i, i + spelled.literal), raw);
            begin = i + spelled.literal;
        }
        at += spelled.source;
        i += spelled.literal;
    }
    prose_text(&m->prose, str_slice(literal, begin, i), (uint32_t)(at - (i - begin)));
}

/* Where the literal stands on a line, from `hint` on or behind the last piece. */
static bool
find_piece(const struct markdown *m, uint32_t line, struct str literal, enum spelling spelling,
           size_t hint, size_t *at, size_t *end)
{
    size_t stop = line_begin(m, line + 1);
    size_t least = m->at > line_begin(m, line) ? m->at : line_begin(m, line);
    uint32_t tries = 0;

    if (hint >= least && hint < stop && stands_at(m, hint, literal, spelling, end)) {
        *at = hint;
        return true;
    }
    for (*at = least; *at < stop && tries < TRIES_MOST; ++*at) {
        char c = m->text.data[*at];

        if (c != literal.data[0] && c != '\\' && c != '&')
            continue;
        tries++;
        if (stands_at(m, *at, literal, spelling, end))
            return true;
    }
    return false;
}

/* "[name]: address" */
static bool
is_definition(struct str line)
{
    return str_starts(line, STR("[")) && str_find(line, STR("]:")) < line.len;
}

/* `column`: where cmark says that it stands, 1-based; 0 = it does not say. */
static void
write_piece(struct markdown *m, struct str literal, enum spelling spelling, int column)
{
    size_t hint = line_begin(m, m->line) + (size_t)(column > 0 ? column - 1 : 0);
    size_t shift = m->shift_line == m->line ? m->shift : 0;
    uint32_t line = m->line;
    size_t at;
    size_t end;
    bool found;

    if (literal.len == 0)
        return;
    /* Definitions of links stand before the text of their paragraph, and cmark counts none. */
    while (m->fresh && line < m->block_end && is_definition(line_text(m, line)))
        line++;
    found = line > m->line && find_piece(m, line, literal, spelling, 0, &at, &end);
    if (!found) {
        line = m->line;
        found = find_piece(m, line, literal, spelling, hint + shift, &at, &end);
    }
    m->fresh = false;
    if (!found) {
        m->exact = false;
        prose_generated(&m->prose, literal);
        return;
    }
    if (line > m->line) {
        go_to_line(m, line);
    } else if (shift == 0 && column > 0 && at >= hint) {
        m->shift_line = line;
        m->shift = (uint32_t)(at - hint);
    }
    m->at = (uint32_t)end;
    write_found(m, at, literal, spelling);
}

/* --- blocks -------------------------------------------------------------------------------- */

static uint32_t
node_line(const struct markdown *m, cmark_node *node)
{
    int line = cmark_node_get_start_line(node);

    return m->front + (line > 0 ? (uint32_t)line - 1 : 0);
}

/* "| --- | :--: |" */
static bool
is_table_rule(struct str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (!strchr("|:- \t", line.data[i]))
            return false;
    return str_find(line, STR("-")) < line.len && str_find(line, STR("|")) < line.len;
}

static void
open_block(struct markdown *m, cmark_node *node)
{
    uint32_t line = node_line(m, node);

    go_to_line(m, line);
    m->fresh = true;
    m->block_end = m->front + (uint32_t)cmark_node_get_end_line(node);
    m->block_end -= m->block_end > m->front;
    m->table =
        cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH && is_table_rule(line_text(m, line + 1));
    m->table_rule = line + 1;
}

static void
open_item(struct markdown *m, cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    uint32_t *number = &m->numbers.items[m->numbers.count - 1];
    char label[16];
    int len;

    prose_unlabel(&m->prose);
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) {
        prose_label(&m->prose, number_bullet(m->numbers.count - 1));
        return;
    }
    len = snprintf(label, sizeof label, "%u%c", (*number)++,
                   cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? ')' : '.');
    prose_label(&m->prose, (struct str){label, (size_t)len});
}

/* Indented and fenced text, line by line. */
static void
write_code(struct markdown *m, cmark_node *node)
{
    struct str rest = str_of(cmark_node_get_literal(node));
    uint32_t line = node_line(m, node) + (cmark_node_get_fence_info(node)[0] != '\0');
    struct str first;

    first = line_text(m, line);
    if (str_starts(first, STR("```")) || str_starts(first, STR("~~~")))
        line++;
    while (rest.len > 0) {
        size_t end = str_find(rest, STR("\n"));
        struct str text = str_trim(str_slice(rest, 0, end));

        if (text.len > 0) {
            go_to_line(m, line);
            write_piece(m, text, SPELLING_CODE, 0);
        }
        rest = str_slice(rest, end < rest.len ? end + 1 : end, rest.len);
        line++;
    }
}

/* One line of text between tags, with its entities. */
static void
write_html_line(struct markdown *m, struct str text)
{
    struct str line = str_slice(m->text, 0, line_begin(m, m->line + 1));
    size_t at;
    size_t end;

    if (!find_piece(m, m->line, text, SPELLING_CODE, m->at, &at, &end)) {
        m->exact = false;
        prose_generated(&m->prose, text);
        return;
    }
    m->at = (uint32_t)end;
    while (at < end) {
        size_t behind = at;
        char buffer[8];
        struct str entity = {"", 0};

        if (m->text.data[at] == '&')
            entity = markup_entity(line, &behind, buffer);
        if (entity.len > 0) {
            prose_spelled(&m->prose, entity, (struct span){(uint32_t)at, (uint32_t)behind});
            at = behind;
            continue;
        }
        while (++behind < end && m->text.data[behind] != '&')
            continue;
        prose_text(&m->prose, str_slice(m->text, at, behind), (uint32_t)at);
        at = behind;
    }
}

/* A block of HTML: its text without the tags; a line goes on with the one before in one element. */
static void
write_html(struct markdown *m, cmark_node *node)
{
    struct markup markup = {str_of(cmark_node_get_literal(node)), 0};
    struct markup_token token;
    uint32_t line = node_line(m, node);
    size_t counted = 0; /* line breaks of the block before here are in `line` */

    while (markup_next(&markup, &token)) {
        enum web_kind kind = web_element(token.name)->kind;
        bool join = false;

        if (token.kind == MARKUP_OPEN && (kind == WEB_RAW || kind == WEB_GONE))
            markup_skip(&markup, token.name);
        if (token.kind != MARKUP_TEXT)
            continue;
        while (token.begin < token.end) {
            struct str rest = str_slice(markup.bytes, token.begin, token.end);
            struct str text;

            rest.len = str_find(rest, STR("\n"));
            text = str_trim(rest);
            for (; counted < token.begin; counted++)
                line += markup.bytes.data[counted] == '\n';
            if (text.len > 0 && join && m->line + 1 == line)
                break_line(m, true);
            if (rest.len > 0 && markup_is_blank(rest.data[0]))
                prose_generated(&m->prose, STR(" "));
            if (text.len > 0) {
                go_to_line(m, line);
                write_html_line(m, text);
            }
            if (rest.len > 0 && markup_is_blank(rest.data[rest.len - 1]))
                prose_generated(&m->prose, STR(" "));
            join = text.len > 0;
            token.begin += rest.len + 1;
        }
    }
}

/* --- inlines ------------------------------------------------------------------------------- */

static void
write_inline(struct markdown *m, cmark_node *node, enum spelling spelling)
{
    struct str literal = str_of(cmark_node_get_literal(node));

    if (m->images == 0 && m->struck == 0 && !(m->table && m->line == m->table_rule))
        write_piece(m, literal, spelling, cmark_node_get_start_column(node));
}

/* "<br>", "<del>" and their like. */
static void
take_tag(struct markdown *m, cmark_node *node)
{
    struct markup markup = {str_of(cmark_node_get_literal(node)), 0};
    struct markup_token token;
    const struct web_element *element;

    if (!markup_next(&markup, &token) || token.kind == MARKUP_TEXT)
        return;
    element = web_element(token.name);
    if (element->kind == WEB_BREAK || element->kind >= WEB_BLOCK)
        prose_generated(&m->prose, STR(" "));
    else if (element->kind == WEB_GONE && token.kind == MARKUP_OPEN)
        m->struck++;
    else if (element->kind == WEB_GONE && m->struck > 0)
        m->struck--;
}

/* --- all ----------------------------------------------------------------------------------- */

static void
enter(struct markdown *m, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        array_push(&m->scratch, &m->numbers, (uint32_t)cmark_node_get_list_start(node));
        break;
    case CMARK_NODE_ITEM:
        open_item(m, node);
        break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        open_block(m, node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        write_code(m, node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        write_html(m, node);
        break;
    case CMARK_NODE_TEXT:
        write_inline(m, node, SPELLING_TEXT);
        break;
    case CMARK_NODE_CODE:
        write_inline(m, node, SPELLING_CODE);
        break;
    case CMARK_NODE_SOFTBREAK:
        break_line(m, !m->table);
        break;
    case CMARK_NODE_LINEBREAK:
        break_line(m, false);
        break;
    case CMARK_NODE_HTML_INLINE:
        take_tag(m, node);
        break;
    case CMARK_NODE_IMAGE:
        m->images++;
        break;
    default:
        break;
    }
}

static void
leave(struct markdown *m, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
        m->numbers.count--;
        break;
    case CMARK_NODE_ITEM:
        prose_unlabel(&m->prose);
        break;
    case CMARK_NODE_PARAGRAPH:
        m->struck = 0;
        break;
    case CMARK_NODE_IMAGE:
        m->images--;
        break;
    default:
        break;
    }
}

static void
write_all(struct markdown *m)
{
    uint32_t begin = line_begin(m, m->front);
    cmark_node *root =
        cmark_parse_document(m->text.data + begin, m->text.len - begin, CMARK_OPT_DEFAULT);
    cmark_iter *iter = root ? cmark_iter_new(root) : NULL;
    cmark_event_type event;

    if (!iter)
        arena_exhausted();
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        if (event == CMARK_EVENT_ENTER)
            enter(m, cmark_iter_get_node(iter));
        else
            leave(m, cmark_iter_get_node(iter));
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
}

bool
markdown_read(struct document *document, struct error *error)
{
    struct markdown m = {.text = document->text, .exact = true, .shift_line = UINT32_MAX};
    bool done;

    if (m.text.len > BOUND_MARKDOWN_BYTES)
        return error_set(error, "%.*s: is larger than %d MB of Markdown; read it with --input text",
                         STR_ARG(document->name), BOUND_MARKDOWN_BYTES >> 20);
    find_source_lines(&m);
    m.front = front_matter(&m);
    prose_begin(&m.prose, true);
    write_all(&m);
    if (!m.exact) {
        document->origin_kind = ORIGIN_NONE;
        m.prose.points.count = 0;
    }
    done = prose_end(&m.prose, document, error);
    arena_free(&m.scratch);
    return done;
}
