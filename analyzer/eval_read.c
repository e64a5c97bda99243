#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bounds.h"
#include "eval.h"

/* Labelled contracts: which there are, and what their labels say. */

static int
compare_strings(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* The NAMEs in a file, blank-separated. */
struct name_list {
    const char *path; /* NULL: not given */
    ARRAY(struct str) names;
    bool *used;
};

static bool
read_names(struct eval *eval, struct name_list *list, struct error *error)
{
    struct source source;
    struct str name;
    if (!list->path)
        return true;
    if (!read_path(&eval->arena, list->path, BOUND_INPUT_BYTES, &source, error))
        return false;
    for (struct str rest = source.bytes; str_cut(&rest, ' ', &name);)
        array_push(&eval->arena, &list->names, name);
    list->used = arena_new(&eval->arena, bool, (size_t)list->names.count + 1);
    return true;
}

static bool
is_named(const struct name_list *list, struct str name)
{
    for (uint32_t i = 0; i < list->names.count; i++) {
        if (!str_equal(list->names.items[i], name))
            continue;
        list->used[i] = true;
        return true;
    }
    return false;
}

/* A name that no folder knows would silently measure something else. */
static bool
all_used(const struct name_list *list, struct error *error)
{
    for (uint32_t i = 0; i < list->names.count; i++)
        if (!list->used[i])
            return error_set(error, "%s: there is no labelled contract \"%.*s\"", list->path,
                             STR_ARG(list->names.items[i]));
    return true;
}

static struct str
last_component(struct str path)
{
    while (path.len > 1 && path.data[path.len - 1] == '/')
        path.len--;
    size_t from = path.len;
    while (from > 0 && path.data[from - 1] != '/')
        from--;
    return str_slice(path, from, path.len);
}

static bool
add_folder(struct eval *eval, const char *folder, bool several, const struct name_list *only,
           const struct name_list *except, struct error *error)
{
    ARRAY(struct str) stems = {0};
    struct str suffix = eval->options->by_tags ? STR(".tags") : STR(".gold");
    DIR *dir = opendir(folder);
    if (!dir)
        return error_set(error, "%s: %s", folder, strerror(errno));
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        struct str name = str_of(entry->d_name);
        if (name.len > suffix.len && name.data[0] != '.' && str_ends(name, suffix))
            array_push(&eval->arena, &stems,
                       arena_str(&eval->arena, str_slice(name, 0, name.len - suffix.len)));
    }
    closedir(dir);
    if (stems.count == 0)
        return error_set(error, "%s holds no NAME%.*s", folder, STR_ARG(suffix));
    qsort(stems.items, stems.count, sizeof *stems.items, compare_strings);
    struct str last = last_component(str_of(folder));
    for (uint32_t i = 0; i < stems.count; i++) {
        struct str stem = stems.items[i];
        bool in = !only->path || is_named(only, stem);
        if (is_named(except, stem) || !in)
            continue;
        struct eval_document made = {
            .stem = arena_format(&eval->arena, "%s/%.*s", folder, STR_ARG(stem)),
            .path = arena_format(&eval->arena, "%s/%.*s.txt", folder, STR_ARG(stem)).data,
            .name = arena_format(&eval->arena, "%.*s%s%.*s.txt", several ? (int)last.len : 0,
                                 last.data, several ? "/" : "", STR_ARG(stem)),
        };
        array_push(&eval->arena, &eval->documents, made);
    }
    return true;
}

/* The folders: --gold, else CAVILLO_TERMS/<lang> of every language we know. */
static bool
find_folders(struct eval *eval, const char ***folders, uint32_t *count, struct error *error)
{
    const struct options *o = eval->options;
    const struct languages *languages = &eval->pipeline->languages;
    const char *terms = getenv("CAVILLO_TERMS");
    *folders = arena_new(&eval->arena, const char *, (size_t)o->gold.count + languages->count + 1);
    *count = 0;
    for (uint32_t i = 0; i < o->gold.count; i++)
        (*folders)[(*count)++] = o->gold.items[i];
    for (uint32_t i = 0; i < languages->count && o->gold.count == 0 && terms && *terms; i++) {
        struct str path =
            arena_format(&eval->arena, "%s/%.*s", terms, STR_ARG(languages->items[i].id));
        if (access(path.data, R_OK) == 0)
            (*folders)[(*count)++] = path.data;
    }
    if (*count == 0 && terms && *terms)
        return error_set(error, "CAVILLO_TERMS: %s holds no folder of a language, like %s/it",
                         terms, terms);
    return *count > 0 || error_set(error, "measure on what? --gold DIR, or set CAVILLO_TERMS");
}

