/* One-line errors, and diagnostics that are collected, sorted and shown together. */

#include "base/error.h"

#include <stdarg.h>
#include <stdlib.h>

/* A file name may hold anything: one error stays one line, and no sequence reaches a terminal. */
static void
make_printable(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F)
            text[i] = '?';
    }
}

/* Cuts half a UTF-8 sequence off the end of a truncated text. */
static void
cut_partial(char *text, size_t len)
{
    size_t begin = len;

    while (begin > 0 && len - begin < 3 && ((unsigned char)text[begin - 1] & 0xC0) == 0x80)
        begin--;
    if (begin > 0 && (unsigned char)text[begin - 1] >= 0xC0)
        text[begin - 1] = '\0';
}

bool
error_set(struct error *error, const char *format, ...)
{
    va_list args;
    int length;

    if (!error)
        return false;
    va_start(args, format);
    length = vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    if (length < 0)
        error->text[0] = '\0';
    else if ((size_t)length >= sizeof error->text)
        cut_partial(error->text, sizeof error->text - 1);
    make_printable(error->text, strlen(error->text));
    return false;
}

void
diagnostic_add(struct diagnostics *diagnostics, enum diagnostic_level level, struct str file,
               uint32_t line, uint32_t column, const char *format, ...)
{
    struct diagnostic diagnostic = {level, file, line, column, {NULL, 0}};
    va_list args;

    va_start(args, format);
    diagnostic.text = arena_vformat(diagnostics->arena, format, args);
    va_end(args);
    diagnostic.file = arena_str(diagnostics->arena, file);
    array_push(diagnostics->arena, &diagnostics->list, diagnostic);
    if (level == DIAGNOSTIC_ERROR)
        diagnostics->errors++;
}

static int
compare(const void *left, const void *right)
{
    const struct diagnostic *a = left;
    const struct diagnostic *b = right;
    int order = str_compare(a->file, b->file);

    if (order)
        return order;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    if (a->level != b->level)
        return a->level > b->level ? -1 : 1;
    return str_compare(a->text, b->text);
}

static void
print_one(const struct diagnostic *diagnostic, FILE *stream)
{
    static const char *const words[] = {"note", "warning", "error"};

    if (diagnostic->file.len) {
        fprintf(stream, "%.*s:", STR_ARG(diagnostic->file));
        if (diagnostic->line)
            fprintf(stream, "%lu:", (unsigned long)diagnostic->line);
        if (diagnostic->line && diagnostic->column)
            fprintf(stream, "%lu:", (unsigned long)diagnostic->column);
        fputc(' ', stream);
    }
    fprintf(stream, "%s: %.*s\n", words[diagnostic->level], STR_ARG(diagnostic->text));
}

void
diagnostics_print(struct diagnostics *diagnostics, FILE *stream)
{
    uint32_t count = diagnostics->list.count;
    struct diagnostic *items = diagnostics->list.items;

    if (count > 1)
        qsort(items, count, sizeof *items, compare);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || compare(&items[i - 1], &items[i]) != 0)
            print_one(&items[i], stream);
    }
}
