/*
 * The note of one finding in the HTML report: grade, why, law, what was looked for, what to do.
 */

#include "report/html.h"

#include "report/shown.h"

enum {
    NORMS = 2,  /* in words; the others by name */
    SAYS = 200, /* bytes of a norm's sentence */
    ACTIONS = 3,
    PLACES = 30,      /* further places linked */
    PLACE_BYTES = 90, /* quoted of each */
};

static void
term(const struct html *html, const char *id)
{
    out_str(html->w->out, STR("<dt>"));
    html_message(html, id);
    out_str(html->w->out, STR("</dt><dd>"));
}

/* <dt>label</dt><dd>text</dd>; nothing for an empty text. */
static void
field(const struct html *html, const char *id, struct str text)
{
    if (text.len == 0)
        return;
    term(html, id);
    html_text(html->w->out, text);
    out_str(html->w->out, STR("</dd>\n"));
}

static void
write_head(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    uint32_t number = html_number(html, finding);

    out_str(w->out, STR("<p class=\"head\">"));
    html_badge(html, finding->grade);
    out_str(w->out, STR("<span class=\"word\">"));
    html_text(w->out, words_grade(w, "word", finding->grade));
    out_str(w->out, STR("</span><a class=\"no\" href=\"#"));
    html_place_id(html, finding, (uint32_t)(writer_first_place(finding) - finding->places));
    out_str(w->out, STR("\" title=\""));
    html_message(html, "html.to-text");
    out_format(w->out, "\">%u", number);
    struct str article = words_article(w, finding->clause);
    if (article.len > 0) {
        out_str(w->out, STR(" · "));
        html_text(w->out, article);
    }
    out_str(w->out, STR("</a></p>\n<p class=\"t\" id=\""));
    html_prefix(html);
    out_format(w->out, "t%u\">", number);
    html_text(w->out, finding->rule->family->title.in[w->ui]);
    out_str(w->out, STR("</p>\n"));
}

static void
write_norms(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    const uint32_t *order = words_norm_order(w, finding);
    struct buffer rest = {.arena = w->arena};

    if (finding->norm_count == 0)
        return;
    term(html, "html.law");
    out_str(w->out, STR("<ul>"));
    for (uint32_t i = 0; i < finding->norm_count; i++) {
        const struct finding_norm *norm = &finding->norms[order[i]];
        if (i >= NORMS) {
            buffer_format(&rest, "%s%.*s", i > NORMS ? "; " : "", STR_ARG(words_norm(w, norm, 0)));
            continue;
        }
        out_str(w->out, STR("<li>"));
        html_text(w->out, words_norm(w, norm, SAYS));
        out_str(w->out, STR("</li>"));
    }
    if (rest.bytes.count > 0) {
        out_str(w->out, STR("<li>"));
        html_text(w->out, words_fill(w, "html.more-norms", WORDS(buffer_get(&rest))));
        out_str(w->out, STR("</li>"));
    }
    out_str(w->out, STR("</ul></dd>\n"));
}

static void
write_quote(const struct html *html, const struct document *paper, struct span span)
{
    struct writer other = writer_in(html->w, paper), *w = &other;

    out_str(w->out, STR("<q"));
    if (!str_equal(w->document->language, w->ui == UI_IT ? STR("it") : STR("en"))) {
        out_str(w->out, STR(" lang=\""));
        html_text(w->out, w->document->language);
        out_char(w->out, '"');
    }
    out_char(w->out, '>');
    html_text(w->out, words_get(w, "quote.open"));
    html_text(w->out, shown_short(w->arena, w->document, span, PLACE_BYTES));
    html_text(w->out, words_get(w, "quote.close"));
    out_str(w->out, STR("</q>"));
}

/* The other places of the finding, each a link to its mark. */
static void
write_places(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    const struct place *first = writer_first_place(finding);
    uint32_t shown = 0;

    if (finding->place_count < 2)
        return;
    term(html, "html.places");
    out_str(w->out, STR("<ul>"));
    for (uint32_t i = 0; i < finding->place_count && shown < PLACES; i++) {
        if (&finding->places[i] == first)
            continue;
        shown++;
        out_str(w->out, STR("<li><a href=\"#"));
        html_place_id(html, finding, i);
        out_str(w->out, STR("\">"));
        write_quote(html, NULL, finding->places[i].mark);
        out_str(w->out, STR("</a></li>"));
    }
    if (shown + 1 < finding->place_count) {
        out_str(w->out, STR("<li>"));
        html_text(w->out, words_count(w, "text.more-places", finding->place_count - shown - 1));
        out_str(w->out, STR("</li>"));
    }
    out_str(w->out, STR("</ul></dd>\n"));
}

