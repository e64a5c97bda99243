/* The text of an OpenDocument file: paragraphs with their numbers, tables, notes at the end. */

#include "text/reader.h"

#include "base/bounds.h"
#include "text/odt_lists.h"
#include "text/prose.h"
#include "text/zip.h"

struct odt {
    struct odt_lists *lists;
    struct prose body;
    struct prose boxes; /* text boxes of the paragraph being read */
    struct prose notes;
    uint32_t notes_open;
    uint32_t boxes_open;
    uint32_t skip;  /* elements open inside one that is not read, itself included */
    uint32_t depth; /* elements open in office:text; 0 = outside */
    uint32_t bodies;
    uint32_t paragraphs; /* open: a box holds paragraphs within a paragraph */
    bool found;
};

static struct prose *
target(struct odt *o)
{
    return o->boxes_open > 0 ? &o->boxes : o->notes_open > 0 ? &o->notes : &o->body;
}

static bool
is_one_of(struct str name, const char *const *names)
{
    for (; *names; names++)
        if (str_equal(name, str_of(*names)))
            return true;
    return false;
}

/* Deleted or repeated text, and what is no text of the contract. */
static const char *const skipped[] = {
    "tracked-changes",
    "note-citation",
    "annotation",
    "title",
    "desc",
    "forms",
    "script",
    "ruby-text",
    "number",
    "object",
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "bibliography",
    "sequence-decls",
    NULL,
};

static bool
is_skipped(const struct odt *o, struct str name, const struct xml_attributes *attributes)
{
    bool words = str_equal(name, STR("span"));

    if (is_one_of(name, skipped))
        return true;
    if (words || str_equal(name, STR("p")) || str_equal(name, STR("h")))
        return odt_is_hidden(o->lists, words, xml_value(attributes, "style-name"));
    if (str_equal(name, STR("section")))
        return str_equal(xml_value(attributes, "display"), STR("none"));
    if (str_equal(name, STR("hidden-text")) || str_equal(name, STR("hidden-paragraph")))
        return str_equal(xml_value(attributes, "is-hidden"), STR("true"));
    return false;
}

static void
open_paragraph(struct odt *o, bool heading, const struct xml_attributes *attributes)
{
    struct prose *prose = target(o);

    o->paragraphs++;
    prose_break(prose, PROSE_BLOCK);
    if (o->boxes_open == 0 && o->notes_open == 0)
        prose_label(prose, odt_label(o->lists, heading, attributes));
}

static void
close_paragraph(struct odt *o)
{
    struct prose *prose = target(o);

    o->paragraphs--;
    prose_unlabel(prose);
    prose_break(prose, PROSE_BLOCK);
    if (o->paragraphs == 0 && o->boxes.text.count > 0) {
        prose_append(&o->body, &o->boxes);
        prose_free(&o->boxes);
        prose_begin(&o->boxes, false);
    }
}

/* Inside office:text. */
static void
open_in_text(struct odt *o, struct str name, const struct xml_attributes *attributes)
{
    bool heading = str_equal(name, STR("h"));

    if (heading || str_equal(name, STR("p")))
        open_paragraph(o, heading, attributes);
    else if (str_equal(name, STR("list")))
        odt_list_open(o->lists, attributes);
    else if (str_equal(name, STR("list-item")) || str_equal(name, STR("list-header")))
        odt_item_open(o->lists, attributes, str_equal(name, STR("list-header")));
    else if (str_equal(name, STR("table-row")))
        prose_row(target(o));
    else if (str_equal(name, STR("table-cell")) || str_equal(name, STR("covered-table-cell")))
        prose_cell(target(o), false);
    else if (str_equal(name, STR("table")))
        prose_break(target(o), PROSE_BLOCK);
    else if (str_equal(name, STR("note-body")))
        o->notes_open++;
    else if (str_equal(name, STR("text-box")))
        o->boxes_open++;
    else if (o->paragraphs == 0)
        return;
    else if (str_equal(name, STR("s")) || str_equal(name, STR("tab")))
        prose_generated(target(o), STR(" "));
    else if (str_equal(name, STR("line-break")))
        prose_break(target(o), PROSE_LINE);
}

