/*
 * Format "html": one self-contained file that opens from disk, without script and without any
 * request: its content policy lets nothing in but its own style sheet.  Documents are written to
 * memory first, since the table on top of several names them all.
 */

#include "report/html.h"

#include <stdlib.h>

#include "base/hash.h"
#include "report/shown.h"

/* A line of the table of documents. */
struct entry {
    struct str name;
    struct str error; /* empty: it was read */
    uint32_t number;  /* among those that were read */
    struct report_counts counts;
};

struct page {
    struct out *body;
    enum ui ui; /* of the first document */
    uint32_t documents;
    ARRAY(struct entry) entries;
};

void
html_text(struct out *out, struct str s)
{
    size_t from = 0;
    size_t at = 0;

    while (at < s.len) {
        const char *replacement = NULL;
        switch (s.data[at]) {
        case '&':
            replacement = "&amp;";
            break;
        case '<':
            replacement = "&lt;";
            break;
        case '>':
            replacement = "&gt;";
            break;
        case '"':
            replacement = "&quot;";
            break;
        case '\'':
            replacement = "&#39;";
            break;
        default:
            break;
        }
        if (replacement) {
            out_str(out, str_slice(s, from, at));
            out_str(out, str_of(replacement));
            from = at + 1;
        }
        at++;
    }
    out_str(out, str_slice(s, from, s.len));
}

void
html_id(struct out *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.data[i] <= ' ')
            out_char(out, '-');
        else
            html_text(out, str_slice(s, i, i + 1));
    }
}

void
html_message(const struct html *html, const char *id)
{
    html_text(html->w->out, words_get(html->w, id));
}

void
html_prefix(const struct html *html)
{
    if (html->number > 1)
        out_format(html->w->out, "d%u-", html->number);
}

uint32_t
html_number(const struct html *html, const struct finding *finding)
{
    return html->numbers[finding - html->w->verdict->findings.items];
}

void
html_place_id(const struct html *html, const struct finding *finding, uint32_t place)
{
    html_prefix(html);
    out_format(html->w->out, "m%u", html_number(html, finding));
    if (&finding->places[place] != writer_first_place(finding))
        out_format(html->w->out, "-%u", place + 1);
}

void
html_badge(const struct html *html, enum grade grade)
{
    out_format(html->w->out, "<span class=\"b %s\" aria-hidden=\"true\">", words_grade_id(grade));
    html_text(html->w->out, words_grade(html->w, "letter", grade));
    out_str(html->w->out, STR("</span>"));
}

static int
compare_first(const void *left, const void *right)
{
    const struct finding *a = *(const struct finding *const *)left;
    const struct finding *b = *(const struct finding *const *)right;
    const struct place *first = writer_first_place(a);
    const struct place *second = writer_first_place(b);

    if (first->unit != second->unit)
        return first->unit < second->unit ? -1 : 1;
    if (first->mark.begin != second->mark.begin)
        return first->mark.begin < second->mark.begin ? -1 : 1;
    return a < b ? -1 : a > b;
}

static struct html
html_of(struct writer *w, uint32_t number)
{
    uint32_t count = w->verdict->findings.count;
    struct html html = {
        .w = w,
        .number = number,
        .numbers = arena_new(w->arena, uint32_t, (size_t)count + 1),
        .order = arena_new(w->arena, const struct finding *, (size_t)count + 1),
    };

    for (uint32_t i = 0; i < count; i++)
        html.order[i] = &w->verdict->findings.items[i];
    if (count > 0)
        qsort(html.order, count, sizeof *html.order, compare_first);
    for (uint32_t i = 0; i < count; i++)
        html.numbers[html.order[i] - w->verdict->findings.items] = i + 1;
    return html;
}

static void
meta(const struct html *html, const char *id, struct str text, const char *class)
{
    struct out *out = html->w->out;

    out_str(out, STR("<div><dt>"));
    html_message(html, id);
    out_format(out, "</dt><dd><span class=\"%s\">", class);
    html_text(out, text);
    out_str(out, STR("</span></dd></div>"));
}

