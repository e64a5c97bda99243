/* From a name to the raw bytes: nothing but regular files, fifos and standard input is read. */

#include "text/read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHUNK_FIRST = 64 << 10,
};

/* Bytes on their way into an arena: their number is not known before the end. */
struct buffer {
    char *data;
    size_t len;
    size_t capacity;
};

static bool
fail_large(const char *name, size_t max_bytes, struct error *error)
{
    return error_set(error, "%s: is larger than %zu bytes; give a larger --max-bytes", name,
                     max_bytes);
}

static void
grow(struct buffer *buffer, size_t max_bytes)
{
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : CHUNK_FIRST;

    /* One byte more than allowed is enough to see that there is more. */
    if (capacity > max_bytes)
        capacity = max_bytes + 1;
    buffer->data = realloc(buffer->data, capacity);
    if (!buffer->data)
        arena_exhausted();
    buffer->capacity = capacity;
}

static bool
fill(struct buffer *buffer, int fd, const char *name, size_t max_bytes, struct error *error)
{
    for (;;) {
        ssize_t got;

        if (buffer->len == buffer->capacity)
            grow(buffer, max_bytes);
        got = read(fd, buffer->data + buffer->len, buffer->capacity - buffer->len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set(error, "%s: cannot read: %s", name, strerror(errno));
        if (got == 0)
            break;
        buffer->len += (size_t)got;
        if (buffer->len > max_bytes)
            return fail_large(name, max_bytes, error);
    }
    if (buffer->len == 0)
        return error_set(error, "%s: is empty; give a file that holds the contract's text", name);
    return true;
}

/* `expected` is a guess that saves copies; the file may have grown or shrunk since. */
static bool
read_fd(struct arena *arena, int fd, size_t expected, struct str name, size_t max_bytes,
        struct source *source, struct error *error)
{
    struct buffer buffer = {NULL, 0, 0};
    size_t limit = max_bytes < SIZE_MAX / 4 ? max_bytes : SIZE_MAX / 4;
    struct str copy = arena_str(arena, name);
    bool done;

    if (expected) {
        buffer.capacity = expected + 1;
        buffer.data = malloc(buffer.capacity);
        if (!buffer.data)
            arena_exhausted();
    }
    done = fill(&buffer, fd, copy.data, limit, error);
    if (done)
        *source = (struct source){copy, arena_str(arena, (struct str){buffer.data, buffer.len})};
    free(buffer.data);
    return done;
}

static bool
is_readable_kind(const char *path, mode_t mode, struct error *error)
{
    if (S_ISREG(mode) || S_ISFIFO(mode))
        return true;
    if (S_ISDIR(mode))
        return error_set(error, "%s: is a directory; name a file", path);
    return error_set(error, "%s: is a device or socket; give a file, or pipe the text in with -",
                     path);
}

bool
read_path(struct arena *arena, const char *path, size_t max_bytes, struct source *source,
          struct error *error)
{
    struct stat status;
    size_t expected = 0;
    bool done;
    int fd;

    /* Asked before opening too: opening a device may already do something. */
    if (stat(path, &status) != 0)
        return error_set(error, "%s: cannot read: %s", path, strerror(errno));
    if (!is_readable_kind(path, status.st_mode, error))
        return false;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &status) != 0) {
        error_set(error, "%s: cannot read: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    done = is_readable_kind(path, status.st_mode, error);
    if (done && S_ISREG(status.st_mode)) {
        if ((uintmax_t)status.st_size > max_bytes)
            done = fail_large(path, max_bytes, error);
        else
            expected = (size_t)status.st_size;
    }
    done = done && read_fd(arena, fd, expected, str_of(path), max_bytes, source, error);
    close(fd);
    return done;
}

bool
read_stdin(struct arena *arena, struct str name, size_t max_bytes, struct source *source,
           struct error *error)
{
    return read_fd(arena, STDIN_FILENO, 0, name, max_bytes, source, error);
}
