/* Readers of HTML, Markdown, DOCX and ODT: the text they give, and the way back to the bytes. */

#include "unit.h"

#include <archive.h>
#include <archive_entry.h>

#include "base/utf8.h"
#include "text/document.h"
#include "text/format.h"
#include "text/repair.h"

static struct arena arena;

static int
free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct document
built(const char *name, struct str raw, enum format format)
{
    struct source source = {str_of(name), raw};
    struct document document;
    struct error error = {""};

    if (!document_build_as(&document, &arena, &source, format, &error))
        fail_msg("%s: %.*s", error.text, STR_ARG(raw));
    return document;
}

struct reading {
    const char *input;
    const char *text;
};

static void
check_readings(const char *name, const struct reading *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct document document = built(name, str_of(cases[i].input), FORMAT_AUTO);

        assert_str(document.text, cases[i].text);
        assert_true(document.paragraphs);
    }
}

#define P "<!doctype html>"

static void
test_html_blocks(void **state)
{
    static const struct reading cases[] = {
        {P "<p>uno<p>due", "uno\n\ndue\n"},
        {P "<title>x</title><h1>A</h1><div>b<br>c<br><br>d</div>e", "A\n\nb\nc\n\nd\n\ne\n"},
        {P "<p>di<b>ri</b>tto  <i>\n e </i>&nbsp;dovere", "diritto e dovere\n"},
        {P "<p>a &lt;b&gt; &amp; &egrave;&#232;&#xE8;&#x80; &zzz; &eacute x",
         "a <b> & \u00E8\u00E8\u00E8\u20AC &zzz; \u00E9 x\n"},
        {P "<P>1 < 2 <em>e</EM> 3", "1 < 2 e 3\n"},
        {P "a<!-- x --><!--> y --><? z ?>b", "a y -->b\n"},
        {P "<p>uno<hr>due", "uno\n\ndue\n"},
        {P "<pre>a\n b\n\nc</pre><p>altro testo di un altro capoverso",
         "a\nb\n\nc\n\naltro testo di "
         "un altro capoverso\n"},
        {P "<dl><dt>Gestore<dd>chi gestisce<dt>Utente<dd>chi usa</dl>",
         "Gestore\nchi gestisce\nUtente\nchi usa\n"},
        {P "<p>danni<sup>1</sup> e <sup>[2]</sup>m<sup>ter</sup>", "danni e mter\n"},
        {P "<details><summary>A</summary><p>b</details>c", "A\n\nb\n\nc\n"},
        {P "<a href=x>uno</a><wbr>due<img alt=tre>", "unodue\n"},
    };

    (void)state;
    check_readings("a.html", cases, sizeof cases / sizeof *cases);
}

static void
test_html_gone(void **state)
{
    static const struct reading cases[] = {
        {P "<script>if (a<b) '</p>x'</script><p>a", "a\n"},
        {P "<style>x</style><noscript>y</noscript><template>z<p>q</template><p>a", "a\n"},
        {P "<script type='application/ld+json'>{\"a\": \"b\"}</script><p>a", "a\n"},
        {P "<p hidden>x<p>a<p style='color: red; DISPLAY : none'>y<p>b", "a\n\nb\n"},
        {P "<p>a<span style='visibility:hidden'>x<span>y</span>z</span>b", "ab\n"},
        {P "<div style='display:none'><div>x</div>y</div>a", "a\n"},
        {P "<p><span hidden>x</p>a", "a\n"},
        {P "<nav><a href=/>Home</a></nav><p>a", "a\n"},
        {P "<div role=navigation>x</div><p>a", "a\n"},
        {P "<header><ul><li><a href=/>Home</a></ul></header><p>a", "a\n"},
        {P "<header><h1>Condizioni</h1></header><p>a", "Condizioni\n\na\n"},
        {P "<article><header><a href=/>x</a></header>a</article>", "x\n\na\n"},
        {P "<p>a<footer>&copy; <a href=/p>Privacy</a></footer>", "a\n"},
        {P "<div id=cookie-banner>Usiamo cookie <button>OK</button></div><p>a", "a\n"},
        {P "<main><div class=cookies>I cookie del contratto</div></main>",
         "I cookie del contratto\n"},
        {P "<ul><li><a href=/>Home<li><a href=/faq>FAQ</ul><p>a", "a\n"},
        {P "<p>Documenti:<ul><li><a href=/t>Tariffe</a></ul>", "Documenti:\n\n\u2022 Tariffe\n"},
        {P "<ul><li><a href=#a>Oggetto</a></ul><p>a", "\u2022 Oggetto\n\na\n"},
        {P "<p>a<template><div>x</div></template>b", "ab\n"},
        {P "<nav><div><p>x</nav>a", "a\n"},
        {P "<form>a <input value=x><select><option>y</select><textarea>z</textarea> b</form>",
         "a b\n"},
        {P "<h2><button>1. Oggetto</button></h2><button>Invia</button>a", "1. Oggetto\n\na\n"},
        {P "<p>vale <del>mai</del><s>no</s> sempre", "vale sempre\n"},
        {P "<svg><title>x</title><text>y</text></svg>a", "a\n"},
        {P "<p>a</b></div></p></td>b", "a\n\nb\n"},
    };

    (void)state;
    check_readings("a.html", cases, sizeof cases / sizeof *cases);
}

