/* Phrases of reports: what was looked for, which norms that touches, and what is never judged. */

#include "report/shown.h"
#include "report/words.h"
#include "scan/grade.h"

static uint32_t
families_of(const struct writer *w, struct str category)
{
    const struct ruleset *law = w->run->law;
    uint32_t count = 0;

    for (uint32_t i = 0; i < law->families.count; i++)
        count += str_equal(law->families.items[i].category, category) &&
                 writer_covers(w->ruleset, &law->families.items[i]);
    return count;
}

struct str
words_scope_families(const struct writer *w)
{
    const struct ruleset *law = w->run->law;
    struct buffer buffer = {.arena = w->arena};

    for (uint32_t i = 0; i < law->categories.count; i++) {
        const struct category *category = &law->categories.items[i];
        uint32_t count = families_of(w, category->id);
        if (count == 0)
            continue;
        buffer_str(&buffer, buffer.bytes.count > 0 ? STR(", ") : STR(""));
        buffer_str(&buffer, category->title.in[w->ui]);
        buffer_str(&buffer, arena_format(w->arena, " %u", count));
    }
    return buffer.bytes.count > 0 ? buffer_get(&buffer) : STR("–");
}

static bool
is_cited(const struct writer *w, const struct norm *norm)
{
    const struct ruleset *law = w->run->law;

    for (uint32_t f = 0; f < law->families.count; f++) {
        const struct family *family = &law->families.items[f];
        for (uint32_t n = 0; n < family->norm_count; n++)
            if (family->norms[n].norm == norm && writer_covers(w->ruleset, family))
                return true;
    }
    return false;
}

const struct norm **
words_scope_norms(const struct writer *w, uint32_t *count)
{
    const struct ruleset *law = w->run->law;
    const struct norm **norms = arena_new(w->arena, const struct norm *, law->norms.count + 1);

    *count = 0;
    for (uint32_t i = 0; i < law->norms.count; i++) {
        const struct norm *norm = &law->norms.items[i];
        if (norm_in_force(norm, w->run->facts) && is_cited(w, norm))
            norms[(*count)++] = norm;
    }
    return norms;
}

struct str
words_scope_law(const struct writer *w)
{
    uint32_t count;

    words_scope_norms(w, &count);
    struct str day = w->run->facts->as_of;
    struct str number = words_number(w->arena, count);
    return day.len > 0 ? words_fill(w, "scope.norms", WORDS(number, day))
                       : words_fill(w, "scope.norms-undated", WORDS(number));
}
