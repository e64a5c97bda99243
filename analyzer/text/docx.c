/* The text of a Word document: paragraphs with their numbers, tables, notes at the end. */

#include "text/reader.h"

#include "base/bounds.h"
#include "text/docx_numbering.h"
#include "text/prose.h"
#include "text/xml_stream.h"
#include "text/zip.h"

enum {
    BOXES_MOST = 8, /* paragraphs within text boxes within paragraphs */
};

/* A paragraph that is open; text boxes put paragraphs inside paragraphs. */
struct paragraph {
    struct docx_paragraph numbers;
    bool opened;   /* its break and label are written */
    bool hidden;   /* an entry of a table of contents */
    bool deleted;  /* its end is: the next paragraph goes on with it */
    uint32_t text; /* where its text begins */
};

struct docx {
    struct arena *scratch;
    struct docx_numbering *numbering;
    struct prose body;
    struct prose boxes; /* text boxes of the paragraph being read */
    struct paragraph paragraphs[BOXES_MOST];
    uint32_t depth; /* paragraphs open */
    uint32_t boxed; /* text boxes open */
    uint32_t skip;  /* elements open inside one that is not read, itself included */
    uint32_t runs;
    uint32_t texts;
    uint32_t properties; /* of paragraphs */
    bool vanished;       /* the run is hidden text */
    bool contents;       /* the next block is a table of contents */
    bool joins;          /* the next paragraph goes on with the last */
};

static struct prose *
target(struct docx *d)
{
    return d->boxed > 0 ? &d->boxes : &d->body;
}

static struct paragraph *
innermost(struct docx *d)
{
    return d->depth > 0 && d->depth <= BOXES_MOST ? &d->paragraphs[d->depth - 1] : NULL;
}

static bool
is_one_of(struct str name, const char *const *names)
{
    for (; *names; names++)
        if (str_equal(name, str_of(*names)))
            return true;
    return false;
}

/* "<w:vanish/>", but not "<w:vanish w:val="0"/>" */
static bool
is_on(const struct xml_attributes *attributes)
{
    struct str value = xml_value(attributes, "val");

    return !str_equal(value, STR("0")) && !str_equal(value, STR("false")) &&
           !str_equal(value, STR("off"));
}

/* --- paragraphs ---------------------------------------------------------------------------- */

/* Its first text comes, or its end: its number counts. */
static void
begin_paragraph(struct docx *d, struct paragraph *paragraph)
{
    struct prose *prose = target(d);

    if (paragraph->opened)
        return;
    paragraph->opened = true;
    if (d->joins) {
        d->joins = false;
    } else {
        prose_break(prose, PROSE_BLOCK);
        prose_label(prose, docx_label(d->numbering, &paragraph->numbers));
    }
    paragraph->text = prose->text.count;
}

static void
open_paragraph(struct docx *d)
{
    if (++d->depth <= BOXES_MOST)
        d->paragraphs[d->depth - 1] = (struct paragraph){.opened = false};
}

static void
close_paragraph(struct docx *d)
{
    struct paragraph *paragraph = innermost(d);
    struct prose *prose = target(d);

    if (paragraph && !paragraph->deleted)
        begin_paragraph(d, paragraph);
    prose_unlabel(prose);
    if (paragraph && paragraph->deleted)
        d->joins = paragraph->opened && prose->text.count > paragraph->text;
    else
        prose_break(prose, PROSE_BLOCK);
    d->depth--;
    if (d->boxed == 0 && d->boxes.text.count > 0) {
        prose_append(&d->body, &d->boxes);
        prose_free(&d->boxes);
        prose_begin(&d->boxes, false);
    }
}

static void
paragraph_property(struct docx *d, struct str name, const struct xml_attributes *attributes)
{
    struct paragraph *paragraph = innermost(d);

    if (!paragraph)
        return;
    if (str_equal(name, STR("pStyle"))) {
        struct str style = xml_value(attributes, "val");

        paragraph->numbers.style = arena_str(d->scratch, style);
        paragraph->hidden = docx_is_contents(d->numbering, style);
    } else if (str_equal(name, STR("numId"))) {
        paragraph->numbers.has_list = xml_number(attributes, "val", &paragraph->numbers.list);
    } else if (str_equal(name, STR("ilvl"))) {
        paragraph->numbers.has_level = xml_number(attributes, "val", &paragraph->numbers.level);
    } else if (str_equal(name, STR("del"))) {
        paragraph->deleted = true;
    }
}

/* --- runs ---------------------------------------------------------------------------------- */

