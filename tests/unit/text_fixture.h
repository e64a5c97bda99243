#ifndef TESTS_TEXT_FIXTURE_H
#define TESTS_TEXT_FIXTURE_H

#include <stdlib.h>

#include "base/array.h"
#include "text/language.h"
#include "text/repair.h"
#include "text/segment.h"

/* The languages of rules/, and documents made of strings; tests run in the repository's root. */
struct text_fixture {
    struct arena arena;
    struct languages languages;
    struct diagnostics diagnostics;
};

static inline int
text_set_up(void **state)
{
    struct text_fixture *f = calloc(1, sizeof *f);
    struct error error;
    f->diagnostics.arena = &f->arena;
    if (!languages_load(&f->arena, "rules", &f->languages, &f->diagnostics, &error)) {
        diagnostics_print(&f->diagnostics, stderr);
        print_error("%s\n", error.text);
        return 1;
    }
    *state = f;
    return 0;
}

static inline int
text_tear_down(void **state)
{
    struct text_fixture *f = *state;
    arena_free(&f->arena);
    free(f);
    return 0;
}

/* A document with text and no edits. */
static inline struct document *
text_document(struct text_fixture *f, struct str text)
{
    struct document *document = arena_new(&f->arena, struct document, 1);
    struct source source = {STR("test.txt"), text};
    struct error error;
    if (!document_build(document, &f->arena, &source, &error)) {
        print_error("%s\n", error.text);
        fail();
    }
    return document;
}

static inline struct document *
text_segmented(struct text_fixture *f, const char *language, const char *text)
{
    struct document *document = text_document(f, str_of(text));
    segment_document(document, languages_find(&f->languages, str_of(language)));
    return document;
}

#endif