static void
test_html_lists(void **state)
{
    static const struct reading cases[] = {
        {P "<ol><li>a<li>b</ol>", "1. a\n2. b\n"},
        {P "<ol start=4 type=a><li>a<li value=7>b<li>c</ol>", "d. a\ng. b\nh. c\n"},
        {P "<ol type=I><li>a</ol><ol style='list-style-type: lower-roman'><li>b<li>c</ol>",
         "I. a\n\ni. b\nii. c\n"},
        {P "<ol><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ol>",
         "1. a\n\n\u25E6 b\n\n\u25AA c\n\n2. d\n"},
        {P "<style>li:before{content:counters(i,'.')}</style><ol><li>a<ol><li>b<li>c</ol></ol>",
         "1. a\n\n1.1. b\n1.2. c\n"},
        {P "<ol><li>1.1 a<li>b) c<li>(iv) d<li>- e<li>12 mesi</ol>",
         "1.1 a\nb) c\n(iv) d\n4. - e\n5. 12 mesi\n"},
        {P "<ul><li><p>a<p>b<li></li><li>c</ul>", "\u2022 a\n\nb\n\n\u2022 c\n"},
        {P "<ol style='list-style: none'><li>a</ol>b", "a\n\nb\n"},
        {P "<ul><li>- a<li>b</ul>", "- a\n\u2022 b\n"},
        {P "<li>a", "\u2022 a\n"},
    };

    (void)state;
    check_readings("a.html", cases, sizeof cases / sizeof *cases);
}

