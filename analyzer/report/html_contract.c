/*
 * The contract in the HTML report: one grid row a paragraph, page and article in the margin, marks
 * exactly where findings stand, each finding's note beside the row of its first place.
 */

#include "report/html.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "report/shown.h"

enum {
    SPAN_ROWS = 12, /* classes s2..s12 of the style: rows a note may run beside */
};

/* A place with the finding it belongs to, for the sweep over the units. */
struct stand {
    const struct finding *finding;
    uint32_t place;
    uint32_t unit;
    struct span mark;
    enum grade grade;
};

struct row {
    uint32_t first;
    uint32_t count; /* units */
    uint32_t clause;
    uint32_t notes;   /* findings that first stand here */
    enum grade grade; /* gravest mark in it */
};

struct contract {
    struct html *html;
    struct row *rows;
    uint32_t row_count;
    struct stand *stands; /* in document order */
    uint32_t stand_count;
    uint32_t next_stand;
    uint32_t next_note; /* index into html->order */
    uint32_t page;      /* last page written in the margin */
    uint8_t *named;     /* per clause: 1 = its article anchor is taken by an earlier clause */
};

static int
compare_stands(const void *left, const void *right)
{
    const struct stand *a = left;
    const struct stand *b = right;

    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    if (a->mark.begin != b->mark.begin)
        return a->mark.begin < b->mark.begin ? -1 : 1;
    if (a->mark.end != b->mark.end)
        return a->mark.end > b->mark.end ? -1 : 1;
    return a->finding < b->finding ? -1 : a->finding > b->finding;
}

/* What is underlined: the mark within its unit, the whole unit when there is no such thing. */
static struct span
visible_mark(const struct document *document, const struct place *place)
{
    struct span unit = shown_trim(document, document->units.items[place->unit].span);
    struct span mark = shown_trim(document, place->mark);

    if (mark.begin < unit.begin)
        mark.begin = unit.begin;
    if (mark.end > unit.end)
        mark.end = unit.end;
    return mark.begin < mark.end ? mark : unit;
}

static void
collect_stands(struct contract *c)
{
    const struct verdict *verdict = c->html->w->verdict;
    const struct document *document = c->html->w->document;
    size_t count = 0;

    for (uint32_t i = 0; i < verdict->findings.count; i++)
        count += verdict->findings.items[i].place_count;
    c->stands = arena_new(c->html->w->arena, struct stand, count + 1);
    for (uint32_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = &verdict->findings.items[i];
        for (uint32_t j = 0; j < finding->place_count; j++) {
            const struct place *place = &finding->places[j];
            c->stands[c->stand_count++] = (struct stand){
                finding, j, place->unit, visible_mark(document, place), place->grade};
        }
    }
    if (c->stand_count > 0)
        qsort(c->stands, c->stand_count, sizeof *c->stands, compare_stands);
}

/* True when a line break that no edit repairs lies between two neighbouring units. */
static bool
breaks_between(const struct document *document, const struct unit *a, const struct unit *b)
{
    struct span left = shown_trim(document, a->span);
    struct span right = shown_trim(document, b->span);
    uint32_t code_point;
    uint32_t offset;

    if (left.end >= right.begin)
        return false;
    struct repaired walk = repaired_begin(document, (struct span){left.end, right.begin});
    while (repaired_next(&walk, &code_point, &offset))
        if (code_point == '\n' || code_point == '\f')
            return true;
    return false;
}

static bool
starts_row(const struct document *document, uint32_t unit)
{
    const struct unit *u = &document->units.items[unit];
    const struct unit *before = u - 1;

    return unit == 0 || u->clause != before->clause || u->kind != UNIT_SENTENCE ||
           before->kind == UNIT_HEADING || before->kind == UNIT_CELL ||
           breaks_between(document, before, u);
}

static void
build_rows(struct contract *c)
{
    const struct document *document = c->html->w->document;
    uint32_t stand = 0;
    uint32_t note = 0;

    c->rows = arena_new(c->html->w->arena, struct row, (size_t)document->units.count + 1);
    for (uint32_t i = 0; i < document->units.count; i++) {
        if (starts_row(document, i))
            c->rows[c->row_count++] =
                (struct row){.first = i, .clause = document->units.items[i].clause};
        struct row *row = &c->rows[c->row_count - 1];
        row->count++;
        for (; stand < c->stand_count && c->stands[stand].unit <= i; stand++)
            if (c->stands[stand].grade > row->grade)
                row->grade = c->stands[stand].grade;
        for (; note < c->html->w->verdict->findings.count &&
               writer_first_place(c->html->order[note])->unit <= i;
             note++)
            row->notes++;
    }
}

static int
compare_paths(const void *left, const void *right)
{
    const struct clause *const *a = left;
    const struct clause *const *b = right;
    int order = str_compare((*a)->path, (*b)->path);

    if (order == 0)
        order = (int)((*a)->flags & CLAUSE_CONTENTS) - (int)((*b)->flags & CLAUSE_CONTENTS);
    return order ? order : (*a > *b) - (*a < *b);
}