static void
write_meta(const struct html *html)
{
    struct writer *w = html->w;
    struct str ask = words_unknown(w, NULL, "name");

    out_str(w->out, STR("<dl class=\"meta\">"));
    meta(html, "html.document", words_about(w), "");
    meta(html, "html.read-as", words_read_as(w), "");
    if (ask.len > 0)
        meta(html, "html.unknown", ask, "ask");
    meta(html, "html.sha", str_slice(str_of(w->document->sha256), 0, 12), "hash");
    out_str(w->out, STR("</dl>\n"));
    if (w->document->notes.count == 0)
        return;
    out_str(w->out, STR("<ul class=\"notes-in\">"));
    for (uint32_t i = 0; i < w->document->notes.count; i++) {
        out_str(w->out, STR("<li>"));
        html_text(w->out, words_note(w, &w->document->notes.items[i]));
        out_str(w->out, STR("</li>"));
    }
    out_str(w->out, STR("</ul>\n"));
}

/* "28 clausole da rivedere: [N] 5 possibile nullità [P] 17 presunta vessatoria ..." */
static void
write_counts(const struct html *html)
{
    struct writer *w = html->w;

    if (w->counts.findings == 0) {
        out_str(w->out, STR("<p class=\"counts\"><b>"));
        html_text(w->out, words_nothing(w));
        out_str(w->out, STR("</b></p>\n"));
        return;
    }
    out_str(w->out, STR("<p class=\"counts\"><b>"));
    html_text(w->out, words_count(w, "summary.findings", w->counts.shown));
    out_str(w->out, w->counts.shown > 0 ? STR(":</b>") : STR("</b>"));
    for (enum grade grade = GRADE_BLACK; grade >= GRADE_CHECK; grade--) {
        if (w->counts.grade[grade] == 0 || grade < w->run->min_grade)
            continue;
        out_str(w->out, STR(" <span>"));
        html_badge(html, grade);
        out_format(w->out, " %u <span class=\"word %s\">", w->counts.grade[grade],
                   words_grade_id(grade));
        html_text(w->out, words_grade(w, "word", grade));
        out_str(w->out, STR("</span></span>"));
    }
    out_str(w->out, STR("</p>\n"));
    if (w->verdict->limit_hits > 0) {
        out_str(w->out, STR("<p><span class=\"ask\">"));
        html_text(w->out, words_count(w, "summary.limits", w->verdict->limit_hits));
        out_str(w->out, STR("</span></p>\n"));
    }
    if (w->document->contract) {
        out_str(w->out, STR("<p class=\"small\">"));
        html_text(w->out, words_count(w, "summary.as-one", w->document->contract->papers.count));
        out_str(w->out, STR("</p>\n"));
    }
    if (w->document->has_approval && w->counts.shown > 0) {
        out_str(w->out, STR("<p class=\"small\">"));
        html_text(w->out, words_fill(w, "summary.approval",
                                     WORDS(words_number(w->arena, w->counts.not_listed),
                                           words_number(w->arena, w->counts.shown),
                                           words_approval_where(w))));
        out_str(w->out, STR("</p>\n"));
    }
}

static void
write_head(const struct html *html)
{
    struct writer *w = html->w;

    out_str(w->out, STR("<header class=\"top\">\n<h2>"));
    html_text(w->out, shown_clean(w->arena, w->document->name));
    out_str(w->out, STR("</h2>\n"));
    write_meta(html);
    write_counts(html);
    out_str(w->out, STR("<p class=\"small\">"));
    html_message(html, "disclaimer.short");
    out_char(w->out, ' ');
    html_text(w->out, words_rules(w));
    out_str(w->out, STR(". "));
    html_message(html, "html.whole");
    out_str(w->out, STR("</p>\n</header>\n"));
}

