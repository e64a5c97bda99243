#include "inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/bounds.h"
#include "text/read.h"

static const char *const known_kinds[] = {".txt",  ".text", ".html",     ".htm", ".xhtml",
                                          ".docx", ".odt",  ".markdown", ".md",  ".pdf"};

static bool
is_known(const char *name)
{
    const char *end = strrchr(name, '.');
    for (size_t i = 0; end && i < sizeof known_kinds / sizeof known_kinds[0]; i++)
        if (strcasecmp(end, known_kinds[i]) == 0)
            return true;
    return false;
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Links to folders are not followed, so a walk ends. */
static bool
walk(struct inputs *inputs, struct arena *arena, const char *folder, uint32_t depth,
     struct error *error)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return error_set(error, "%s: %s", folder, strerror(errno));
    ARRAY(const char *) names = {0};
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        if (entry->d_name[0] != '.')
            array_push(arena, &names, arena_str(arena, str_of(entry->d_name)).data);
        else if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            inputs->skipped++;
    }
    closedir(dir);
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    for (uint32_t i = 0; i < names.count; i++) {
        const char *path = arena_format(arena, "%s/%s", folder, names.items[i]).data;
        struct stat status;
        if (lstat(path, &status) != 0)
            continue; /* gone since it was listed */
        if (S_ISDIR(status.st_mode)) {
            if (depth == BOUND_FOLDER_DEPTH)
                return error_set(error, "%s: folders nested deeper than %d", path,
                                 BOUND_FOLDER_DEPTH);
            if (!walk(inputs, arena, path, depth + 1, error))
                return false;
        } else if (is_known(names.items[i]) && stat(path, &status) == 0 &&
                   S_ISREG(status.st_mode)) {
            array_push(arena, &inputs->paths, path);
        } else {
            inputs->skipped++;
        }
    }
    return true;
}

static bool
add(struct inputs *inputs, struct arena *arena, const char *path, struct error *error)
{
    struct stat status;
    if (strcmp(path, "-") == 0) {
        for (uint32_t i = 0; i < inputs->paths.count; i++)
            if (strcmp(inputs->paths.items[i], "-") == 0)
                return error_set(error, "standard input (-) can be read only once");
    } else if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        size_t length = strlen(path);
        while (length > 1 && path[length - 1] == '/')
            length--;
        return walk(inputs, arena, arena_str(arena, (struct str){path, length}).data, 0, error);
    }
    array_push(arena, &inputs->paths, path);
    return true;
}

bool
inputs_collect(struct inputs *inputs, struct arena *arena, const char *const *operands,
               uint32_t count, const char *files_from, struct error *error)
{
    for (uint32_t i = 0; i < count; i++)
        if (!add(inputs, arena, operands[i], error))
            return false;
    if (!files_from)
        return true;
    struct source list;
    bool read = strcmp(files_from, "-") == 0
                    ? read_stdin(arena, STR("<stdin>"), BOUND_INPUT_BYTES, &list, error)
                    : read_path(arena, files_from, BOUND_INPUT_BYTES, &list, error);
    if (!read)
        return false;
    struct str rest = list.bytes, line;
    while (str_cut(&rest, '\n', &line))
        if (line.len > 0 && !add(inputs, arena, arena_str(arena, line).data, error))
            return false;
    return true;
}
