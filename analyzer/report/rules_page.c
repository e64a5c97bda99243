/*
 * `cavillo rules doc`.  One walk over the rules; a pen that knows the marks of HTML or of Markdown
 * writes what it meets.
 */

#include "report/rules_page.h"

#include "report/html.h"
#include "report/words.h"

struct pen {
    struct writer w;
    const struct rules_page *page;
    struct out *out;
    bool html;
};

/* Text without any meaning for the format. */
static void
plain(const struct pen *pen, struct str s)
{
    if (pen->html) {
        html_text(pen->out, s);
        return;
    }
    for (size_t i = 0; i < s.len; i++) {
        if (strchr("\\`*_{}[]<>()#+-!|~&", s.data[i]) && s.data[i])
            out_char(pen->out, '\\');
        out_char(pen->out, s.data[i]);
        if (s.data[i] == '\n')
            out_str(pen->out, STR("> "));
    }
}

static void
title(const struct pen *pen, unsigned level, struct str id, struct str text)
{
    if (pen->html) {
        out_format(pen->out, "<h%u", level);
        if (id.len > 0) {
            out_str(pen->out, STR(" id=\""));
            html_id(pen->out, id);
            out_char(pen->out, '"');
        }
        out_char(pen->out, '>');
    } else {
        out_format(pen->out, "%.*s ", (int)level, "######");
    }
    plain(pen, text);
    if (pen->html)
        out_format(pen->out, "</h%u>", level);
    out_str(pen->out, pen->html ? STR("\n") : STR("\n\n"));
}

static void
paragraph(const struct pen *pen, struct str text)
{
    if (text.len == 0)
        return;
    out_str(pen->out, pen->html ? STR("<p>") : STR(""));
    plain(pen, text);
    out_str(pen->out, pen->html ? STR("</p>\n") : STR("\n\n"));
}

static void
open_list(const struct pen *pen)
{
    out_str(pen->out, pen->html ? STR("<ul>\n") : STR(""));
}

static void
close_list(const struct pen *pen)
{
    out_str(pen->out, pen->html ? STR("</ul>\n") : STR("\n"));
}

static void
open_item(const struct pen *pen)
{
    out_str(pen->out, pen->html ? STR("<li>") : STR("- "));
}

static void
close_item(const struct pen *pen)
{
    out_str(pen->out, pen->html ? STR("</li>\n") : STR("\n"));
}

static void
item(const struct pen *pen, struct str text)
{
    open_item(pen);
    plain(pen, text);
    close_item(pen);
}

static void
code(const struct pen *pen, struct str text)
{
    open_item(pen);
    if (pen->html) {
        out_str(pen->out, STR("<code>"));
        html_text(pen->out, text);
        out_str(pen->out, STR("</code>"));
    } else {
        out_format(pen->out, "`` %.*s ``", STR_ARG(text)); /* patterns hold no ` */
    }
    close_item(pen);
}

static void
head(const struct pen *pen, const char *message)
{
    title(pen, 4, STR(""), words_get(&pen->w, message));
}

/* "Consumer: presumed unfair": the words depend on the reader. */
static void
write_grades(const struct pen *pen, const struct family *family)
{
    head(pen, "doc.grade");
    open_list(pen);
    for (enum party party = PARTY_CONSUMER; party < PARTY_COUNT; party++) {
        struct facts facts = {.party = party};
        struct report_run run = *pen->page->run;
        struct writer w = pen->w;
        run.facts = &facts;
        w.run = &run;
        enum grade grade = family->grade[party];
        if (family->check && grade > GRADE_CHECK)
            grade = GRADE_CHECK;
        struct str id = arena_format(w.arena, "fact.party.%s", words_party_id(party));
        struct str word = family->off           ? words_get(&w, "doc.off")
                          : grade == GRADE_NONE ? words_get(&w, "doc.none")
                                                : words_grade(&w, "word", grade);
        item(pen,
             arena_format(w.arena, "%.*s: %.*s", STR_ARG(words_get(&w, id.data)), STR_ARG(word)));
    }
    close_list(pen);
}

static void
write_norms(const struct pen *pen, const struct family *family)
{
    enum ui ui = pen->w.ui;
    if (family->norm_count == 0)
        return;
    head(pen, "explain.norms");
    open_list(pen);
    for (uint32_t i = 0; i < family->norm_count; i++) {
        const struct norm_use *use = &family->norms[i];
        struct str may = use->candidate ? words_get(&pen->w, "doc.may") : STR("");
        item(pen, arena_format(pen->w.arena, "%.*s%s%.*s%s%s%.*s", STR_ARG(use->norm->name.in[ui]),
                               may.len > 0 ? " (" : "", STR_ARG(may), may.len > 0 ? ")" : "",
                               use->norm->says.in[ui].len > 0 ? ": " : "",
                               STR_ARG(use->norm->says.in[ui])));
    }
    close_list(pen);
}