static void
write_list_item(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    uint32_t place = (uint32_t)(writer_first_place(finding) - finding->places);

    out_str(w->out, STR("<li><a href=\"#"));
    html_place_id(html, finding, place);
    out_str(w->out, STR("\">"));
    html_badge(html, finding->grade);
    out_str(w->out, STR("<span><span class=\"sr\">"));
    html_text(w->out, words_grade(w, "word", finding->grade));
    out_str(w->out, STR(": </span><span class=\"t\">"));
    html_text(w->out, finding->rule->family->title.in[w->ui]);
    out_str(w->out, STR("</span> <span class=\"at\">"));
    html_text(w->out, words_reference(w, finding));
    out_str(w->out, STR("</span></span></a></li>\n"));
}

/* Findings of a range of grades, a heading for each category. */
static void
write_list_part(const struct html *html, const struct finding **list, bool below)
{
    struct writer *w = html->w;
    struct str category = STR("");

    for (uint32_t i = 0; i < w->counts.findings; i++) {
        if ((list[i]->grade < w->run->min_grade) != below)
            continue;
        if (!str_equal(category, list[i]->category)) {
            const struct category *known = ruleset_category(w->ruleset, list[i]->category);
            if (category.len > 0)
                out_str(w->out, STR("</ol>\n"));
            category = list[i]->category;
            out_str(w->out, STR("<h4>"));
            html_text(w->out, known ? known->title.in[w->ui] : category);
            out_str(w->out, STR("</h4>\n<ol>\n"));
        }
        write_list_item(html, list[i]);
    }
    if (category.len > 0)
        out_str(w->out, STR("</ol>\n"));
}

static void
write_list(const struct html *html)
{
    struct writer *w = html->w;
    const struct finding **list = writer_by_category(w);
    uint32_t below = w->counts.findings - w->counts.shown;

    out_str(w->out, STR("<nav class=\"list\" aria-label=\""));
    html_message(html, "html.findings");
    out_str(w->out, STR("\">\n<h3>"));
    html_message(html, "html.findings");
    out_str(w->out, STR(" <span class=\"at\">"));
    html_message(html,
                 w->document->pages.count > 0 ? "summary.columns-page" : "summary.columns-line");
    out_str(w->out, STR("</span></h3>\n"));
    if (w->counts.findings == 0) {
        out_str(w->out, STR("<p>"));
        html_message(html, "html.nothing");
        out_str(w->out, STR("</p>\n"));
    }
    write_list_part(html, list, false);
    if (below > 0) {
        out_str(w->out, STR("<details><summary>"));
        html_text(
            w->out,
            words_count(w, w->run->min_grade <= GRADE_POTENTIAL ? "html.below" : "html.below-other",
                        below));
        out_str(w->out, STR("</summary>\n"));
        write_list_part(html, list, true);
        out_str(w->out, STR("</details>\n"));
    }
    out_str(w->out, STR("</nav>\n"));
}

/* Titles of the families that were looked for, or of those that were not. */
static void
write_families(const struct html *html, bool covered)
{
    struct writer *w = html->w;
    const struct ruleset *law = w->run->law;

    out_str(w->out, STR("<ul>"));
    for (uint32_t i = 0; i < law->families.count; i++) {
        if (writer_covers(w->ruleset, &law->families.items[i]) != covered)
            continue;
        out_str(w->out, STR("<li>"));
        html_text(w->out, law->families.items[i].title.in[w->ui]);
        out_str(w->out, STR("</li>"));
    }
    out_str(w->out, STR("</ul>\n"));
}

static void
write_scope_norms(const struct html *html)
{
    struct writer *w = html->w;
    uint32_t count;
    const struct norm **norms = words_scope_norms(w, &count);

    out_str(w->out, STR("<ul>"));
    for (uint32_t i = 0; i < count; i++) {
        out_str(w->out, STR("<li>"));
        html_text(w->out, norms[i]->name.in[w->ui]);
        out_str(w->out, STR("</li>"));
    }
    out_str(w->out, STR("</ul>\n"));
}

static void
open_details(const struct html *html, struct str summary)
{
    out_str(html->w->out, STR("<details><summary>"));
    html_text(html->w->out, summary);
    out_str(html->w->out, STR("</summary>\n"));
}

