/*
 * Format "text": what a reader sees in a terminal.  Findings gravest first, 80 columns wide, then
 * a summary.  Everything that comes from outside is cleaned of control characters, so a contract
 * cannot drive the terminal.
 */

#include "report/writer.h"

#include "base/utf8.h"
#include "report/shown.h"
#include "report/words.h"

enum {
    WIDTH = 80,
    EXCERPT = 400, /* bytes shown around a mark */
    SAYS = 88,     /* bytes of a norm's sentence */
    NORMS = 2,     /* shown in words; the others are counted */
    ACTIONS = 3,   /* at most; the third only if all stay short */
    ACTION_BYTES = 160,
    MORE_PLACES = 20, /* further places quoted; the others are counted */
    GUTTER = 2,       /* indent of quotes */
};

/* The terminal line being filled. */
struct page {
    struct writer *w;
    size_t column;
    size_t indent;
    bool fresh; /* no word since the indent */
    bool marked;
};

static void
escape(struct page *page, const char *code)
{
    if (page->w->run->color)
        out_format(page->w->out, "\033[%sm", code);
}

static void
end_line(struct page *page)
{
    out_char(page->w->out, '\n');
    page->column = 0;
    page->fresh = true;
}

static void
pad(struct page *page, size_t column)
{
    for (; page->column < column; page->column++)
        out_char(page->w->out, ' ');
    page->fresh = true;
}

static void
put(struct page *page, struct str s)
{
    out_str(page->w->out, s);
    page->column += utf8_width(s);
}

/* Columns of a word: in-band signs become brackets without colour, nothing with it. */
static size_t
word_width(const struct page *page, struct str word)
{
    size_t width = 0;
    size_t from = 0;

    for (size_t i = 0; i <= word.len; i++) {
        if (i < word.len && word.data[i] != SHOWN_MARK && word.data[i] != SHOWN_PLAIN)
            continue;
        width += utf8_width(str_slice(word, from, i));
        if (i < word.len && !page->w->run->color)
            width += 2;
        from = i + 1;
    }
    return width;
}

static void
put_sign(struct page *page, bool marked)
{
    page->marked = marked;
    if (page->w->run->color)
        escape(page, marked ? "1;4" : "0");
    else
        put(page, marked ? STR("[[") : STR("]]"));
}

static void
put_word(struct page *page, struct str word)
{
    size_t from = 0;

    for (size_t i = 0; i <= word.len; i++) {
        if (i < word.len && word.data[i] != SHOWN_MARK && word.data[i] != SHOWN_PLAIN)
            continue;
        if (i > from)
            put(page, str_slice(word, from, i));
        if (i < word.len)
            put_sign(page, word.data[i] == SHOWN_MARK);
        from = i + 1;
    }
}

/* Breaks the line; the underline of a mark does not run through the indent. */
static void
break_line(struct page *page)
{
    if (page->marked)
        escape(page, "0");
    end_line(page);
    pad(page, page->indent);
    if (page->marked)
        escape(page, "1;4");
}

/* Fills text word by word, with hanging indent. */
static void
flow(struct page *page, struct str text)
{
    struct str word;

    while (str_cut(&text, ' ', &word)) {
        if (!page->fresh && page->column + 1 + word_width(page, word) > WIDTH)
            break_line(page);
        if (!page->fresh)
            put(page, STR(" "));
        put_word(page, word);
        page->fresh = false;
    }
}

/* Where the text of labelled paragraphs begins. */
static size_t
field_indent(const struct writer *w)
{
    static const char *const labels[] = {"text.why",    "text.law",  "text.missing", "text.found",
                                         "text.signed", "text.also", "text.do",      "text.rule"};
    size_t indent = 0;

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t width = utf8_width(words_get(w, labels[i])) + 2;
        indent = width > indent ? width : indent;
    }
    return indent;
}

/* A labelled paragraph; nothing when the text is empty. */
static void
field(struct page *page, const char *label, struct str text)
{
    if (text.len == 0)
        return;
    page->indent = field_indent(page->w);
    escape(page, "2");
    put(page, words_get(page->w, label));
    escape(page, "0");
    pad(page, page->indent);
    flow(page, text);
    end_line(page);
}

/* A paragraph without label, its further lines indented. */
static void
paragraph(struct page *page, struct str text, size_t indent)
{
    page->indent = indent;
    page->fresh = true;
    flow(page, text);
    end_line(page);
}

static const char *
grade_color(enum grade grade)
{
    switch (grade) {
    case GRADE_BLACK:
        return "1;31";
    case GRADE_GREY:
        return "1;33";
    case GRADE_POTENTIAL:
        return "1;36";
    case GRADE_CHECK:
    case GRADE_NONE:
        break;
    }
    return "1";
}

