#include <stdio.h>
#include <stdlib.h>

#include "base/bounds.h"
#include "base/out.h"
#include "rule/loader.h"
#include "text/fold.h"

/*
 * cavillo-lexicon RULES_DIR LANG OUT [LANG OUT]...: run by make.  Expands every {lemma} that the
 * rules of a language mention, so that a run of cavillo needs no dictionary.  Exit 2 and one line
 * a mistake when a lemma is unknown; OUT is then left as it was.
 */

struct mention {
    struct str lemma;
    struct str file;
    uint32_t line;
};

struct collection {
    struct arena *arena;
    struct str file;
    ARRAY(struct mention) mentions;
};

struct table_line {
    struct str lemma; /* folded */
    struct str *forms;
    uint32_t count;
};

struct table {
    ARRAY(struct table_line) lines;
};

static bool
is_lemma(struct str inside)
{
    return inside.len > 0 && inside.data[0] != '@' && !str_starts(inside, STR("..")) &&
           !(inside.data[0] >= '0' && inside.data[0] <= '9') &&
           span_class_of(str_slice(inside, 0, str_find(inside, STR(":")))) == SPAN_KINDS;
}

/* Everything between braces, as text/pattern.c reads it. */
static void
collect_source(struct collection *collection, struct str source, uint32_t line)
{
    for (size_t at = 0; at < source.len; at++) {
        if (source.data[at] == '\n')
            line++;
        if (source.data[at] != '{')
            continue;
        struct str rest = str_slice(source, at + 1, source.len);
        size_t end = str_find(rest, STR("}"));
        struct str inside = str_trim(str_slice(rest, 0, end));
        struct mention made = {inside, collection->file, line};
        if (end == rest.len)
            return;
        if (is_lemma(inside))
            array_push(collection->arena, &collection->mentions, made);
    }
}

static void
collect_node(struct collection *collection, const struct xml_node *node)
{
    struct str heading = xml_attribute(node, "heading");
    if (heading.data)
        collect_source(collection, heading, node->line);
    if (xml_is(node, "set") || xml_is(node, "match"))
        collect_source(collection, xml_text(collection->arena, node), node->line);
    for (const struct xml_node *child = xml_element(node->children); child;
         child = xml_element(child->next))
        collect_node(collection, child);
}

static int
compare_mentions(const void *a, const void *b)
{
    const struct mention *x = a;
    const struct mention *y = b;
    int order = str_compare(x->lemma, y->lemma);
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static int
compare_lines(const void *a, const void *b)
{
    return str_compare(((const struct table_line *)a)->lemma,
                       ((const struct table_line *)b)->lemma);
}

/* Every distinct lemma expanded; unknown ones become diagnostics. */
static void
expand_all(struct collection *collection, struct expander *expander, struct table *table,
           struct diagnostics *diagnostics)
{
    struct str last = STR("");
    if (collection->mentions.count > 1)
        qsort(collection->mentions.items, collection->mentions.count,
              sizeof *collection->mentions.items, compare_mentions);
    for (uint32_t i = 0; i < collection->mentions.count; i++) {
        const struct mention *mention = &collection->mentions.items[i];
        if (i > 0 && str_equal(mention->lemma, last))
            continue;
        last = mention->lemma;
        struct table_line made = {0};
        made.count = expander_forms(expander, collection->arena, mention->lemma, &made.forms);
        struct fold fold = fold_new(collection->arena, mention->lemma.len);
        fold_str(&fold, mention->lemma);
        made.lemma = fold_core(str_trim((struct str){fold.bytes, fold.length}));
        if (made.count > 0 && made.lemma.len > 0)
            array_push(collection->arena, &table->lines, made);
        else
            diagnostic_add(diagnostics, DIAGNOSTIC_ERROR, mention->file, mention->line, 0,
                           "no dictionary knows the lemma {%.*s}: mend it, write out its forms, or "
                           "add an <irregular> to forms.xml",
                           STR_ARG(mention->lemma));
    }
    if (table->lines.count > 1)
        qsort(table->lines.items, table->lines.count, sizeof *table->lines.items, compare_lines);
}

/* Two spellings that fold to one lemma (societa, società) share a line. */
static bool
write_table(const struct table *table, const char *path, struct error *error)
{
    struct out *out = out_file(path, error);
    if (!out)
        return false;
    out_str(out, STR(LEXICON_FORMS_HEAD));
    for (uint32_t i = 0; i < table->lines.count; i++) {
        const struct table_line *line = &table->lines.items[i];
        bool again = i > 0 && str_equal(line->lemma, table->lines.items[i - 1].lemma);
        if (!again && i > 0)
            out_char(out, '\n');
        if (!again)
            out_format(out, "%.*s\t", STR_ARG(line->lemma));
        for (uint32_t k = 0; k < line->count; k++)
            out_format(out, "%s%.*s", k > 0 || again ? " " : "", STR_ARG(line->forms[k]));
    }
    if (table->lines.count > 0)
        out_char(out, '\n');
    return out_close(out, error);
}

/* The dictionary's name stands in language.xml. */
static struct str
dictionary_of(const struct loader_files *files, struct error *error)
{
    for (uint32_t i = 0; i < files->list.count; i++) {
        const struct loader_file *file = &files->list.items[i];
        struct str name = file->root ? xml_attribute(file->root, "dictionary") : STR("");
        if (str_equal(file->stem, STR("language")) && name.len > 0)
            return name;
    }
    error_set(error, "no language.xml that names a dictionary");
    return STR("");
}

static bool
make_table(const char *rules_dir, const char *language, const char *path, struct error *error)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct loader loader = {.arena = &arena, .diagnostics = &diagnostics};
    struct loader_files files = {0};
    struct collection collection = {.arena = &arena};
    struct table table = {0};
    struct expander *expander = NULL;
    bool good = loader_folder(&loader, &rules_dir, 1, language, &files, error);
    struct str dictionary = good ? dictionary_of(&files, error) : STR("");
    if (dictionary.len > 0) {
        struct str dir = arena_format(&arena, "%s/%s", rules_dir, language);
        expander = expander_open(dir.data, dictionary, error);
    }
    if (expander) {
        for (uint32_t i = 0; i < files.list.count; i++) {
            collection.file = files.list.items[i].path;
            if (files.list.items[i].root && xml_is(files.list.items[i].root, "wording"))
                collect_node(&collection, files.list.items[i].root);
        }
        expand_all(&collection, expander, &table, &diagnostics);
        good = diagnostics.errors == 0 && write_table(&table, path, error);
        if (diagnostics.errors > 0)
            error_set(error, "%s/%s has mistakes; %s is not written", rules_dir, language, path);
    }
    diagnostics_print(&diagnostics, stderr);
    expander_close(expander);
    arena_free(&arena);
    return expander && good;
}

int
main(int count, char **arguments)
{
    int status = EXIT_SUCCESS;
    if (count < 4 || count % 2 != 0) {
        fputs("usage: cavillo-lexicon RULES_DIR LANG OUT [LANG OUT]...\n", stderr);
        return 2;
    }
    for (int i = 2; i + 1 < count; i += 2) {
        struct error error = {.text = ""};
        if (make_table(arguments[1], arguments[i], arguments[i + 1], &error))
            continue;
        fprintf(stderr, "cavillo-lexicon: %s\n", error.text);
        status = 2;
    }
    return status;
}