static void
write(struct docx *d, struct str text)
{
    struct paragraph *paragraph = innermost(d);

    if (!paragraph || paragraph->hidden || d->vanished)
        return;
    begin_paragraph(d, paragraph);
    prose_generated(target(d), text);
}

static void
break_line(struct docx *d, const struct xml_attributes *attributes)
{
    struct str type = xml_value(attributes, "type");
    bool line = type.len == 0 || str_equal(type, STR("textWrapping"));

    prose_break(target(d), line ? PROSE_LINE : PROSE_BLOCK);
}

static void
open_in_run(struct docx *d, struct str name, const struct xml_attributes *attributes)
{
    if (str_equal(name, STR("t")))
        d->texts++;
    else if (str_equal(name, STR("vanish")))
        d->vanished = is_on(attributes);
    else if (str_equal(name, STR("tab")) || str_equal(name, STR("ptab")) ||
             str_equal(name, STR("sym")))
        write(d, STR(" "));
    else if (str_equal(name, STR("br")) || str_equal(name, STR("cr")))
        break_line(d, attributes);
    else if (str_equal(name, STR("noBreakHyphen")))
        write(d, STR("-"));
    else if (str_equal(name, STR("softHyphen")))
        write(d, STR("\u00AD"));
}

/* --- events -------------------------------------------------------------------------------- */

/* What is deleted, an earlier state, or another way to show what is read already. */
static const char *const skipped[] = {
    "del",          "moveFrom",        "Fallback",      "instrText",  "delText",
    "pPrChange",    "rPrChange",       "tblPrChange",   "trPrChange", "tcPrChange",
    "sectPrChange", "numberingChange", "tblGridChange", "rt",         NULL,
};

static bool
is_skipped(const struct docx *d, struct str name, const struct xml_attributes *attributes)
{
    struct str type;

    if (is_one_of(name, skipped) || (d->contents && str_equal(name, STR("sdtContent"))))
        return true;
    if (!str_equal(name, STR("footnote")) && !str_equal(name, STR("endnote")))
        return false;
    type = xml_value(attributes, "type"); /* lines that part notes from the text */
    return type.len > 0 && !str_equal(type, STR("normal"));
}

static void
on_open(void *user, struct str name, const struct xml_attributes *attributes)
{
    struct docx *d = user;

    if (d->properties > 0 && d->skip == 0)
        paragraph_property(d, name, attributes);
    if (d->skip > 0 || is_skipped(d, name, attributes)) {
        d->contents = false;
        d->skip++;
        return;
    }
    if (str_equal(name, STR("p"))) {
        open_paragraph(d);
    } else if (str_equal(name, STR("pPr"))) {
        d->properties++;
    } else if (str_equal(name, STR("r"))) {
        d->runs++;
        d->vanished = false;
    } else if (str_equal(name, STR("txbxContent"))) {
        d->boxed++;
        prose_break(&d->boxes, PROSE_BLOCK);
    } else if (str_equal(name, STR("tbl"))) {
        prose_break(target(d), PROSE_BLOCK);
    } else if (str_equal(name, STR("tr"))) {
        prose_row(target(d));
    } else if (str_equal(name, STR("tc"))) {
        prose_cell(target(d), false);
    } else if (str_equal(name, STR("docPartGallery"))) {
        d->contents = str_equal(xml_value(attributes, "val"), STR("Table of Contents"));
    } else if (d->runs > 0 && d->properties == 0) {
        open_in_run(d, name, attributes);
    }
}

static void
on_close(void *user, struct str name)
{
    struct docx *d = user;

    if (d->skip > 0) {
        d->skip--;
        return;
    }
    if (str_equal(name, STR("p"))) {
        close_paragraph(d);
    } else if (str_equal(name, STR("pPr"))) {
        d->properties--;
    } else if (str_equal(name, STR("r"))) {
        d->runs--;
        d->vanished = false;
    } else if (str_equal(name, STR("t")) && d->texts > 0) {
        d->texts--;
    } else if (str_equal(name, STR("txbxContent"))) {
        d->boxed--;
    } else if (str_equal(name, STR("tr"))) {
        prose_row_end(target(d));
    } else if (str_equal(name, STR("tbl"))) {
        prose_break(target(d), PROSE_BLOCK);
    }
}

static void
on_text(void *user, struct str text)
{
    struct docx *d = user;

    if (d->skip == 0 && d->texts > 0)
        write(d, text);
}

/* --- parts --------------------------------------------------------------------------------- */

/* The parts that a document refers to, by the end of their relation's name. */
struct relations {
    struct arena *arena;
    struct str folder; /* "word/" */
    struct str document, numbering, styles, footnotes, endnotes;
};