static void
close_in_text(struct odt *o, struct str name)
{
    if (str_equal(name, STR("h")) || str_equal(name, STR("p")))
        close_paragraph(o);
    else if (str_equal(name, STR("list")))
        odt_list_close(o->lists);
    else if (str_equal(name, STR("table-row")))
        prose_row_end(target(o));
    else if (str_equal(name, STR("table")))
        prose_break(target(o), PROSE_BLOCK);
    else if (str_equal(name, STR("note-body")) && o->notes_open > 0)
        o->notes_open--;
    else if (str_equal(name, STR("text-box")) && o->boxes_open > 0)
        o->boxes_open--;
}

/* --- events -------------------------------------------------------------------------------- */

static void
on_open(void *user, struct str name, const struct xml_attributes *attributes)
{
    struct odt *o = user;

    if (o->skip > 0) {
        o->skip++;
    } else if (o->depth > 0) {
        if (is_skipped(o, name, attributes)) {
            o->skip = 1;
            return;
        }
        o->depth++;
        open_in_text(o, name, attributes);
    } else if (o->bodies > 0 && str_equal(name, STR("text"))) {
        o->depth = 1;
        o->found = true;
    } else if (str_equal(name, STR("body"))) {
        o->bodies++;
    } else {
        odt_style_open(o->lists, name, attributes);
    }
}

static void
on_close(void *user, struct str name)
{
    struct odt *o = user;

    if (o->skip > 0) {
        o->skip--;
    } else if (o->depth > 0) {
        o->depth--;
        if (o->depth > 0)
            close_in_text(o, name);
    } else if (str_equal(name, STR("body")) && o->bodies > 0) {
        o->bodies--;
    }
}

static void
on_text(void *user, struct str text)
{
    struct odt *o = user;

    if (o->skip == 0 && o->depth > 0 && o->paragraphs > 0)
        prose_generated(target(o), text);
}

static bool
read_parts(struct odt *o, struct arena *scratch, struct document *document, struct error *error)
{
    static const struct xml_events events = {on_open, on_close, on_text};
    struct zip_part parts[] = {{.name = "styles.xml"}, {.name = "content.xml"}};
    struct str name = document->name;

    if (!zip_is(document->raw))
        return xml_stream(document->raw, name, &events, o, error);
    if (!zip_read(scratch, document->raw, name, parts, 2, error))
        return false;
    if (!parts[1].bytes.data)
        return error_set(error, "%.*s: is no ODT file: it holds no text", STR_ARG(name));
    if (!str_starts(str_trim(parts[1].bytes), STR("<")))
        return error_set(error, "%.*s: is encrypted or damaged; save it again without a password",
                         STR_ARG(name));
    return (!parts[0].bytes.data || xml_stream(parts[0].bytes, name, &events, o, error)) &&
           xml_stream(parts[1].bytes, name, &events, o, error);
}

bool
odt_read(struct document *document, struct error *error)
{
    struct arena scratch = {0};
    struct odt o = {.lists = odt_lists_new(&scratch)};
    bool done;

    document->origin_kind = ORIGIN_NONE;
    prose_begin(&o.body, false);
    prose_begin(&o.boxes, false);
    prose_begin(&o.notes, false);
    done = read_parts(&o, &scratch, document, error);
    if (done && !o.found)
        done = error_set(error, "%.*s: is an office file, but no text document; convert it to text",
                         STR_ARG(document->name));
    if (done)
        prose_append(&o.body, &o.notes);
    prose_free(&o.boxes);
    prose_free(&o.notes);
    if (done)
        done = prose_end(&o.body, document, error);
    else
        prose_free(&o.body);
    arena_free(&scratch);
    return done;
}