/* A reader has to know what "not found" means. */
static void
write_scope(const struct html *html)
{
    struct writer *w = html->w;
    const struct ruleset *law = w->run->law;
    uint32_t missing = 0;

    out_str(w->out, STR("<p>"));
    html_text(w->out, words_scope_line(w));
    out_str(w->out, STR(". "));
    html_message(html, "scope.not-judged");
    out_str(w->out, STR("</p>\n"));
    open_details(html, words_fill(w, "scope.families", WORDS(words_scope_families(w))));
    write_families(html, true);
    out_str(w->out, STR("</details>\n"));
    open_details(html, words_scope_law(w));
    write_scope_norms(html);
    out_str(w->out, STR("</details>\n"));
    for (uint32_t i = 0; i < law->families.count; i++)
        missing += !writer_covers(w->ruleset, &law->families.items[i]);
    if (missing == 0)
        return;
    open_details(html, words_count(w, "html.not-covered", missing));
    write_families(html, false);
    out_str(w->out, STR("</details>\n"));
}

static void
write_foot(const struct html *html)
{
    struct writer *w = html->w;

    out_str(w->out, STR("<footer>\n<p><strong>"));
    html_message(html, "disclaimer.short");
    out_str(w->out, STR("</strong> "));
    html_text(w->out, words_disclaimer(w));
    out_str(w->out, STR("</p>\n"));
    write_scope(html);
    out_str(w->out, STR("<p class=\"hash\">SHA-256 "));
    out_str(w->out, str_of(w->document->sha256));
    out_str(w->out, STR("</p>\n</footer>\n"));
}

static void
begin(struct report *report)
{
    struct page *page = arena_new(&report->arena, struct page, 1);

    page->ui = report->run->ui;
    page->body = out_memory();
    report->state = page;
}

static void
document(struct report *report, const struct report_document *input)
{
    struct page *page = report->state;
    struct writer w = writer_of(report, input);
    struct entry entry = {
        .name = arena_str(&report->arena, shown_clean(w.arena, input->document->name)),
        .counts = w.counts,
    };

    if (page->documents == 0)
        page->ui = w.ui;
    entry.number = ++page->documents;
    w.out = page->body;
    array_push(&report->arena, &page->entries, entry);

    struct html html = html_of(&w, entry.number);
    out_format(w.out, "<article id=\"d%u\" lang=\"%s\">\n", html.number,
               w.ui == UI_IT ? "it" : "en");
    write_head(&html);
    out_str(w.out, STR("<div class=\"cols\">\n"));
    write_list(&html);
    out_str(w.out, STR("<section class=\"text\" id=\""));
    html_prefix(&html);
    out_str(w.out, STR("contract\" tabindex=\"-1\">\n<h3>"));
    html_message(&html, "html.contract");
    out_str(w.out, STR("</h3>\n"));
    html_contract(&html);
    out_str(w.out, STR("</section>\n</div>\n"));
    write_foot(&html);
    out_str(w.out, STR("</article>\n"));
}

static void
failure(struct report *report, struct str name, struct str why)
{
    struct page *page = report->state;
    struct entry entry = {
        .name = arena_str(&report->arena, shown_clean(&report->scratch, name)),
        .error = arena_str(&report->arena, shown_clean(&report->scratch, why)),
    };

    array_push(&report->arena, &page->entries, entry);
}

static unsigned
hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

/* The style's hash as a content policy wants it: base64 of the 32 bytes behind the hex digits. */
static void
write_style_hash(struct out *out, struct str style)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[65];
    unsigned char bytes[33] = {0};

    hash_sha256(style, hex);
    for (size_t i = 0; i < 32; i++)
        bytes[i] = (unsigned char)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
    for (size_t i = 0; i < 33; i += 3) {
        unsigned group =
            (unsigned)bytes[i] << 16 | (unsigned)bytes[i + 1] << 8 | (unsigned)bytes[i + 2];
        out_char(out, digits[group >> 18]);
        out_char(out, digits[group >> 12 & 63]);
        out_char(out, digits[group >> 6 & 63]);
        /* 32 bytes end one short of a group. */
        out_char(out, i == 30 ? '=' : digits[group & 63]);
    }
}

