#include "scan/grade.h"

/* Share of findings upheld, in percent, that a level needs; and hits before it counts. */
enum { ERROR_UPHELD = 90, WARNING_UPHELD = 80, HITS_MEASURED = 5 };

static bool
has_word(struct str words, struct str word)
{
    struct str field;
    while (str_cut(&words, ' ', &field))
        if (str_equal(field, word))
            return true;
    return false;
}

enum fit { FIT_NO, FIT_UNKNOWN, FIT_YES };

static enum fit
fact_fits(struct str wanted, struct str known)
{
    if (wanted.len == 0)
        return FIT_YES;
    if (known.len == 0 || str_equal(known, STR("unknown")))
        return FIT_UNKNOWN;
    return has_word(wanted, known) ? FIT_YES : FIT_NO;
}

static enum fit
worse(enum fit a, enum fit b)
{
    return a < b ? a : b;
}

static bool
seen(struct str name, const struct evidence *evidence, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(evidence[i].name, name))
            return true;
    return name.len == 0;
}

bool
norm_in_force(const struct norm *norm, const struct facts *facts)
{
    struct str day = facts->as_of;
    return day.len == 0 || ((norm->from.len == 0 || str_compare(norm->from, day) <= 0) &&
                            (norm->to.len == 0 || str_compare(day, norm->to) <= 0));
}

uint32_t
norms_of(const struct family *family, const struct facts *facts, const struct evidence *evidence,
         uint32_t evidence_count, struct finding_norm *norms)
{
    static const char *const parties[PARTY_COUNT] = {"consumer", "free", "business"};
    uint32_t count = 0;
    for (uint32_t i = 0; i < family->norm_count; i++) {
        const struct norm_use *use = &family->norms[i];
        enum fit fit = fact_fits(use->paid, facts->paid);
        fit = worse(fit, fact_fits(use->sector, facts->sector));
        fit = worse(fit, fact_fits(use->concluded, facts->concluded));
        fit = worse(fit, fact_fits(use->party, str_of(parties[facts->party])));
        if (fit != FIT_NO && norm_in_force(use->norm, facts) &&
            seen(use->evidence, evidence, evidence_count))
            norms[count++] = (struct finding_norm){use, fit == FIT_UNKNOWN};
    }
    return count;
}

enum grade
grade_with_norms(enum grade grade, const struct finding_norm *norms, uint32_t count)
{
    if (grade != GRADE_BLACK)
        return grade;
    for (uint32_t i = 0; i < count; i++)
        if (!norms[i].conditional)
            return grade;
    return GRADE_GREY;
}

enum level
level_of(const struct family *family, enum grade grade)
{
    bool measured = family->of >= HITS_MEASURED;
    if (grade == GRADE_NONE)
        return LEVEL_NONE;
    if (grade == GRADE_CHECK || (measured && family->upheld * 100 < family->of * WARNING_UPHELD))
        return LEVEL_NOTE;
    if (grade == GRADE_BLACK && measured && family->upheld * 100 >= family->of * ERROR_UPHELD)
        return LEVEL_ERROR;
    return LEVEL_WARNING;
}
