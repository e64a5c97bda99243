/* base/out. */

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/out.h"

/* A fresh folder for each test; its files are few and removed by name. */
struct place {
    char dir[64];
    char file[96];
};

static int
set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    if (!place)
        return -1;
    strcpy(place->dir, "/tmp/cavillo-out-XXXXXX");
    if (!mkdtemp(place->dir))
        return -1;
    snprintf(place->file, sizeof place->file, "%s/report.txt", place->dir);
    *state = place;
    return 0;
}

static int
tear_down(void **state)
{
    struct place *place = *state;
    int failed;

    unlink(place->file);
    failed = rmdir(place->dir); /* fails when a temporary file was left behind */
    free(place);
    return failed;
}

static void
assert_content(const char *path, const char *want)
{
    char got[256] = "";
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    got[fread(got, 1, sizeof got - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(got, want);
}

static void
test_memory(void **state)
{
    struct out *out = out_memory();

    (void)state;
    out_str(out, STR("uno "));
    out_char(out, '2');
    out_format(out, " %s %d", "tre", 4);
    out_str(out, (struct str){NULL, 0});
    assert_str(out_written(out), "uno 2 tre 4");
    out_format(out, "%0200000d", 7); /* beyond every buffer */
    assert_int_equal(out_written(out).len, 11 + 200000);
    assert_int_equal(out_written(out).data[200010], '7');
    for (int i = 0; i < 100000; i++)
        out_char(out, 'x');
    assert_int_equal(out_written(out).len, 11 + 300000);
    assert_true(out_close(out, NULL));
}

static void
test_file(void **state)
{
    struct place *place = *state;
    struct out *out = out_file(place->file, NULL);
    struct stat status;

    assert_non_null(out);
    out_str(out, STR("new"));
    assert_int_equal(stat(place->file, &status), -1); /* not before it is complete */
    assert_true(out_close(out, NULL));
    assert_content(place->file, "new");
    assert_int_equal(stat(place->file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void
test_replace(void **state)
{
    struct place *place = *state;
    struct out *out = out_file(place->file, NULL);

    out_str(out, STR("old"));
    assert_true(out_close(out, NULL));
    out = out_file(place->file, NULL);
    out_str(out, STR("newer"));
    assert_content(place->file, "old");
    out_abandon(out);
    assert_content(place->file, "old");
    out = out_file(place->file, NULL);
    out_str(out, STR("newest"));
    assert_true(out_close(out, NULL));
    assert_content(place->file, "newest");
}

/* More than a buffer: parts go out early and nothing is lost or doubled. */
static void
test_large(void **state)
{
    struct place *place = *state;
    struct out *out = out_file(place->file, NULL);
    static char block[100000];
    struct stat status;

    memset(block, 'y', sizeof block);
    for (int i = 0; i < 5; i++) {
        out_char(out, 'x');
        out_str(out, (struct str){block, sizeof block});
    }
    assert_true(out_close(out, NULL));
    assert_int_equal(stat(place->file, &status), 0);
    assert_int_equal(status.st_size, 5 * 100001);
}

static void
test_link(void **state)
{
    struct place *place = *state;
    char link[128];
    struct stat status;
    struct out *out = out_file(place->file, NULL);

    out_str(out, STR("old"));
    assert_true(out_close(out, NULL));
    snprintf(link, sizeof link, "%s/link", place->dir);
    assert_int_equal(symlink("report.txt", link), 0);
    out = out_file(link, NULL);
    assert_non_null(out);
    out_str(out, STR("new"));
    assert_true(out_close(out, NULL));
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode)); /* the link stays, what it names is replaced */
    assert_content(place->file, "new");
    unlink(link);
}

static void
test_errors(void **state)
{
    struct place *place = *state;
    struct error error = {""};
    char missing[128];

    assert_null(out_file(place->dir, &error));
    assert_non_null(strstr(error.text, "is a directory"));
    snprintf(missing, sizeof missing, "%s/no/such/file", place->dir);
    assert_null(out_file(missing, &error));
    assert_non_null(strstr(error.text, missing));
}

static void
test_full_disk(void **state)
{
    struct error error = {""};
    struct out *out = out_file("/dev/full", &error);
    struct stat status;

    (void)state;
    assert_non_null(out);
    out_str(out, STR("lost"));
    assert_false(out_close(out, &error));
    assert_non_null(strstr(error.text, "/dev/full: cannot write: "));
    assert_int_equal(stat("/dev/full", &status), 0);
    assert_true(S_ISCHR(status.st_mode)); /* not replaced by a file */
    out = out_file("/dev/null", NULL);
    out_str(out, STR("gone"));
    assert_true(out_close(out, NULL));
}

static void
test_broken_pipe(void **state)
{
    struct place *place = *state;
    struct error error = {""};
    struct out *out;
    int reader;

    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(mkfifo(place->file, 0600), 0);
    reader = open(place->file, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    out = out_file(place->file, &error);
    assert_non_null(out);
    close(reader);
    assert_false(out_broken_pipe(out));
    for (int i = 0; i < 100000; i++)
        out_str(out, STR("0123456789"));
    assert_true(out_broken_pipe(out));
    assert_false(out_close(out, &error));
}

/* stdout stays open after a close: what follows still arrives. */
static void
test_stdout(void **state)
{
    struct place *place = *state;
    int saved = dup(STDOUT_FILENO);
    int fd = open(place->file, O_WRONLY | O_CREAT, 0600);
    struct out *out;
    bool done;

    fflush(stdout);
    dup2(fd, STDOUT_FILENO);
    out = out_stdout();
    out_str(out, STR("uno "));
    done = out_close(out, NULL);
    out = out_stdout();
    out_str(out, STR("due"));
    done = out_close(out, NULL) && done;
    dup2(saved, STDOUT_FILENO);
    close(saved);
    close(fd);
    assert_true(done);
    assert_content(place->file, "uno due");
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test_setup_teardown(test_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_replace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_large, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_errors, set_up, tear_down),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test_setup_teardown(test_broken_pipe, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stdout, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