static void
write_table(const struct html *html, const struct page *page)
{
    struct writer *w = html->w;

    out_str(w->out, STR("<table class=\"documents\">\n<caption class=\"sr\">"));
    html_message(html, "html.documents");
    out_str(w->out, STR("</caption>\n<tr><th scope=\"col\">"));
    html_message(html, "html.document");
    out_str(w->out, STR("</th>"));
    for (enum grade grade = GRADE_BLACK; grade >= GRADE_CHECK; grade--) {
        out_str(w->out, STR("<th scope=\"col\">"));
        html_badge(html, grade);
        out_char(w->out, ' ');
        html_text(w->out, words_grade(w, "word", grade));
        out_str(w->out, STR("</th>"));
    }
    out_str(w->out, STR("</tr>\n"));
    for (uint32_t i = 0; i < page->entries.count; i++) {
        const struct entry *entry = &page->entries.items[i];
        if (entry->error.len > 0) {
            out_str(w->out, STR("<tr><td colspan=\"5\">"));
            html_text(w->out, words_fill(w, "failure", WORDS(entry->name, entry->error)));
            out_str(w->out, STR("</td></tr>\n"));
            continue;
        }
        out_format(w->out, "<tr><td><a href=\"#d%u\">", entry->number);
        html_text(w->out, entry->name);
        out_str(w->out, STR("</a></td>"));
        for (enum grade grade = GRADE_BLACK; grade >= GRADE_CHECK; grade--)
            out_format(w->out, "<td class=\"n\">%u</td>", entry->counts.grade[grade]);
        out_str(w->out, STR("</tr>\n"));
    }
    out_str(w->out, STR("</table>\n"));
}

void
html_head(struct out *out, struct arena *arena, enum ui ui, struct str title)
{
    struct str style = html_style(arena);

    out_format(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
               ui == UI_IT ? "it" : "en");
    out_str(out, STR("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                     "'none'; style-src 'sha256-"));
    write_style_hash(out, style);
    out_str(out, STR("'; base-uri 'none'; form-action 'none'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, "
                     "initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
                     "<title>"));
    html_text(out, title);
    out_str(out, STR("</title>\n<style>"));
    out_str(out, style);
    out_str(out, STR("</style>\n</head>\n<body>\n"));
}

static void
write_prologue(const struct html *html, const struct page *page)
{
    struct writer *w = html->w;
    struct str title = words_get(w, "html.title");

    if (page->entries.count == 1)
        title = arena_format(w->arena, "%.*s: %.*s", STR_ARG(title),
                             STR_ARG(page->entries.items[0].name));
    html_head(w->out, w->arena, w->ui, title);
    out_str(w->out, STR("<a class=\"skip\" href=\"#contract\">"));
    html_message(html, "html.skip");
    out_str(w->out, STR("</a>\n<div class=\"page\">\n<main>\n<h1>"));
    html_message(html, "html.title");
    out_str(w->out, STR("</h1>\n"));
}

static void
end(struct report *report, bool ok)
{
    struct page *page = report->state;
    struct writer w = writer_of_run(report, page->ui);
    struct html html = {.w = &w, .number = 1};

    (void)ok;
    write_prologue(&html, page);
    if (page->entries.count != 1 || page->entries.items[0].error.len > 0)
        write_table(&html, page);
    out_str(w.out, out_written(page->body));
    out_str(w.out, STR("</main>\n<footer><p>"));
    html_text(w.out, words_fill(&w, "html.made-by", WORDS(str_of(w.run->tool_version))));
    out_str(w.out, STR(". "));
    html_message(&html, "disclaimer.short");
    out_str(w.out, STR("</p></footer>\n</div>\n</body>\n</html>\n"));
    out_close(page->body, NULL);
}

const struct report_format report_html = {"html", begin, document, failure, end};
