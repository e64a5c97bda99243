/* text/read. */

#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text/read.h"

struct place {
    struct arena arena;
    char dir[64];
    char file[96];
};

static int
set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    if (!place)
        return -1;
    strcpy(place->dir, "/tmp/cavillo-read-XXXXXX");
    if (!mkdtemp(place->dir))
        return -1;
    snprintf(place->file, sizeof place->file, "%s/a.txt", place->dir);
    *state = place;
    return 0;
}

static int
tear_down(void **state)
{
    struct place *place = *state;
    int failed;

    unlink(place->file);
    failed = rmdir(place->dir);
    arena_free(&place->arena);
    free(place);
    return failed;
}

static void
write_file(const char *path, size_t len)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    for (size_t i = 0; i < len; i++)
        fputc('a' + (int)(i % 26), file);
    fclose(file);
}

static void
assert_bytes(struct str bytes, size_t len)
{
    assert_int_equal(bytes.len, len);
    for (size_t i = 0; i < len; i++)
        assert_int_equal(bytes.data[i], 'a' + (int)(i % 26));
}

static void
test_file(void **state)
{
    static const size_t sizes[] = {1, 65535, 65536, 65537, 300000};
    struct place *place = *state;
    struct source source;
    struct error error;

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        write_file(place->file, sizes[i]);
        assert_true(read_path(&place->arena, place->file, 300000, &source, &error));
        assert_bytes(source.bytes, sizes[i]);
        assert_str(source.name, place->file);
    }
    assert_false(read_path(&place->arena, place->file, 299999, &source, &error));
    assert_non_null(strstr(error.text, "--max-bytes"));
    assert_non_null(strstr(error.text, place->file));
}

static void
test_refused(void **state)
{
    struct place *place = *state;
    struct source source;
    struct error error;

    assert_false(read_path(&place->arena, place->file, 100, &source, &error));
    assert_non_null(strstr(error.text, "No such file"));
    write_file(place->file, 0);
    assert_false(read_path(&place->arena, place->file, 100, &source, &error));
    assert_non_null(strstr(error.text, "is empty"));
    assert_false(read_path(&place->arena, place->dir, 100, &source, &error));
    assert_non_null(strstr(error.text, "is a directory"));
    assert_false(read_path(&place->arena, "/dev/zero", 100, &source, &error));
    assert_non_null(strstr(error.text, "is a device"));
}

static void
test_link(void **state)
{
    struct place *place = *state;
    struct source source;
    char link[128];

    write_file(place->file, 10);
    snprintf(link, sizeof link, "%s/link", place->dir);
    assert_int_equal(symlink(place->file, link), 0);
    assert_true(read_path(&place->arena, link, 100, &source, NULL));
    assert_bytes(source.bytes, 10);
    unlink(link);
}

/* A fifo has no size: read to its end, or to one byte over the limit. */
static void
read_fifo(struct place *place, size_t len, size_t max, bool expected)
{
    struct source source;
    struct error error;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        int fd = open(place->file, O_WRONLY);

        for (size_t i = 0; i < len; i++) {
            char c = (char)('a' + i % 26);

            if (write(fd, &c, 1) != 1)
                break;
        }
        close(fd);
        _exit(0);
    }
    assert_int_equal(read_path(&place->arena, place->file, max, &source, &error), expected);
    if (expected)
        assert_bytes(source.bytes, len);
    else
        assert_non_null(strstr(error.text, "--max-bytes"));
}

static void
test_fifo(void **state)
{
    struct place *place = *state;

    assert_int_equal(mkfifo(place->file, 0600), 0);
    read_fifo(place, 5000, 5000, true);
    read_fifo(place, 5000, 4999, false);
}

static void
test_stdin(void **state)
{
    struct place *place = *state;
    struct source source;
    struct error error;
    int saved = dup(STDIN_FILENO);
    int fd;
    bool done;

    write_file(place->file, 1000);
    fd = open(place->file, O_RDONLY);
    dup2(fd, STDIN_FILENO);
    done = read_stdin(&place->arena, STR("contract"), 1000, &source, &error);
    lseek(fd, 0, SEEK_SET);
    assert_false(read_stdin(&place->arena, STR("contract"), 999, &source, &error));
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(fd);
    assert_true(done);
    assert_str(source.name, "contract");
    assert_bytes(source.bytes, 1000);
    assert_int_equal(strncmp(error.text, "contract: ", 10), 0);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fifo, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stdin, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