/*
 * An annex may number its articles anew, and a table of contents names them all: only the first
 * of a name gets the anchor, those of a table of contents never before the article itself.
 */
static void
name_clauses(struct contract *c)
{
    const struct document *document = c->html->w->document;
    uint32_t count = document->clauses.count;
    const struct clause **sorted =
        arena_new(c->html->w->arena, const struct clause *, (size_t)count + 1);

    c->named = arena_new(c->html->w->arena, uint8_t, (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &document->clauses.items[i];
    if (count > 0)
        qsort(sorted, count, sizeof *sorted, compare_paths);
    for (uint32_t i = 1; i < count; i++)
        if (str_equal(sorted[i - 1]->path, sorted[i]->path))
            c->named[sorted[i] - document->clauses.items] = 1;
}

/* Readable text of a span, escaped; keeps the blank owed from one span to the next. */
static bool
write_readable(struct contract *c, struct span span, bool blank)
{
    struct shown_walk walk = shown_begin(c->html->w->document, span, blank);
    char chunk[512];
    size_t length = 0;
    uint32_t code_point;

    while (shown_next(&walk, &code_point)) {
        length += utf8_put(code_point, chunk + length);
        if (length > sizeof chunk - 4) {
            html_text(c->html->w->out, (struct str){chunk, length});
            length = 0;
        }
    }
    html_text(c->html->w->out, (struct str){chunk, length});
    return walk.blank;
}

/* The small link behind a mark that leads to its note: letter and number. */
static void
write_reference(struct contract *c, const struct stand *stand)
{
    struct html *html = c->html;
    struct writer *w = html->w;
    struct str number = words_number(w->arena, html_number(html, stand->finding));

    out_format(w->out, "<a class=\"ref %s\" href=\"#", words_grade_id(stand->finding->grade));
    html_prefix(html);
    out_format(w->out, "f-%016llx\" aria-label=\"",
               (unsigned long long)stand->finding->fingerprint);
    html_text(w->out, words_fill(w, "html.note",
                                 WORDS(number, words_grade(w, "word", stand->finding->grade))));
    out_str(w->out, STR("\">"));
    html_text(w->out, words_grade(w, "letter", stand->finding->grade));
    out_format(w->out, "&#8239;%.*s</a>", STR_ARG(number));
}

static void
open_mark(struct contract *c, const struct stand *stand, bool first)
{
    struct html *html = c->html;
    struct writer *w = html->w;

    out_format(w->out, "<mark class=\"%s\"", words_grade_id(stand->grade));
    if (first) {
        out_str(w->out, STR(" id=\""));
        html_place_id(html, stand->finding, stand->place);
        out_char(w->out, '"');
    }
    out_char(w->out, '>');
}

/* The next offset at which a mark begins or ends, else `end`. */
static uint32_t
next_boundary(const struct stand *stands, uint32_t count, uint32_t at, uint32_t end)
{
    for (uint32_t i = 0; i < count; i++) {
        if (stands[i].mark.begin > at && stands[i].mark.begin < end)
            end = stands[i].mark.begin;
        if (stands[i].mark.end > at && stands[i].mark.end < end)
            end = stands[i].mark.end;
    }
    return end;
}

/*
 * One unit, cut wherever a mark begins or ends; between two cuts the marks that cover the piece
 * are opened and closed around it, so overlapping marks never cross in the HTML.  A unit holds at
 * most one place a category: the list is short.
 */
static void
write_unit(struct contract *c, uint32_t unit, bool blank)
{
    const struct document *document = c->html->w->document;
    struct out *out = c->html->w->out;
    struct span span = document->units.items[unit].span;
    const struct stand *stands = c->stands + c->next_stand;
    uint32_t count = 0;

    while (c->next_stand + count < c->stand_count && stands[count].unit == unit)
        count++;
    for (uint32_t at = span.begin; at < span.end;) {
        uint32_t to = next_boundary(stands, count, at, span.end);
        uint32_t open = 0;
        bool goes_on = false;
        for (uint32_t i = 0; i < count; i++) {
            if (stands[i].mark.begin > at || stands[i].mark.end < to)
                continue;
            if (open++ == 0 && blank)
                out_char(out, ' ');
            open_mark(c, &stands[i], stands[i].mark.begin == at);
            goes_on |= stands[i].mark.end > to;
        }
        blank = write_readable(c, (struct span){at, to}, blank && open == 0);
        if (blank && goes_on) {
            out_char(out, ' ');
            blank = false;
        }
        for (uint32_t i = 0; i < open; i++)
            out_str(out, STR("</mark>"));
        for (uint32_t i = 0; i < count; i++)
            if (stands[i].mark.end == to && stands[i].mark.begin < to)
                write_reference(c, &stands[i]);
        at = to;
    }
    c->next_stand += count;
}

/* True when the row opens an article: further clauses of the same path do not name it again. */
static bool
opens_article(const struct contract *c, const struct row *row)
{
    const struct document *document = c->html->w->document;

    if (row->clause >= document->clauses.count)
        return false;
    const struct clause *clause = &document->clauses.items[row->clause];
    if (clause->path.len == 0 || (clause->flags & CLAUSE_CONTENTS))
        return false;
    return row == c->rows || row[-1].clause >= document->clauses.count ||
           !str_equal(document->clauses.items[row[-1].clause].path, clause->path);
}

/* Article of a clause in its first row, pages where they change. */
static void
write_margin(struct contract *c, const struct row *row)
{
    struct html *html = c->html;
    struct writer *w = html->w;
    const struct document *document = w->document;
    struct span first = shown_trim(document, document->units.items[row->first].span);
    struct span last =
        shown_trim(document, document->units.items[row->first + row->count - 1].span);
    uint32_t from = document_page(document, first.begin);
    uint32_t to = document_page(document, last.end > first.begin ? last.end - 1 : first.begin);

    out_str(w->out, STR("<div class=\"m\">"));
    if (opens_article(c, row)) {
        out_str(w->out, STR("<span>"));
        html_text(w->out, words_article(w, row->clause));
        out_str(w->out, STR("</span>"));
    }
    if (to != c->page && to > 0) {
        out_str(w->out, STR("<span class=\"pg\" id=\""));
        html_prefix(html);
        out_format(w->out, "p%u\">", to);
        if (from == to)
            html_text(w->out, words_page(w, first.begin));
        else
            html_text(w->out,
                      words_fill(w, "pages",
                                 WORDS(words_number(w->arena, from), words_number(w->arena, to))));
        out_str(w->out, STR("</span>"));
        c->page = to;
    }
    out_str(w->out, STR("</div>"));
}

/* The element a row's text stands in: its headings go into the outline of the page. */
static const char *
row_element(const struct document *document, const struct row *row)
{
    static const char *const elements[] = {"h4", "h5", "h6"};
    const struct unit *unit = &document->units.items[row->first];
    uint32_t level = 1;

    if (unit->kind != UNIT_HEADING)
        return "p";
    if (unit->clause < document->clauses.count) {
        int32_t heading = document->clauses.items[unit->clause].heading;
        if (heading >= 0 && (uint32_t)heading < document->headings.count)
            level = document->headings.items[heading].level;
    }
    level = level < 1 ? 1 : level;
    return elements[level > 3 ? 2 : level - 1];
}

static void
write_row(struct contract *c, const struct row *row)
{
    struct html *html = c->html;
    struct writer *w = html->w;
    const struct document *document = w->document;
    const char *element = row_element(document, row);
    enum unit_kind kind = document->units.items[row->first].kind;
    bool opens = row == c->rows || row[-1].clause != row->clause;

    out_str(w->out, STR("<div class=\"row"));
    if (kind == UNIT_ITEM || kind == UNIT_HEADING)
        out_str(w->out, kind == UNIT_ITEM ? STR(" item") : STR(" head"));
    if (row->grade > GRADE_NONE)
        out_format(w->out, " flag %s", words_grade_id(row->grade));
    out_char(w->out, '"');
    if (opens && row->clause < document->clauses.count && !c->named[row->clause] &&
        document->clauses.items[row->clause].path.len > 0) {
        out_str(w->out, STR(" id=\""));
        html_prefix(html);
        out_str(w->out, STR("art-"));
        html_id(w->out, document->clauses.items[row->clause].path);
        out_char(w->out, '"');
    }
    out_char(w->out, '>');
    write_margin(c, row);
    out_format(w->out, "<%s class=\"c\">", element);
    for (uint32_t i = 0; i < row->count; i++)
        write_unit(c, row->first + i, i > 0);
    out_format(w->out, "</%s></div>\n", element);
}

static void
write_notes(struct contract *c, uint32_t row)
{
    struct writer *w = c->html->w;
    uint32_t span = 1;

    if (c->rows[row].notes == 0)
        return;
    while (span < SPAN_ROWS && row + span < c->row_count && c->rows[row + span].notes == 0)
        span++;
    out_str(w->out, STR("<div class=\"notes"));
    if (span > 1)
        out_format(w->out, " s%u", span);
    out_str(w->out, STR("\">\n"));
    for (uint32_t i = 0; i < c->rows[row].notes; i++)
        html_note(c->html, c->html->order[c->next_note++]);
    out_str(w->out, STR("</div>\n"));
}

void
html_contract(struct html *html)
{
    struct contract c = {.html = html};
    struct writer *w = html->w;

    collect_stands(&c);
    build_rows(&c);
    name_clauses(&c);
    out_str(w->out, STR("<div class=\"rows\" lang=\""));
    html_text(w->out, w->document->language);
    out_str(w->out, STR("\">\n"));
    for (uint32_t i = 0; i < c.row_count; i++) {
        struct arena_mark mark = arena_mark(w->arena);
        write_row(&c, &c.rows[i]);
        write_notes(&c, i);
        arena_reset(w->arena, mark);
    }
    out_str(w->out, STR("</div>\n"));
}