/* A table of one row is a layout: its title is no part of a sentence. */
static void
test_html_titles(void **state)
{
    static const struct {
        const char *input;
        const char *text;
        const char *cut;
    } cases[] = {
        {P "a<table><tr><th>Voce<td>Il Gestore non risponde</table>",
         "a\n\nVoce | Il Gestore non risponde\n", "Voce | "},
        {P "<table><tr><th>Voce<td>Il Gestore<tr><th>b<td>L'Utente</table>",
         "Voce | Il Gestore\nb | L'Utente\n", ""},
        {P "<table><tr><td>Voce<td>Il Gestore</table>", "Voce | Il Gestore\n", ""},
        {P "<table><tr><th>Voce lunga<td>10</table>", "Voce lunga | 10\n", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document document = built("a.html", str_of(cases[i].input), FORMAT_AUTO);

        assert_str(document.text, cases[i].text);
        repair_document(&document);
        assert_int_equal(document.edits.count, cases[i].cut[0] != '\0');
        if (document.edits.count > 0)
            assert_str(str_span(document.text, document.edits.items[0].span), cases[i].cut);
    }
}

static void
test_html_tables(void **state)
{
    static const struct reading cases[] = {
        {P "<table><tr><th>Voce<th>Prezzo<tr><td>Canone<td><p>10 euro</p></table>a",
         "Voce | Prezzo\nCanone | 10 euro\n\na\n"},
        {P "<table><tr><td><p>a<p>b<td>c</table>", "a\n\nb\n\nc\n"},
        {P "<table><tr><td>a<td><table><tr><td>b<td>c</table><td>d</table>", "a\n\nb | c\n\nd\n"},
        {P "<table><tr><td></td><td>a</td><td></td><td>b</td></tr></table>", "a | b\n"},
        {P "<table><tr><td>Danni<td>Il Gestore non risponde dei danni, di qualunque natura, che "
           "l'Utente subisca per l'uso del servizio di posta, anche se avvisato.</table>",
         "Danni\n\n\nIl Gestore non risponde dei danni, di qualunque natura, che l'Utente subisca "
         "per l'uso del servizio di posta, anche se avvisato.\n"},
    };

    (void)state;
    check_readings("a.html", cases, sizeof cases / sizeof *cases);
}

static void
test_markdown(void **state)
{
    static const struct reading cases[] = {
        {"# A *b*\n\nuno\ndue **tre**\n", "A b\n\nuno\ndue tre\n"},
        {"a\n===\n\nb [c](http://x \"t t\") d\n", "a\n\n\nb c d\n"},
        {"- a\n  b\n- c\n  - d\n\n3) e\n4) f\n", "\u2022 a\nb\n\u2022 c\n\u25E6 d\n\n3) e\n4) f\n"},
        {"1\\. a\\*b &egrave; &amp; `c*d`\n", "1. a*b \u00E8 & c*d\n"},
        {"a<br>b <b>c</b><!-- d --> ![e](f)\n", "a b c\n"},
        {"<div>\n<p>a &amp; b\nc</p>\n<script>d</script>\n</div>\n\ne\n", "\na & b\nc\n\n\n\ne\n"},
        {"| a | b |\n|---|---|\n| c | d |\n", "| a | b |\n\n| c | d |\n"},
        {"---\ntitle: x\n---\n\na\n", "\n\n\n\na\n"},
        {"> a\n> b\n\n    c\n\n```\nd\n```\n", "a\nb\n\nc\n\n\nd\n"},
        {"[x]: http://y\n[x] e\n", "\nx e\n"},
        {"a  \nb\\\nc\n", "a\nb\nc\n"},
    };

    (void)state;
    check_readings("a.md", cases, sizeof cases / sizeof *cases);
}

/* Only soft breaks join lines. */
static void
test_markdown_joins(void **state)
{
    struct document document =
        built("a.md", STR("uno\ndue  \ntre\n\n- quattro\n  cinque\n- sei\n"), FORMAT_AUTO);

    (void)state;
    repair_document(&document);
    assert_int_equal(document.edits.count, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(document.edits.items[i].kind, EDIT_BLANK);
        assert_str(str_span(document.text, document.edits.items[i].span), "\n");
    }
    assert_int_equal(document_position(&document, document.edits.items[0].span.begin).line, 1);
    assert_int_equal(document_position(&document, document.edits.items[1].span.begin).line, 5);
}

/* --- the way back ---------------------------------------------------------------------------- */

/* The raw bytes of the first place where `part` stands in the text. */
static struct str
raw_of(const struct document *document, const char *part)
{
    size_t at = str_find(document->text, str_of(part));
    struct span span = {(uint32_t)at, (uint32_t)(at + strlen(part))};

    if (at == document->text.len)
        fail_msg("no \"%s\" in \"%.*s\"", part, STR_ARG(document->text));
    return str_span(document->raw, document_raw(document, span));
}

static void
test_origin(void **state)
{
    static const struct {
        const char *name;
        const char *input;
        const char *part;
        const char *raw;
    } cases[] = {
        {"a.html", P "<p>uno <b>due</b> tre", "due", "due"},
        {"a.html", P "<p>uno <b>due</b> tre", "uno due", "uno <b>due"},
        {"a.html", P "<p>uno <b>due</b> tre", "due tre", "due</b> tre"},
        {"a.html", P "<p>perch&eacute; no", "perch\u00E9", "perch&eacute;"},
        {"a.html", P "<p>perch&eacute; no", "\u00E9", "&eacute;"},
        {"a.html", P "<p>perch&eacute; no", "no", "no"},
        {"a.html", P "<p>uno\n\t  due", "uno due", "uno\n\t  due"},
        {"a.html", P "<p>uno&nbsp;due", "due", "due"},
        {"a.html", P "<ol><li>uno<li>due</ol>", "2. due", "due"},
        {"a.html", P "<ol><li>uno<li>due</ol>", "uno\n2.", "uno"},
        {"a.html", P "<p>perch\xE9 <b>s\xEC</b>, no", "s\u00EC", "s\xEC"},
        {"a.html", P "<p>perch\xE9 <b>s\xEC</b>, no", "no", "no"},
        {"a.html", "\xEF\xBB\xBF" P "<p>perch\u00E9", "perch\u00E9", "perch\u00E9"},
        {"a.md", "# A\n\nil **Gestore** [non](x) risponde\n", "il Gestore", "il **Gestore"},
        {"a.md", "# A\n\nil **Gestore** [non](x) risponde\n", "non", "non"},
        {"a.md", "# A\n\nil **Gestore** [non](x) risponde\n", "risponde", "risponde"},
        {"a.md", "- a\\_b &amp; c\n", "a_b &", "a\\_b &amp;"},
        {"a.md", "- uno\n   *due* tre due\n", "tre due", "tre due"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document document = built(cases[i].name, str_of(cases[i].input), FORMAT_AUTO);

        assert_int_equal(document.origin_kind, ORIGIN_BYTES);
        assert_str(raw_of(&document, cases[i].part), cases[i].raw);
    }
}

/* --- which format ---------------------------------------------------------------------------- */

static void
test_sniffing(void **state)
{
    static const struct {
        const char *name;
        const char *text;
        enum format format;
    } cases[] = {
        {"a.txt", "Il Gestore", FORMAT_TEXT},
        {"a.txt", "<!DOCTYPE HTML PUBLIC ''>x", FORMAT_HTML},
        {"a.txt", " <!-- x -->\n<?xml?><HTML lang=it>", FORMAT_HTML},
        {"a", "<p>a</p><p>b</p><p>c</p>", FORMAT_HTML},
        {"a", "<Gestore> a <b>c</b>", FORMAT_TEXT},
        {"a.txt", "<script>alert(1)</script> Il Gestore <b> x", FORMAT_TEXT},
        {"a.html", "Il Gestore", FORMAT_TEXT},
        {"a.htm", "Il <b>Gestore</b>", FORMAT_HTML},
        {"A.MD", "Il Gestore", FORMAT_MARKDOWN},
        {"a.md", "<html><body>x", FORMAT_HTML},
        {"a.txt", "# A\n\n## B\n\n## C\n\n**d**", FORMAT_MARKDOWN},
        {"a.txt", "# A\n\n## B\n\n## C\n\nd", FORMAT_TEXT},
        {"a.txt", "# 1\n**d**", FORMAT_TEXT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (format_of_text(str_of(cases[i].name), str_of(cases[i].text)) != cases[i].format)
            fail_msg("%s \"%s\"", cases[i].name, cases[i].text);
}

static void
test_refused(void **state)
{
    static const struct {
        const char *input;
        enum format format;
        const char *why;
    } cases[] = {
        {"Il Gestore", FORMAT_DOCX, "no DOCX"},
        {"Il Gestore", FORMAT_ODT, "no ODT"},
        {"Il Gestore", FORMAT_PDF, "no PDF"},
        {"%PDF-1.4", FORMAT_TEXT, "is PDF, not text"},
        {"PK\3\4junk", FORMAT_AUTO, "damaged archive"},
        {P "<script>x</script>", FORMAT_AUTO, "without text"},
        {"<?xml version='1.0'?><office:document><a></office:document>", FORMAT_AUTO, "read"},
        {"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><office:document>&b;"
         "</office:document>",
         FORMAT_AUTO, "document type"},
        {"<?xml version='1.0'?><office:document/>", FORMAT_AUTO, "no text document"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct source source = {STR("a"), str_of(cases[i].input)};
        struct document document;
        struct error error = {""};

        if (document_build_as(&document, &arena, &source, cases[i].format, &error))
            fail_msg("\"%s\" was read", cases[i].input);
        if (!strstr(error.text, cases[i].why))
            fail_msg("\"%s\" lacks \"%s\"", error.text, cases[i].why);
    }
}

/* --- archives -------------------------------------------------------------------------------- */

struct member {
    const char *name;
    const char *bytes;
};

static struct str
zipped(const struct member *members, size_t count)
{
    static char buffer[1 << 16];
    struct archive *archive = archive_write_new();
    size_t used = 0;

    archive_write_set_format_zip(archive);
    archive_write_open_memory(archive, buffer, sizeof buffer, &used);
    for (size_t i = 0; i < count && members[i].name; i++) {
        struct archive_entry *entry = archive_entry_new();
        size_t len = strlen(members[i].bytes);

        archive_entry_set_pathname(entry, members[i].name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, (la_int64_t)len);
        archive_write_header(archive, entry);
        archive_write_data(archive, members[i].bytes, len);
        archive_entry_free(entry);
    }
    archive_write_close(archive);
    archive_write_free(archive);
    return (struct str){buffer, used};
}

#define DOCX(body) "<w:document xmlns:w='w'><w:body>" body "</w:body></w:document>"
#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"
#define PAR(text) "<w:p>" RUN(text) "</w:p>"
#define ITEM(list, level, text)                                                                    \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" list "'/></w:numPr>"        \
    "</w:pPr>" RUN(text) "</w:p>"

static const char numbering[] =
    "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'>"
    "<w:lvl w:ilvl='0'><w:start w:val='6'/><w:numFmt w:val='decimal'/><w:pStyle w:val='T'/>"
    "<w:lvlText w:val='%1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/>"
    "</w:lvl>"
    "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%3)'/>"
    "</w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId='8'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>"
    "<w:lvlText w:val='&#xF0B7;'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='8'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='1'>"
    "<w:startOverride w:val='4'/></w:lvlOverride></w:num></w:numbering>";

static const char styles[] =
    "<w:styles xmlns:w='w'><w:style w:styleId='T'><w:name w:val='heading 1'/><w:pPr><w:numPr>"
    "<w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:styleId='T2'><w:name w:val='Titolo'/><w:basedOn w:val='T'/></w:style>"
    "<w:style w:styleId='S'><w:name w:val='toc 1'/></w:style></w:styles>";

static void
test_docx(void **state)
{
    static const struct reading cases[] = {
        {DOCX(PAR("uno") PAR("due")), "uno\n\ndue\n"},
        {DOCX("<w:p>" RUN("di") RUN("ritto") "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t>"
                                             "<w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>"),
         "diritto a\nb-c\n"},
        {DOCX("<w:p>" RUN("a ") "<w:del><w:r><w:delText>x</w:delText><w:t>y</w:t></w:r></w:del>"
                                "<w:ins>" RUN("b") "</w:ins><w:moveFrom>" RUN(
                                    "z") "</w:moveFrom></w:p>"),
         "a b\n"},
        {DOCX("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" RUN("a ") "</w:p>" PAR(
             "b") "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>" PAR("c")),
         "a b\n\nc\n"},
        {DOCX("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr>"
              "<w:vanish w:val='0'/></w:rPr><w:t>a</w:t></w:r></w:p>"),
         "a\n"},
        {DOCX(ITEM("1", "0", "a") ITEM("1", "1", "b") ITEM("1", "1", "c") ITEM("1", "2", "d")
                  ITEM("1", "0", "e") ITEM("1", "1", "f")),
         "6. a\n\n6.1 b\n\n6.2 c\n\na) d\n\n7. e\n\n7.1 f\n"},
        {DOCX(ITEM("2", "0", "a") ITEM("0", "0", "b")), "\u2022 a\n\nb\n"},
        {DOCX(ITEM("1", "1", "a") ITEM("3", "1", "b") ITEM("3", "1", "c") ITEM("1", "1", "d")),
         "6.1 a\n\n6.4 b\n\n6.5 c\n\n6.6 d\n"},
        {DOCX("<w:p><w:pPr><w:pStyle w:val='T2'/></w:pPr>" RUN(
             "a") "</w:p>"
                  "<w:p><w:pPr><w:pStyle w:val='T'/><w:numPr><w:numId "
                  "w:val='0'/></w:numPr></w:pPr>" RUN(
                      "b") "</w:p><w:p><w:pPr><w:pStyle w:val='T'/></w:pPr>" RUN("c") "</w:p>"),
         "6. a\n\nb\n\n7. c\n"},
        {DOCX("<w:p><w:pPr><w:pStyle w:val='S'/></w:pPr>" RUN("a 3") "</w:p>" PAR(
             "b") "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
                  "</w:docPartObj></w:sdtPr><w:sdtContent>" PAR("x") "</w:sdtContent></w:sdt>"),
         "b\n"},
        {DOCX("<w:tbl><w:tr><w:tc>" PAR("a") "</w:tc><w:tc>" PAR(
             "b") "</w:tc></w:tr><w:tr><w:tc>" PAR("c")
                  PAR("d") "</w:tc><w:tc>" PAR("e") "</w:tc></w:tr></w:tbl>" PAR("f")),
         "a | b\nc\n\nd\n\ne\n\nf\n"},
        {DOCX("<w:p>" RUN("a ") "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:o>9</wp:o>"
                                "<w:txbxContent>" PAR("box")
                                    PAR("due") "</w:txbxContent></w:drawing></mc:Choice>"
                                               "<mc:Fallback><w:txbxContent>" PAR(
                                                   "box") "</w:txbxContent></mc:Fallback>"
                                                          "</mc:AlternateContent></w:r>" RUN(
                                                              "b") "</w:p>" PAR("c")),
         "a b\n\nbox\n\ndue\n\nc\n"},
        {DOCX("<w:p>" RUN("a") "<w:r><w:footnoteReference w:id='2'/></w:r>" RUN(".") "</w:p>"),
         "a.\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct member members[] = {{"word/document.xml", cases[i].input},
                                   {"word/numbering.xml", numbering},
                                   {"word/styles.xml", styles}};
        struct document document = built("a.txt", zipped(members, 3), FORMAT_AUTO);

        assert_str(document.text, cases[i].text);
        assert_int_equal(document.origin_kind, ORIGIN_NONE);
    }
}

static void
test_docx_parts(void **state)
{
    static const struct member members[] = {
        {"_rels/.rels", "<r><Relationship Type='http://x/officeDocument' Target='/w/d2.xml'/></r>"},
        {"w/_rels/d2.xml.rels", "<r><Relationship Type='x/numbering' Target='n2.xml'/></r>"},
        {"w/n2.xml", numbering},
        {"w/footnotes.xml",
         "<w:footnotes xmlns:w='w'><w:footnote w:type='separator'>" PAR(
             "x") "</w:footnote><w:footnote w:id='2'>" PAR("nota") "</w:footnote>"
                                                                   "</w:footnotes>"},
        {"w/header1.xml", "<w:hdr xmlns:w='w'>" PAR("testata") "</w:hdr>"},
        {"word/other.xml", "<a/>"},
        {"w/d2.xml", DOCX(ITEM("1", "0", "a") ITEM("1", "0", "<![CDATA[b & c]]> &lt; d"))},
    };
    struct document document =
        built("a.docx", zipped(members, sizeof members / sizeof *members), FORMAT_DOCX);

    (void)state;
    assert_str(document.text, "6. a\n\n7. b & c < d\n\nnota\n");
}

#define ODT(body)                                                                                  \
    "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:style='s' "                    \
    "xmlns:table='b' xmlns:draw='d'><office:automatic-styles>"                                     \
    "<text:list-style style:name='L'>"                                                             \
    "<text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.'/>"     \
    "<text:list-level-style-number text:level='2' style:num-format='1' text:display-levels='2'/>"  \
    "<text:list-level-style-number text:level='3' style:num-format='a' style:num-prefix='('"       \
    " style:num-suffix=')'/></text:list-style>"                                                    \
    "<text:list-style style:name='B'><text:list-level-style-bullet text:level='1'/>"               \
    "</text:list-style><style:style style:name='N' style:family='paragraph' "                      \
    "style:list-style-name=''/><style:style style:name='H' style:family='text'>"                   \
    "<style:text-properties text:display='none'/></style:style><style:style style:name='I' "       \
    "style:family='text' style:parent-style-name='H'/><style:style style:name='P' "                \
    "style:family='paragraph'><style:text-properties text:display='none'/></style:style>"          \
    "<style:default-style><style:text-properties text:display='none'/></style:default-style>"      \
    "</office:automatic-styles><office:body><office:text>" body                                    \
    "</office:text></office:body></office:document-content>"
#define TP(text) "<text:p>" text "</text:p>"
#define LIST(style, more, items)                                                                   \
    "<text:list text:style-name='" style "'" more ">" items "</text:list>"
#define LI(content) "<text:list-item>" content "</text:list-item>"

static const char outline[] =
    "<office:document-styles xmlns:office='o' xmlns:text='t' xmlns:style='s'><office:styles>"
    "<text:outline-style><text:outline-level-style text:level='1' style:num-format=''/>"
    "<text:outline-level-style text:level='2' style:num-format='1' style:num-suffix='.' "
    "text:start-value='3'/></text:outline-style></office:styles><office:master-styles>"
    "<style:header><text:p>testata</text:p></style:header></office:master-styles>"
    "</office:document-styles>";

static void
test_odt(void **state)
{
    static const struct reading cases[] = {
        {ODT(TP("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d")), "a b c\nd\n"},
        {ODT(TP("<text:span>di</text:span>ritto")), "diritto\n"},
        {ODT(LIST("L", "",
                  LI(TP("a") LIST("L", "", LI(TP("b") LIST("L", "", LI(TP("c")))) LI(TP("d"))))
                      LI(TP("e") TP("f")))),
         "1. a\n\n1.1 b\n\n(a) c\n\n1.2 d\n\n2. e\n\nf\n"},
        {ODT(LIST("L", "", LI(TP("a"))) TP("x") LIST("L", "", LI(TP("b")))
                 LIST("L", " text:continue-numbering='true'", LI(TP("c")))),
         "1. a\n\nx\n\n1. b\n\n2. c\n"},
        {ODT(LIST("L", "",
                  "<text:list-item text:start-value='5'>" TP("a") "</text:list-item>" LI(
                      TP("b")) "<text:list-header>" TP("c") "</text:list-header>")),
         "5. a\n\n6. b\n\nc\n"},
        {ODT(LIST("B", "", LI(TP("a")) LI(LIST("", "", LI(TP("b")))))), "\u2022 a\n\nb\n"},
        {ODT("<text:h text:outline-level='1'>A</text:h><text:h text:outline-level='2'>B</text:h>"
             "<text:h text:outline-level='2' text:is-list-header='true'>C</text:h>"
             "<text:h text:outline-level='2' text:style-name='N'>D</text:h>"
             "<text:h text:outline-level='2'>E</text:h>"),
         "A\n\n3. B\n\nC\n\nD\n\n4. E\n"},
        {ODT("<text:tracked-changes><text:changed-region><text:deletion>" TP(
             "x") "</text:deletion></text:changed-region></text:tracked-changes>" TP("a<text:"
                                                                                     "change/>b")),
         "ab\n"},
        {ODT(TP("a<text:note><text:note-citation>1</text:note-citation><text:note-body>" TP(
             "n") "</text:note-body></text:note>b") TP("c")),
         "ab\n\nc\n\nn\n"},
        {ODT(TP("a<draw:frame><draw:text-box>" TP("box") "</draw:text-box></draw:frame>b") TP("c")),
         "ab\n\nbox\n\nc\n"},
        {ODT(TP("a<text:span text:style-name='H'>x</text:span>b<text:span text:style-name='I'>y"
                "</text:span>c<text:span text:style-name='P'>d</text:span>") "<text:p "
                                                                             "text:style-name='P'>"
                                                                             "z</text:p><text:p "
                                                                             "text:style-name='H'>"
                                                                             "e</text:p>"),
         "abcd\n\ne\n"},
        {ODT("<table:table><table:table-row><table:table-cell>" TP(
             "a") "</table:table-cell>"
                  "<table:table-cell>" TP(
                      "b") "</table:table-cell></table:table-row></table:table>"),
         "a | b\n"},
        {ODT("<text:table-of-content>" TP(
             "x") "</text:table-of-content><text:section "
                  "text:display='none'>" TP("y") "</text:section><text:section>" TP(
                      "a") "<office:annotation>" TP("z") "</office:annotation></text:section>"),
         "a\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct member members[] = {{"content.xml", cases[i].input}, {"styles.xml", outline}};
        struct document document = built("a", zipped(members, 2), FORMAT_AUTO);

        assert_str(document.text, cases[i].text);
    }
}

static void
test_flat_odt(void **state)
{
    struct document document =
        built("a.fodt",
              STR("<?xml version='1.0'?><office:document xmlns:office='o' xmlns:text='t'>"
                  "<office:body><office:text><text:p>a</text:p></office:text></office:body>"
                  "</office:document>"),
              FORMAT_AUTO);

    (void)state;
    assert_str(document.text, "a\n");
}

/* Any bytes give a text in valid UTF-8 whose places lie in the input, or an error. */
static void
test_any_bytes(void **state)
{
    static const char *const parts[] = {
        "<p>",
        "</p>",
        "<ol>",
        "<li>",
        "</ol>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "testo",
        " ",
        "\n",
        "&egrave;",
        "&#1;",
        "<b hidden>",
        "</b>",
        "\xE8",
        "\xC3\xA8",
        "<nav class='menu'>",
        "</nav>",
        "<br>",
        "<!--",
        "-->",
        "<a href=x>",
        "</a>",
        "# ",
        "- ",
        "**",
        "[a](b)",
        "\\*",
        "`",
        "    ",
        "> ",
        "1. ",
        "<sup>",
        "</sup>",
        "\"",
    };
    uint32_t random = 1;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        char input[512] = P;
        size_t len = round % 2 ? 0 : strlen(P);
        struct source source = {round % 2 ? STR("a.md") : STR("a.html"), {input, 0}};
        struct document document;

        for (int i = 0; i < 30; i++) {
            const char *part;

            random = random * 1664525u + 1013904223u;
            part = parts[(random >> 16) % (sizeof parts / sizeof *parts)];
            memcpy(input + len, part, strlen(part));
            len += strlen(part);
        }
        source.bytes.len = len;
        if (!document_build(&document, &arena, &source, NULL))
            continue;
        assert_true(utf8_valid(document.text));
        repair_document(&document);
        for (uint32_t at = 0; at < document.text.len && document.origin_kind == ORIGIN_BYTES;
             at++) {
            struct span raw = document_raw(&document, (struct span){at, at + 1});

            assert_true(raw.begin <= raw.end && raw.end <= len);
        }
        arena_free(&arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_html_blocks, free_arena),
        cmocka_unit_test_teardown(test_html_gone, free_arena),
        cmocka_unit_test_teardown(test_html_lists, free_arena),
        cmocka_unit_test_teardown(test_html_tables, free_arena),
        cmocka_unit_test_teardown(test_html_titles, free_arena),
        cmocka_unit_test_teardown(test_markdown, free_arena),
        cmocka_unit_test_teardown(test_markdown_joins, free_arena),
        cmocka_unit_test_teardown(test_origin, free_arena),
        cmocka_unit_test(test_sniffing),
        cmocka_unit_test_teardown(test_refused, free_arena),
        cmocka_unit_test_teardown(test_docx, free_arena),
        cmocka_unit_test_teardown(test_docx_parts, free_arena),
        cmocka_unit_test_teardown(test_odt, free_arena),
        cmocka_unit_test_teardown(test_flat_odt, free_arena),
        cmocka_unit_test_teardown(test_any_bytes, free_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
