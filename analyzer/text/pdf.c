/* The PDF helper as a process: started without a shell, fed from memory, listened to, ended. */

#include "text/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/bounds.h"

#ifndef MFD_CLOEXEC
#define MFD_CLOEXEC 1U
#endif

enum {
    CHUNK = 256 << 10,
    ANSWER_FIRST = 8 << 20, /* of a hundred pages; what is not used is never touched */
    PATH_MOST = 4096,
    END_SECONDS = 5, /* between the helper's last word and its end */
};

struct helper {
    struct str name; /* of the document */
    struct arena arena;
    const char *path;
    int input;
    int output;
    pid_t pid;
    ARRAY(char) answer;
};

bool
pdf_is(struct str bytes)
{
    struct str head = str_slice(bytes, 0, bytes.len < 16 ? bytes.len : 16);

    if (str_starts(head, STR("\xEF\xBB\xBF")))
        head = str_slice(head, 3, head.len);
    return str_starts(str_trim(head), STR("%PDF-"));
}

/* Beside the running program, else where `make install` puts it. */
static bool
find_helper(struct helper *helper, struct error *error)
{
    static const char *const places[] = {"", "../libexec/cavillo/"};
    char own[PATH_MOST];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own);

    while (len > 0 && own[len - 1] != '/')
        len--;
    for (size_t i = 0; len > 0 && i < sizeof places / sizeof places[0]; i++) {
        helper->path =
            arena_format(&helper->arena, "%.*s%scavillo-pdf", (int)len, own, places[i]).data;
        if (access(helper->path, X_OK) == 0)
            return true;
    }
    return error_set(error,
                     "%.*s: is a PDF, and the program cavillo-pdf that reads those is not beside "
                     "cavillo (%.*s)",
                     STR_ARG(helper->name), len > 0 ? (int)len : 0, own);
}

/* The bytes as a file without a name: the helper may read nothing else. */
static bool
make_input(struct helper *helper, struct str bytes, struct error *error)
{
    size_t at = 0;

    helper->input = (int)syscall(SYS_memfd_create, "input.pdf", MFD_CLOEXEC);
    while (helper->input >= 0 && at < bytes.len) {
        ssize_t done = write(helper->input, bytes.data + at, bytes.len - at);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            break;
        at += (size_t)done;
    }
    if (helper->input >= 0 && at == bytes.len)
        return true;
    return error_set(error, "%.*s: cannot be handed to the PDF reader: %s", STR_ARG(helper->name),
                     strerror(errno));
}

static int
spawn(struct helper *helper, int output)
{
    /* Poppler makes and frees millions of small objects: that takes a tenth less time so. */
    char tunables[] = "GLIBC_TUNABLES=glibc.malloc.tcache_count=65535";
    char *const environment[] = {tunables, NULL};
    char name[] = "cavillo-pdf";
    char *const arguments[] = {name, NULL};
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);

    if (failure)
        return failure;
    failure = posix_spawn_file_actions_adddup2(&actions, helper->input, STDIN_FILENO);
    if (!failure)
        failure = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (!failure)
        failure =
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (!failure)
        failure = posix_spawn(&helper->pid, helper->path, &actions, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

static bool
start(struct helper *helper, struct error *error)
{
    int ends[2];
    int failure = 0;

    if (pipe(ends) != 0)
        failure = errno;
    if (!failure) {
        fcntl(ends[0], F_SETFD, FD_CLOEXEC);
        fcntl(ends[1], F_SETFD, FD_CLOEXEC);
        helper->output = ends[0];
        failure = spawn(helper, ends[1]);
        close(ends[1]);
    }
    if (!failure)
        return true;
    helper->pid = 0;
    return error_set(error, "%.*s: cannot start %s: %s", STR_ARG(helper->name), helper->path,
                     strerror(failure));
}

static int64_t
now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads what the helper writes until it ends, or has had its time or its share of memory. */
static bool
listen_to(struct helper *helper, struct error *error)
{
    int64_t end = now_ms() + (int64_t)BOUND_PDF_WAIT * 1000;

    array_reserve(&helper->arena, &helper->answer, ANSWER_FIRST);
    for (;;) {
        struct pollfd wait = {.fd = helper->output, .events = POLLIN};
        int64_t left = end - now_ms();
        ssize_t got;

        if (left <= 0)
            return error_set(error, "%.*s: was not read within %d seconds; split it",
                             STR_ARG(helper->name), BOUND_PDF_WAIT);
        if (poll(&wait, 1, (int)left) <= 0)
            continue; /* interrupted, or the time is up */
        array_reserve(&helper->arena, &helper->answer, (size_t)helper->answer.count + CHUNK);
        got = read(helper->output, helper->answer.items + helper->answer.count, CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return true;
        helper->answer.count += (uint32_t)got;
        if (helper->answer.count > BOUND_PDF_OUTPUT)
            return error_set(error, "%.*s: holds too much text; split it", STR_ARG(helper->name));
    }
}

/* A process that has closed its output ends soon; one that does not is ended. */
static int
wait_for(const struct helper *helper, bool kill_now)
{
    const struct timespec pause = {.tv_nsec = 500000};
    int64_t end = now_ms() + (int64_t)END_SECONDS * 1000;
    int status = 0;
    pid_t ended;

    if (kill_now)
        kill(helper->pid, SIGKILL);
    while ((ended = waitpid(helper->pid, &status, kill_now ? 0 : WNOHANG)) == 0) {
        nanosleep(&pause, NULL);
        if (now_ms() > end) {
            kill(helper->pid, SIGKILL);
            kill_now = true;
        }
    }
    return ended > 0 ? status : 0;
}

/* Says how the helper ended, if that was badly; its answer is not whole then. */
static bool
check_end(const struct helper *helper, int status, struct error *error)
{
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
        return error_set(error, "%.*s: took the PDF reader too long or too much memory; split it",
                         STR_ARG(helper->name));
    if (WIFSIGNALED(status))
        return error_set(error,
                         "%.*s: the PDF reader crashed on it (signal %d); the file is damaged or "
                         "hostile",
                         STR_ARG(helper->name), WTERMSIG(status));
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        return error_set(error,
                         "%.*s: the PDF reader gave up on it (status %d); the file is damaged, or "
                         "needs more than %d MiB of memory",
                         STR_ARG(helper->name), WEXITSTATUS(status), BOUND_PDF_MEMORY >> 20);
    return true;
}

bool
pdf_read(struct document *document, struct error *error)
{
    struct helper helper = {.name = document->name, .input = -1, .output = -1};
    bool done = find_helper(&helper, error) && make_input(&helper, document->raw, error) &&
                start(&helper, error);

    if (done) {
        bool listened = listen_to(&helper, error);

        done = listened &&
               pdf_take(document, (struct str){helper.answer.items, helper.answer.count}, error);
        int status = wait_for(&helper, done || !listened);
        if (!done && listened)
            check_end(&helper, status, error);
    }
    if (helper.input >= 0)
        close(helper.input);
    if (helper.output >= 0)
        close(helper.output);
    arena_free(&helper.arena);
    return done;
}