/* "path:line:col · pag. 3 · art. 6.1                          [N] POSSIBILE NULLITÀ" */
static void
header(struct page *page, const struct finding *finding)
{
    struct writer *w = page->w;
    uint32_t offset = shown_trim(w->document, finding->places[0].mark).begin;
    struct position at = shown_position(w, offset);
    struct str article = words_article(w, finding->clause);
    struct str where = words_page(w, offset);
    struct buffer left = {.arena = w->arena};

    buffer_format(&left, "%.*s:%u:%u", STR_ARG(shown_clean(w->arena, w->document->name)), at.line,
                  at.column);
    if (where.len > 0)
        buffer_format(&left, " · %.*s", STR_ARG(where));
    if (article.len > 0)
        buffer_format(&left, " · %.*s", STR_ARG(article));

    struct str grade =
        arena_format(w->arena, "[%.*s] %.*s", STR_ARG(words_grade(w, "letter", finding->grade)),
                     STR_ARG(words_grade(w, "head", finding->grade)));
    size_t width = utf8_width(grade);
    put(page, buffer_get(&left));
    if (page->column + 2 + width > WIDTH)
        end_line(page);
    pad(page, WIDTH > width ? WIDTH - width : 0);
    escape(page, grade_color(finding->grade));
    put(page, grade);
    escape(page, "0");
    end_line(page);
}

static void
quote(struct page *page, const struct place *place)
{
    struct writer *w = page->w;
    struct str text = shown_excerpt(w->arena, w->document, place->unit, place->mark, EXCERPT);

    pad(page, GUTTER);
    page->indent = GUTTER;
    flow(page, arena_format(w->arena, "%.*s%.*s%.*s", STR_ARG(words_get(w, "quote.open")),
                            STR_ARG(text), STR_ARG(words_get(w, "quote.close"))));
    end_line(page);
}

/* One line: "  riga 44: «...»". */
static void
short_quote(struct page *page, const char *label, const struct document *paper, struct span span)
{
    struct writer other = writer_in(page->w, paper), *w = paper ? &other : page->w;
    span = shown_trim(w->document, span);
    struct str number = words_number(w->arena, shown_position(w, span.begin).line);
    struct str head = words_fill(w, label, WORDS(number, shown_clean(w->arena, w->document->name)));
    struct str open = words_get(w, "quote.open");
    struct str close = words_get(w, "quote.close");
    size_t room = WIDTH - GUTTER - utf8_width(head) - 4;
    struct str text = shown_short(w->arena, w->document, span, room);

    pad(page, GUTTER);
    put(page, head);
    put(page, STR(" "));
    put(page, open);
    put(page, text);
    put(page, close);
    end_line(page);
}

static void
places(struct page *page, const struct finding *finding)
{
    struct writer *w = page->w;
    uint32_t shown = finding->place_count;

    quote(page, &finding->places[0]);
    if (finding->places[0].related.end > 0)
        short_quote(page, finding->places[0].related_paper ? "text.related-in" : "text.related",
                    finding->places[0].related_paper, finding->places[0].related);
    if (shown > MORE_PLACES + 1)
        shown = MORE_PLACES + 1;
    for (uint32_t i = 1; i < shown; i++)
        short_quote(page, "text.place", NULL, finding->places[i].mark);
    if (shown < finding->place_count) {
        pad(page, GUTTER);
        put(page, words_count(w, "text.more-places", finding->place_count - shown));
        end_line(page);
    }
}

static struct str
norms(const struct writer *w, const struct finding *finding)
{
    const uint32_t *order = words_norm_order(w, finding);
    struct buffer buffer = {.arena = w->arena};

    for (uint32_t i = 0; i < finding->norm_count && i < NORMS; i++)
        buffer_format(&buffer, "%s%.*s", i > 0 ? "; " : "",
                      STR_ARG(words_norm(w, &finding->norms[order[i]], SAYS)));
    if (finding->norm_count > NORMS)
        buffer_format(&buffer, " (+%u)", finding->norm_count - NORMS);
    return buffer_get(&buffer);
}

static struct str
actions(const struct writer *w, const struct family *family)
{
    struct buffer buffer = {.arena = w->arena};

    for (uint32_t i = 0; i < family->action_count && i < ACTIONS; i++) {
        struct str text = family->actions[i]->text.in[w->ui];
        if (i == ACTIONS - 1 && buffer.bytes.count + text.len > ACTION_BYTES)
            break;
        buffer_format(&buffer, "%s%.*s", i > 0 ? " " : "", STR_ARG(text));
    }
    return buffer_get(&buffer);
}

