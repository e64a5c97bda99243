/* Buffered output with sticky failure: to memory, stdout, or a file that appears when complete. */

#include "base/out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUFFER_SIZE = 64 << 10,
    MEMORY_SIZE = 512, /* many outputs to memory are one pattern long */
};

struct out {
    int fd;     /* -1 = memory */
    char *data; /* what is not written yet; all of it for memory */
    size_t len;
    size_t capacity;
    int failure;     /* errno of the first failed write, 0 = none */
    char *target;    /* as the user gave it; NULL = memory or stdout */
    char *final;     /* name to take on close; NULL = written in place */
    char *temporary; /* name it has until then */
};

static void *
allocate(size_t size)
{
    void *data = calloc(1, size);

    if (!data)
        arena_exhausted();
    return data;
}

static char *
copy_string(const char *s)
{
    size_t size = strlen(s) + 1;

    return memcpy(allocate(size), s, size);
}

static struct out *
new_out(int fd)
{
    struct out *out = allocate(sizeof *out);

    out->fd = fd;
    out->capacity = fd < 0 ? MEMORY_SIZE : BUFFER_SIZE;
    out->data = allocate(out->capacity);
    return out;
}

static void
free_out(struct out *out)
{
    free(out->data);
    free(out->target);
    free(out->final);
    free(out->temporary);
    free(out);
}

struct out *
out_memory(void)
{
    return new_out(-1);
}

struct out *
out_stdout(void)
{
    return new_out(STDOUT_FILENO);
}

/* DIR/.NAME.XXXXXX: the same folder, or rename could not do it in one step. */
static char *
temporary_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t dir_len = slash ? (size_t)(slash - path) + 1 : 0;
    size_t size = strlen(path) + sizeof "..XXXXXX";
    char *name = allocate(size);

    snprintf(name, size, "%.*s.%s.XXXXXX", (int)dir_len, path, path + dir_len);
    return name;
}

/* A device, a fifo: nothing to replace, the bytes go into it. */
static struct out *
open_in_place(const char *path, struct error *error)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    struct out *out;

    if (fd < 0) {
        error_set(error, "%s: cannot write: %s", path, strerror(errno));
        return NULL;
    }
    out = new_out(fd);
    out->target = copy_string(path);
    return out;
}

struct out *
out_file(const char *path, struct error *error)
{
    struct stat status;
    bool exists = stat(path, &status) == 0;
    struct out *out;

    if (exists && S_ISDIR(status.st_mode)) {
        error_set(error, "%s: is a directory; give the name of a file to write", path);
        return NULL;
    }
    if (exists && !S_ISREG(status.st_mode))
        return open_in_place(path, error);

    out = new_out(-1);
    out->target = copy_string(path);
    /* A link keeps pointing to the file, which is replaced where it lies. */
    out->final = exists ? realpath(path, NULL) : copy_string(path);
    if (out->final) {
        out->temporary = temporary_name(out->final);
        out->fd = mkstemp(out->temporary); /* mode 0600 */
    }
    if (out->fd < 0) {
        error_set(error, "%s: cannot write: %s", path, strerror(errno));
        free_out(out);
        return NULL;
    }
    fcntl(out->fd, F_SETFD, FD_CLOEXEC);
    return out;
}

static void
write_all(struct out *out, const char *data, size_t len)
{
    while (len > 0 && !out->failure) {
        ssize_t written = write(out->fd, data, len);

        if (written >= 0) {
            data += written;
            len -= (size_t)written;
        } else if (errno != EINTR) {
            out->failure = errno;
        }
    }
}

static void
flush(struct out *out)
{
    write_all(out, out->data, out->len);
    out->len = 0;
}

/* Room for `more` bytes; false: it does not go through the buffer. */
static bool
make_room(struct out *out, size_t more)
{
    size_t capacity = out->capacity;

    if (more <= capacity - out->len)
        return true;
    if (out->fd >= 0) {
        flush(out);
        return more <= capacity;
    }
    if (more > SIZE_MAX / 4 || capacity > SIZE_MAX / 4)
        arena_exhausted();
    while (capacity - out->len < more)
        capacity *= 2;
    out->data = realloc(out->data, capacity);
    if (!out->data)
        arena_exhausted();
    out->capacity = capacity;
    return true;
}

void
out_str(struct out *out, struct str s)
{
    if (s.len == 0)
        return;
    if (!make_room(out, s.len)) {
        write_all(out, s.data, s.len);
        return;
    }
    memcpy(out->data + out->len, s.data, s.len);
    out->len += s.len;
}

void
out_char(struct out *out, char c)
{
    make_room(out, 1);
    out->data[out->len++] = c;
}

void
out_format(struct out *out, const char *format, ...)
{
    char few[512];
    char *text = few;
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(few, sizeof few, format, args);
    va_end(args);
    if (length < 0) {
        out->failure = errno;
        return;
    }
    if ((size_t)length >= sizeof few) {
        text = allocate((size_t)length + 1);
        va_start(args, format);
        vsnprintf(text, (size_t)length + 1, format, args);
        va_end(args);
    }
    out_str(out, (struct str){text, (size_t)length});
    if (text != few)
        free(text);
}

struct str
out_written(const struct out *out)
{
    return (struct str){out->data, out->len};
}

bool
out_broken_pipe(const struct out *out)
{
    return out->failure == EPIPE;
}

bool
out_close(struct out *out, struct error *error)
{
    const char *name = out->target ? out->target : "standard output";
    bool done;

    if (out->fd >= 0)
        flush(out);
    /* stdout stays open: others may still write to it, and its close could not be reported. */
    if (out->target && close(out->fd) != 0 && !out->failure)
        out->failure = errno;
    if (out->final && !out->failure && rename(out->temporary, out->final) != 0)
        out->failure = errno;
    if (out->final && out->failure)
        unlink(out->temporary);
    done = !out->failure;
    if (!done)
        error_set(error, "%s: cannot write: %s; nothing complete was written", name,
                  strerror(out->failure));
    free_out(out);
    return done;
}

void
out_abandon(struct out *out)
{
    if (out->target)
        close(out->fd);
    if (out->final)
        unlink(out->temporary);
    free_out(out);
}
