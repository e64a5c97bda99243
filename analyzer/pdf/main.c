/*
 * cavillo-pdf: reads a PDF from standard input, a regular file, and writes its lines with a box for
 * every character to standard output (text/pdf_protocol.h).  Started by cavillo only.
 */

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bounds.h"
#include "pdf/page.h"
#include "pdf/sandbox.h"
#include "text/pdf_protocol.h"

static bool
map_input(struct str *bytes)
{
    struct stat status;
    void *map;

    if (fstat(STDIN_FILENO, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0 ||
        status.st_size > BOUND_INPUT_MOST)
        return false;
    map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
    if (map == MAP_FAILED)
        return false;
    *bytes = (struct str){map, (size_t)status.st_size};
    return true;
}

int
main(void)
{
    struct paper paper = {0};
    struct str bytes;
    uint32_t number = 0;
    int failure;
    bool written, mapped = map_input(&bytes);

    sandbox_enter();
    failure = mapped ? paper_read(&paper, bytes, &number) : PDF_FAILURE_INPUT;
    if (failure) {
        written = failure_emit(failure, number);
    } else {
        paper_find_stacks(&paper);
        paper_find_running(&paper);
        for (uint32_t i = 0; i < paper.pages.count; i++)
            page_find_lines(&paper, &paper.pages.items[i]);
        paper_find_paragraphs(&paper);
        written = paper_emit(&paper);
    }
    /* Nothing is freed: the process ends, and its filter forbids what leak checkers do. */
    _exit(written ? 0 : 1);
}