static struct str
read_as(const struct writer *w, const struct finding *finding)
{
    struct str unknown = words_unknown(w, finding, "unknown");
    struct str text = words_fill(w, "text.read-as", WORDS(words_read_as(w)));

    if (words_elsewhere(w, finding).len > 0)
        text = arena_format(w->arena, "%.*s; %.*s", STR_ARG(text),
                            STR_ARG(words_elsewhere(w, finding)));
    if (unknown.len == 0)
        return text;
    return arena_format(w->arena, "%.*s; %.*s", STR_ARG(text), STR_ARG(unknown));
}

static void
finding_block(struct page *page, const struct finding *finding)
{
    struct writer *w = page->w;
    const struct family *family = finding->rule->family;
    struct str rule =
        arena_format(w->arena, "cavillo explain %.*s (rev %u, %.*s)", STR_ARG(family->id),
                     family->rev, STR_ARG(words_measured(w, family)));

    header(page, finding);
    escape(page, "1");
    paragraph(page, family->title.in[w->ui], 0);
    escape(page, "0");
    places(page, finding);
    field(page, "text.why", family->explain.in[w->ui]);
    field(page, "text.law", norms(w, finding));
    field(page, "text.missing", words_missing(w, finding));
    field(page, "text.found", words_found(w, finding));
    field(page, "text.signed", words_approval(w, finding));
    field(page, "text.also", words_others(w, finding));
    paragraph(page, read_as(w, finding), field_indent(w));
    field(page, "text.do", actions(w, family));
    field(page, "text.rule", rule);
    end_line(page);
}

/* "  5 presunta vessatoria   4.3 (2)  7 (4)  9.4 (5)", in the contract's order. */
static void
grade_line(struct page *page, enum grade grade, size_t indent)
{
    struct writer *w = page->w;
    struct str last = STR("");

    if (w->counts.grade[grade] == 0 || grade < w->run->min_grade)
        return;
    pad(page, GUTTER);
    put(page, words_number(w->arena, w->counts.grade[grade]));
    put(page, STR(" "));
    put(page, words_grade(w, "word", grade));
    pad(page, indent);
    for (uint32_t i = 0; i < w->counts.findings; i++) {
        const struct finding *finding = &w->verdict->findings.items[i];
        if (finding->grade != grade)
            continue;
        struct str reference = words_reference(w, finding);
        if (str_equal(reference, last))
            continue;
        last = reference;
        if (page->column > indent && page->column + 2 + utf8_width(reference) > WIDTH) {
            end_line(page);
            pad(page, indent);
        } else if (page->column > indent) {
            put(page, STR("  "));
        }
        put(page, reference);
    }
    end_line(page);
}

static size_t
grade_indent(const struct writer *w)
{
    size_t indent = 0;

    for (enum grade grade = GRADE_CHECK; grade <= GRADE_BLACK; grade++) {
        size_t width = utf8_width(words_number(w->arena, w->counts.grade[grade])) +
                       utf8_width(words_grade(w, "word", grade));
        if (w->counts.grade[grade] > 0 && width > indent)
            indent = width;
    }
    return indent + GUTTER + 4;
}

/* "4 limitano la responsabilità": of the category that leads, if there is a phrase for it. */
static struct str
leading_category(const struct writer *w)
{
    const struct category *lead = NULL;
    uint32_t count = 0;

    for (uint32_t i = 0; i < w->run->law->categories.count; i++) {
        const struct category *category = &w->run->law->categories.items[i];
        if (!lead || category->order < lead->order)
            lead = category;
    }
    if (!lead)
        return STR("");
    for (uint32_t i = 0; i < w->verdict->findings.count; i++) {
        const struct finding *finding = &w->verdict->findings.items[i];
        count += finding->grade >= w->run->min_grade && str_equal(finding->category, lead->id);
    }
    struct str id = arena_format(w->arena, "summary.lead.%.*s", STR_ARG(lead->id));
    if (count == 0 || !words_has(w, id.data))
        return STR("");
    return words_count(w, id.data, count);
}

static void
summary_counts(struct page *page)
{
    struct writer *w = page->w;
    struct str lead = leading_category(w);
    struct str columns = words_get(w, w->document->pages.count > 0 ? "summary.columns-page"
                                                                   : "summary.columns-line");
    size_t width = utf8_width(columns);
    uint32_t hidden = w->counts.findings - w->counts.shown;

    escape(page, "1");
    put(page, words_count(w, "summary.findings", w->counts.shown));
    escape(page, "0");
    if (lead.len > 0) {
        put(page, STR(", "));
        put(page, lead);
    }
    if (w->counts.shown > 0 && page->column + 2 + width <= WIDTH) {
        pad(page, WIDTH - width);
        put(page, columns);
    }
    end_line(page);
    for (enum grade grade = GRADE_BLACK; grade >= GRADE_CHECK; grade--)
        grade_line(page, grade, grade_indent(w));
    if (hidden > 0) {
        pad(page, GUTTER);
        put(page, words_count(w,
                              w->run->min_grade <= GRADE_POTENTIAL ? "summary.hidden"
                                                                   : "summary.hidden-other",
                              hidden));
        end_line(page);
    }
}