bool
eval_find(struct eval *eval, struct error *error)
{
    struct name_list only = {.path = eval->options->only};
    struct name_list except = {.path = eval->options->except};
    const char **folders;
    uint32_t count;
    if (!find_folders(eval, &folders, &count, error) || !read_names(eval, &only, error) ||
        !read_names(eval, &except, error))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!add_folder(eval, folders[i], count > 1, &only, &except, error))
            return false;
    eval->labelled = true;
    if (!all_used(&only, error) || !all_used(&except, error))
        return false;
    return eval->documents.count > 0 || error_set(error, "--only and --except leave no contract");
}

struct str
eval_line(const struct eval *eval, uint32_t document, uint32_t line)
{
    const struct eval_document *d = &eval->documents.items[document];
    return line > 0 && line <= d->line_count ? d->lines[line - 1] : STR("");
}

static bool
read_gold_row(struct eval *eval, uint32_t document, struct str row, struct label *label,
              struct error *error)
{
    struct str number, category, sure;
    int64_t line;
    bool complete = str_cut(&row, '\t', &number) && str_cut(&row, '\t', &category) &&
                    str_cut(&row, '\t', &sure);
    if (!complete || !str_number(number, &line))
        return error_set(error, "not LINE<TAB>CATEGORY<TAB>yes|maybe<TAB>NOTE");
    bool yes = str_equal(sure, STR("yes"));
    *label = (struct label){document, (uint32_t)line, labels_kind(&eval->labels, category), yes};
    struct str near = labels_nearest(&eval->labels, category);
    if (label->kind == UINT32_MAX)
        return error_set(error, "no label \"%.*s\"%s%.*s%s", STR_ARG(category),
                         near.len ? "; did you mean \"" : "", STR_ARG(near),
                         near.len ? "\"?" : " in rules/labels.xml");
    if (!yes && !str_equal(sure, STR("maybe")))
        return error_set(error, "\"%.*s\" is neither yes nor maybe", STR_ARG(sure));
    if (line < 1 || line > eval->documents.items[document].line_count)
        return error_set(error, "the text has no line %lld", (long long)line);
    return true;
}

static bool
read_gold(struct eval *eval, uint32_t document, struct str path, struct str bytes,
          struct error *error)
{
    struct str rest = bytes, row;
    for (uint32_t n = 1; str_cut(&rest, '\n', &row); n++) {
        struct label label;
        struct error why;
        if (row.len == 0)
            continue;
        if (!read_gold_row(eval, document, row, &label, &why))
            return error_set(error, "%.*s:%u: %s", STR_ARG(path), n, why.text);
        array_push(&eval->arena, &eval->list, label);
    }
    return true;
}

static bool
read_tags(struct eval *eval, uint32_t document, struct str path, struct str bytes,
          struct error *error)
{
    struct str rest = bytes, row, word, means;
    uint32_t n = 0;
    while (str_cut(&rest, '\n', &row)) {
        n++;
        while (str_cut(&row, ' ', &word)) {
            uint32_t kind = labels_tag(&eval->labels, word, &means);
            if (kind == UINT32_MAX || str_equal(means, STR("no")))
                continue; /* words that score nothing may stand there too */
            struct label label = {document, n, kind, str_equal(means, STR("yes"))};
            array_push(&eval->arena, &eval->list, label);
        }
    }
    uint32_t lines = eval->documents.items[document].line_count;
    return n <= lines ||
           error_set(error, "%.*s has %u lines, its text only %u", STR_ARG(path), n, lines);
}

bool
eval_read_labels(struct eval *eval, uint32_t document, struct error *error)
{
    bool tags = eval->options->by_tags;
    struct str path =
        arena_format(&eval->arena, "%.*s%s", STR_ARG(eval->documents.items[document].stem),
                     tags ? ".tags" : ".gold");
    struct source source;
    struct stat status;
    if (stat(path.data, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0)
        return true; /* nothing to label in this contract */
    return read_path(&eval->arena, path.data, BOUND_INPUT_BYTES, &source, error) &&
           (tags ? read_tags(eval, document, path, source.bytes, error)
                 : read_gold(eval, document, path, source.bytes, error));
}