static void
write_related(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;

    for (uint32_t i = 0; i < finding->place_count; i++) {
        const struct place *place = &finding->places[i];
        if (place->related.end == 0)
            continue;
        term(html, "html.related");
        write_quote(html, place->related_paper, place->related);
        out_str(w->out, STR(" ("));
        html_text(w->out, words_where_in(w, place->related_paper, place->related.begin));
        out_str(w->out, STR(")</dd>\n"));
        return;
    }
}

static void
write_unknown(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    struct str unknown = words_unknown(w, finding, "name");

    if (unknown.len == 0)
        return;
    term(html, "html.unknown");
    out_str(w->out, STR("<span class=\"ask\">"));
    html_text(w->out, unknown);
    out_str(w->out, STR("</span></dd>\n"));
}

static void
write_actions(const struct html *html, const struct family *family)
{
    struct writer *w = html->w;

    if (family->action_count == 0)
        return;
    term(html, "head.do");
    out_str(w->out, STR("<ul>"));
    for (uint32_t i = 0; i < family->action_count && i < ACTIONS; i++) {
        out_str(w->out, STR("<li>"));
        html_text(w->out, family->actions[i]->text.in[w->ui]);
        out_str(w->out, STR("</li>"));
    }
    out_str(w->out, STR("</ul></dd>\n"));
}

/* "Regola liability.exclude-all rev 3, confermata 24 volte su 26"; other rules that fired. */
static void
write_rule(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    const struct family *family = finding->rule->family;

    out_str(w->out, STR("<p class=\"id\"><a href=\"#"));
    html_prefix(html);
    out_format(w->out, "f-%016llx\">", (unsigned long long)finding->fingerprint);
    html_message(html, "html.rule");
    out_str(w->out, STR("</a> "));
    html_text(w->out, family->id);
    out_format(w->out, " rev %u, ", family->rev);
    html_text(w->out, words_measured(w, family));
    out_str(w->out, STR("</p>\n"));
}

/* "cod. cons. 33 c. 2 b; potrebbe rientrare in cod. cons. 36 c. 2 b (+3)" */
static void
write_norm_names(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    const uint32_t *order = words_norm_order(w, finding);

    if (finding->norm_count == 0)
        return;
    out_str(w->out, STR("<p class=\"law\">"));
    for (uint32_t i = 0; i < finding->norm_count && i < NORMS; i++) {
        out_str(w->out, i > 0 ? STR("; ") : STR(""));
        html_text(w->out, words_norm(w, &finding->norms[order[i]], 0));
    }
    if (finding->norm_count > NORMS)
        out_format(w->out, " (+%u)", finding->norm_count - NORMS);
    out_str(w->out, STR("</p>\n"));
}

/*
 * Grade, reason and norms stand open; the rest is folded, or the notes of a page full of findings
 * would be longer than the page.
 */
static void
write_body(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    const struct family *family = finding->rule->family;

    out_str(w->out, STR("<p class=\"s\">"));
    html_text(w->out, words_grade_sentence(w, finding));
    out_str(w->out, STR(".</p>\n<p>"));
    html_text(w->out, family->explain.in[w->ui]);
    out_str(w->out, STR("</p>\n"));
    write_norm_names(html, finding);
    out_str(w->out, STR("<details><summary>"));
    html_message(html, "html.more");
    out_str(w->out, STR("</summary>\n<dl>\n"));
    write_norms(html, finding);
    field(html, "html.missing", words_missing(w, finding));
    field(html, "html.found", words_found(w, finding));
    field(html, "html.signed", words_approval(w, finding));
    write_unknown(html, finding);
    write_related(html, finding);
    write_places(html, finding);
    field(html, "html.also", words_others(w, finding));
    write_actions(html, family);
    field(html, "head.fix", family->fix.in[w->ui]);
    out_str(w->out, STR("</dl>\n"));
    write_rule(html, finding);
    out_str(w->out, STR("</details>\n"));
}

void
html_note(const struct html *html, const struct finding *finding)
{
    struct writer *w = html->w;
    bool folded = finding->grade < w->run->min_grade;

    out_format(w->out, "<div class=\"note %s\" role=\"note\" lang=\"%s\" id=\"",
               words_grade_id(finding->grade), w->ui == UI_IT ? "it" : "en");
    html_prefix(html);
    out_format(w->out, "f-%016llx\" aria-labelledby=\"", (unsigned long long)finding->fingerprint);
    html_prefix(html);
    out_format(w->out, "t%u\">\n", html_number(html, finding));
    write_head(html, finding);
    if (folded) {
        out_str(w->out, STR("<details><summary>"));
        html_message(html, "html.why");
        out_str(w->out, STR("</summary>\n"));
    }
    write_body(html, finding);
    if (folded)
        out_str(w->out, STR("</details>\n"));
    out_str(w->out, STR("</div>\n"));
}