static void
summary(struct page *page)
{
    struct writer *w = page->w;
    struct str ask = words_ask(w);

    paragraph(page,
              arena_format(w->arena, "%.*s · %.*s",
                           STR_ARG(shown_clean(w->arena, w->document->name)),
                           STR_ARG(words_about(w))),
              GUTTER);
    for (uint32_t i = 0; i < w->document->notes.count; i++) {
        pad(page, GUTTER);
        paragraph(page, words_note(w, &w->document->notes.items[i]), GUTTER);
    }
    if (w->verdict->limit_hits > 0)
        paragraph(page, words_count(w, "summary.limits", w->verdict->limit_hits), GUTTER);
    if (w->document->contract)
        paragraph(page, words_count(w, "summary.as-one", w->document->contract->papers.count),
                  GUTTER);
    if (w->counts.findings == 0)
        paragraph(page, words_nothing(w), GUTTER);
    else
        summary_counts(page);
    if (w->document->has_approval && w->counts.shown > 0)
        paragraph(
            page,
            words_fill(w, "summary.approval",
                       WORDS(words_number(w->arena, w->counts.not_listed),
                             words_number(w->arena, w->counts.shown), words_approval_where(w))),
            GUTTER);
    struct str as = words_fill(w, "summary.read-as", WORDS(words_read_as(w)));
    if (ask.len > 0)
        as = arena_format(w->arena, "%.*s. %.*s", STR_ARG(as),
                          STR_ARG(words_fill(w, "summary.ask", WORDS(ask))));
    paragraph(page, as, GUTTER);
    paragraph(page, words_scope_line(w), GUTTER);
    paragraph(page, words_rules(w), GUTTER);
    paragraph(page, words_get(w, "disclaimer.line"), GUTTER);
    end_line(page);
}

/* What the end of the run has to know of the last document. */
struct last {
    enum ui ui;
    struct str families, law; /* its scope */
};

static void
begin(struct report *report)
{
    struct last *last = arena_new(&report->arena, struct last, 1);
    last->ui = report->run->ui;
    report->state = last;
}

static void
document(struct report *report, const struct report_document *input)
{
    struct writer w = writer_of(report, input);
    struct page page = {.w = &w};
    const struct finding **list = writer_by_grade(&w);

    struct last *last = report->state;

    *last = (struct last){w.ui, arena_str(&report->arena, words_scope_families(&w)),
                          arena_str(&report->arena, words_scope_law(&w))};
    for (uint32_t i = 0; i < w.counts.findings; i++) {
        if (list[i]->grade < w.run->min_grade)
            continue;
        struct arena_mark mark = arena_mark(w.arena);
        finding_block(&page, list[i]);
        arena_reset(w.arena, mark);
    }
    summary(&page);
}

static void
failure(struct report *report, struct str name, struct str why)
{
    struct writer w = writer_of_run(report, ((const struct last *)report->state)->ui);
    struct page page = {.w = &w};

    paragraph(
        &page,
        words_fill(&w, "failure", WORDS(shown_clean(w.arena, name), shown_clean(w.arena, why))),
        GUTTER);
    end_line(&page);
}

static void
end(struct report *report, bool ok)
{
    const struct last *last = report->state;
    struct writer w = writer_of_run(report, ((const struct last *)report->state)->ui);
    struct page page = {.w = &w};

    (void)ok;
    if (last->families.len > 0) { /* what "not found" means */
        paragraph(&page, words_fill(&w, "scope.families", WORDS(last->families)), 0);
        paragraph(&page,
                  arena_format(w.arena, "%.*s. %.*s", STR_ARG(last->law),
                               STR_ARG(words_get(&w, "scope.not-judged"))),
                  0);
        end_line(&page);
    }
    paragraph(&page, words_disclaimer(&w), 0);
}

/* Format "summary": the last block of the text alone. */
static void
summary_document(struct report *report, const struct report_document *input)
{
    struct writer w = writer_of(report, input);
    struct page page = {.w = &w};

    ((struct last *)report->state)->ui = w.ui;
    summary(&page);
}

static void
summary_end(struct report *report, bool ok)
{
    (void)report;
    (void)ok;
}

const struct report_format report_text = {"text", begin, document, failure, end};
const struct report_format report_summary = {"summary", begin, summary_document, failure,
                                             summary_end};