static void
relation_open(void *user, struct str name, const struct xml_attributes *attributes)
{
    struct relations *r = user;
    struct str type = xml_value(attributes, "Type");
    struct str target = xml_value(attributes, "Target");
    struct {
        const char *end;
        struct str *part;
    } kinds[] = {
        {"/officeDocument", &r->document}, {"/numbering", &r->numbering}, {"/styles", &r->styles},
        {"/footnotes", &r->footnotes},     {"/endnotes", &r->endnotes},
    };

    if (!str_equal(name, STR("Relationship")) || target.len == 0)
        return;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!str_ends(type, str_of(kinds[i].end)))
            continue;
        if (target.data[0] == '/')
            *kinds[i].part = arena_str(r->arena, str_slice(target, 1, target.len));
        else
            *kinds[i].part =
                arena_format(r->arena, "%.*s%.*s", STR_ARG(r->folder), STR_ARG(target));
    }
}

static void
no_close(void *user, struct str name)
{
    (void)user;
    (void)name;
}

static void
no_text(void *user, struct str text)
{
    (void)user;
    (void)text;
}

/* Reads a file of relations; without one the usual names stand. */
static bool
read_relations(struct relations *r, struct document *document, const char *part,
               struct error *error)
{
    static const struct xml_events events = {relation_open, no_close, no_text};
    struct zip_part file = {.name = part};

    if (!zip_read(r->arena, document->raw, document->name, &file, 1, error))
        return false;
    return !file.bytes.data || xml_stream(file.bytes, document->name, &events, r, error);
}

/* Which files inside hold the text, its numbers, its styles and its notes. */
static bool
find_parts(struct relations *r, struct document *document, struct error *error)
{
    struct arena *arena = r->arena;
    size_t slash;
    const char *part;

    r->document = STR("word/document.xml");
    if (!read_relations(r, document, "_rels/.rels", error))
        return false;
    slash = r->document.len;
    while (slash > 0 && r->document.data[slash - 1] != '/')
        slash--;
    r->folder = str_slice(r->document, 0, slash);
    r->numbering = arena_format(arena, "%.*snumbering.xml", STR_ARG(r->folder));
    r->styles = arena_format(arena, "%.*sstyles.xml", STR_ARG(r->folder));
    r->footnotes = arena_format(arena, "%.*sfootnotes.xml", STR_ARG(r->folder));
    r->endnotes = arena_format(arena, "%.*sendnotes.xml", STR_ARG(r->folder));
    part = arena_format(arena, "%.*s_rels/%.*s.rels", STR_ARG(r->folder),
                        STR_ARG(str_slice(r->document, slash, r->document.len)))
               .data;
    return read_relations(r, document, part, error);
}

static bool
read_parts(struct docx *d, const struct zip_part *parts, struct str name, struct error *error)
{
    static const struct xml_events events = {on_open, on_close, on_text};

    if (!parts[0].bytes.data)
        return error_set(error, "%.*s: is no DOCX file: it holds no text", STR_ARG(name));
    if (parts[1].bytes.data && !docx_numbering_read(d->numbering, parts[1].bytes, name, error))
        return false;
    if (parts[2].bytes.data && !docx_styles_read(d->numbering, parts[2].bytes, name, error))
        return false;
    if (!xml_stream(parts[0].bytes, name, &events, d, error))
        return false;
    for (size_t i = 3; i < 5; i++) {
        prose_break(&d->body, PROSE_BLOCK);
        if (parts[i].bytes.data && !xml_stream(parts[i].bytes, name, &events, d, error))
            return false;
    }
    return true;
}

bool
docx_read(struct document *document, struct error *error)
{
    struct arena scratch = {0};
    struct relations r = {.arena = &scratch, .folder = {"", 0}};
    struct docx d = {.scratch = &scratch, .numbering = docx_numbering_new(&scratch)};
    bool done;

    document->origin_kind = ORIGIN_NONE;
    prose_begin(&d.body, false);
    prose_begin(&d.boxes, false);
    done = find_parts(&r, document, error);
    if (done) {
        struct zip_part parts[] = {
            {.name = r.document.data},  {.name = r.numbering.data}, {.name = r.styles.data},
            {.name = r.footnotes.data}, {.name = r.endnotes.data},
        };

        done = zip_read(&scratch, document->raw, document->name, parts, 5, error) &&
               read_parts(&d, parts, document->name, error);
    }
    prose_free(&d.boxes);
    if (done)
        done = prose_end(&d.body, document, error);
    else
        prose_free(&d.body);
    arena_free(&scratch);
    return done;
}
