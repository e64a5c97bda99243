/* Which reader reads an input. */

#include "text/format.h"

#include "base/utf8.h"
#include "text/decode.h"
#include "text/markup.h"
#include "text/pdf.h"
#include "text/reader.h"
#include "text/zip.h"

enum {
    HEAD_BYTES = 4096,    /* in which a declaration must stand */
    SAMPLE_BYTES = 65536, /* searched for tags and Markdown */
    TAGS_LEAST = 3,       /* end tags of blocks that make a page of a text without declaration */
    HEADINGS_LEAST = 3,   /* "## " lines that make Markdown, if other signs are there */
};

static const char *const titles[] = {
    [FORMAT_AUTO] = "known", [FORMAT_TEXT] = "text", [FORMAT_HTML] = "HTML",
    [FORMAT_DOCX] = "DOCX",  [FORMAT_ODT] = "ODT",   [FORMAT_MARKDOWN] = "Markdown",
    [FORMAT_PDF] = "PDF",
};

static struct str
head_of(struct str s, size_t most)
{
    return s.len > most ? str_slice(s, 0, most) : s;
}

/* --- text, HTML or Markdown ---------------------------------------------------------------- */

/* The first tag or declaration that is no comment or processing instruction, if text begins so. */
static struct str
first_tag(struct str text)
{
    struct str head = str_trim(head_of(text, HEAD_BYTES));

    while (str_starts(head, STR("<?")) || str_starts(head, STR("<!--"))) {
        bool comment = str_starts(head, STR("<!--"));
        size_t end = str_find(head, comment ? STR("-->") : STR(">"));

        if (end == head.len)
            break;
        head = str_trim(str_slice(head, end + (comment ? 3 : 1), head.len));
    }
    return head;
}

static bool
is_page(struct str text)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body"};
    struct str tag = first_tag(text);

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        struct str start = str_of(starts[i]);

        if (tag.len > start.len && markup_same(str_slice(tag, 0, start.len), start) &&
            (markup_is_blank(tag.data[start.len]) || tag.data[start.len] == '>'))
            return true;
    }
    return false;
}

/* Part of a page: it begins with a tag, and blocks end. */
static bool
is_fragment(struct str text)
{
    static const char *const blocks[] = {"p",  "div", "li", "ul", "ol",   "h1",
                                         "h2", "h3",  "td", "tr", "table"};
    struct markup markup = {head_of(text, SAMPLE_BYTES), 0};
    struct markup_token token;
    uint32_t ends = 0;

    if (!str_starts(first_tag(text), STR("<")))
        return false;
    while (ends < TAGS_LEAST && markup_next(&markup, &token)) {
        if (token.kind != MARKUP_CLOSE)
            continue;
        for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
            ends += markup_same(token.name, str_of(blocks[i]));
    }
    return ends >= TAGS_LEAST;
}

static bool
has_tags(struct str text)
{
    struct markup markup = {head_of(text, SAMPLE_BYTES), 0};
    struct markup_token token;

    while (markup_next(&markup, &token))
        if (token.kind == MARKUP_CLOSE)
            return true;
    return false;
}

/* "## Title" */
static bool
is_heading_line(struct str line)
{
    size_t level = 0;

    while (level < line.len && line.data[level] == '#')
        level++;
    return level > 0 && level <= 6 && level + 1 < line.len && line.data[level] == ' ' &&
           line.data[level + 1] != ' ';
}

/* Headings, and emphasis or links too: a text with a few "#" is not Markdown yet. */
static bool
is_markdown(struct str text)
{
    struct str sample = head_of(text, SAMPLE_BYTES);
    struct str rest = sample;
    struct str line;
    uint32_t headings = 0;

    if (!memchr(sample.data, '#', sample.len))
        return false;
    while (str_cut(&rest, '\n', &line))
        headings += is_heading_line(line);
    return headings >= HEADINGS_LEAST &&
           (str_find(sample, STR("](")) < sample.len || str_find(sample, STR("**")) < sample.len);
}

static bool
has_extension(struct str name, const char *const *extensions)
{
    for (; *extensions; extensions++) {
        struct str end = str_of(*extensions);

        if (name.len > end.len && markup_same(str_slice(name, name.len - end.len, name.len), end))
            return true;
    }
    return false;
}

enum format
format_of_text(struct str name, struct str text)
{
    static const char *const pages[] = {".html", ".htm", ".xhtml", NULL};
    static const char *const sources[] = {".md", ".markdown", NULL};

    if (is_page(text))
        return FORMAT_HTML;
    if (has_extension(name, sources))
        return FORMAT_MARKDOWN;
    if (is_fragment(text) || (has_extension(name, pages) && has_tags(text)))
        return FORMAT_HTML;
    return is_markdown(text) ? FORMAT_MARKDOWN : FORMAT_TEXT;
}

/* --- all ----------------------------------------------------------------------------------- */

/* By the bytes alone; FORMAT_AUTO: nothing that is known. */
static enum format
format_of_bytes(struct str raw)
{
    struct str head = head_of(raw, HEAD_BYTES);

    if (pdf_is(raw))
        return FORMAT_PDF;
    if (zip_is(raw))
        return zip_has(raw, "word/*.xml")    ? FORMAT_DOCX
               : zip_has(raw, "content.xml") ? FORMAT_ODT
                                             : FORMAT_AUTO;
    if (str_starts(str_trim(head), STR("<?xml")) &&
        str_find(head, STR("<office:document")) < head.len)
        return FORMAT_ODT; /* in one file, not in an archive */
    return FORMAT_AUTO;
}

static bool
read_text(struct document *document, enum format wanted, struct error *error)
{
    if (!decode_document(document, error))
        return false;
    if (wanted == FORMAT_AUTO)
        wanted = format_of_text(document->name, document->text);
    if (wanted == FORMAT_HTML)
        return web_read(document, error);
    if (wanted == FORMAT_MARKDOWN)
        return markdown_read(document, error);
    return true;
}

bool
format_read(struct document *document, enum format wanted, struct error *error)
{
    enum format found = format_of_bytes(document->raw);
    bool binary = wanted == FORMAT_DOCX || wanted == FORMAT_ODT || wanted == FORMAT_PDF;

    if (binary && found != wanted)
        return error_set(error, "%.*s: is no %s file; leave out --input, or give the right kind",
                         STR_ARG(document->name), titles[wanted]);
    if (!binary && wanted != FORMAT_AUTO && found != FORMAT_AUTO &&
        !str_starts(document->raw, STR("<")))
        return error_set(error, "%.*s: is %s, not %s; leave out --input", STR_ARG(document->name),
                         titles[found], titles[wanted]);
    if (zip_is(document->raw) && !zip_has(document->raw, "*"))
        return error_set(error, "%.*s: is a damaged archive (a DOCX or ODT file?); get it again",
                         STR_ARG(document->name));
    switch (wanted == FORMAT_AUTO ? found : wanted) {
    case FORMAT_PDF:
        return pdf_read(document, error);
    case FORMAT_DOCX:
        return docx_read(document, error);
    case FORMAT_ODT:
        return odt_read(document, error);
    default:
        return read_text(document, wanted, error);
    }
}