static void
write_patterns(const struct pen *pen, const struct condition *c, bool absent)
{
    if (c->kind == CONDITION_MATCH && (c->anchor || absent))
        code(pen, c->source);
    for (const struct condition *child = c->children; child; child = child->next)
        write_patterns(pen, child, absent || c->kind == CONDITION_ABSENT);
}

static void
write_examples(const struct pen *pen, const struct rule *rule, bool match)
{
    bool any = false;
    for (uint32_t i = 0; i < rule->example_count; i++) {
        const struct example *example = &rule->examples[i];
        struct str text = example->text;
        if (example->match != match || example->fails)
            continue;
        if (!any)
            head(pen, match ? "doc.match" : "doc.no-match");
        any = true;
        out_str(pen->out, pen->html ? STR("<blockquote>") : STR("> "));
        plain(pen, str_slice(text, 0, example->mark.begin));
        if (example->mark.end > 0) {
            out_str(pen->out, pen->html ? STR("<mark>") : STR("**"));
            plain(pen, str_span(text, example->mark));
            out_str(pen->out, pen->html ? STR("</mark>") : STR("**"));
        }
        plain(pen, str_slice(text, example->mark.end, text.len));
        out_str(pen->out, pen->html ? STR("</blockquote>\n") : STR("\n\n"));
    }
}

/* Which languages look for it, with what words, on what examples. */
static void
write_wordings(const struct pen *pen, const struct family *family)
{
    bool any = false;
    for (uint32_t i = 0; i < pen->page->ruleset_count; i++) {
        const struct ruleset *ruleset = pen->page->rulesets[i];
        const struct rule *rule = ruleset_rule(ruleset, family->id);
        if (!rule)
            continue;
        struct str id = arena_format(pen->w.arena, "language.%.*s", STR_ARG(ruleset->language->id));
        struct str name =
            words_has(&pen->w, id.data) ? words_get(&pen->w, id.data) : ruleset->language->id;
        any = true;
        title(pen, 4, STR(""),
              arena_format(pen->w.arena, "%.*s: %.*s",
                           STR_ARG(words_get(&pen->w, "explain.patterns")), STR_ARG(name)));
        open_list(pen);
        write_patterns(pen, rule->when, false);
        close_list(pen);
        write_examples(pen, rule, true);
        write_examples(pen, rule, false);
    }
    if (!any) {
        head(pen, "doc.languages");
        paragraph(pen, words_get(&pen->w, "doc.uncovered"));
    }
}

static void
write_family(const struct pen *pen, const struct family *family)
{
    enum ui ui = pen->w.ui;
    title(pen, 3, family->id, family->title.in[ui]);
    paragraph(pen, arena_format(pen->w.arena, "%.*s, rev %u; %.*s", STR_ARG(family->id),
                                family->rev, STR_ARG(words_measured(&pen->w, family))));
    paragraph(pen, family->explain.in[ui]);
    write_grades(pen, family);
    write_norms(pen, family);
    if (family->action_count > 0) {
        head(pen, "explain.do");
        open_list(pen);
        for (uint32_t i = 0; i < family->action_count; i++)
            item(pen, family->actions[i]->text.in[ui]);
        close_list(pen);
    }
    if (family->fix.in[ui].len > 0) {
        head(pen, "explain.fix");
        paragraph(pen, family->fix.in[ui]);
    }
    write_wordings(pen, family);
}

static void
write_categories(const struct pen *pen)
{
    const struct rules_page *page = pen->page;
    const struct ruleset *law = page->run->law;
    for (uint32_t c = 0; c < law->categories.count; c++) {
        const struct category *category = &law->categories.items[c];
        bool any = false;
        for (uint32_t f = 0; f < page->family_count; f++) {
            const struct family *family = page->families[f];
            if (!str_equal(family->category, category->id))
                continue;
            if (!any)
                title(pen, 2, category->id, category->title.in[pen->w.ui]);
            any = true;
            struct arena_mark mark = arena_mark(pen->w.arena);
            write_family(pen, family);
            arena_reset(pen->w.arena, mark);
        }
    }
}

void
rules_page_write(const struct rules_page *page, struct out *out)
{
    struct arena arena = {0};
    const struct ruleset *law = page->run->law;
    struct pen pen = {
        .w = {.run = page->run, .arena = &arena, .ruleset = law, .ui = page->run->ui},
        .page = page,
        .out = out,
        .html = page->html,
    };
    if (page->html) {
        html_head(out, &arena, page->run->ui, words_get(&pen.w, "doc.title"));
        out_str(out, STR("<div class=\"page\">\n<main>\n"));
    }
    title(&pen, 1, STR(""), words_get(&pen.w, "doc.title"));
    paragraph(&pen, words_fill(&pen.w, "doc.about",
                               WORDS(words_number(&arena, page->family_count), law->version,
                                     law->checked)));
    write_categories(&pen);
    paragraph(&pen, words_get(&pen.w, "disclaimer.short"));
    if (page->html)
        out_str(out, STR("</main>\n</div>\n</body>\n</html>\n"));
    arena_free(&arena);
}
