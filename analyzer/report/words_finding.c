/*
 * Phrases of reports, second half: what is said of one finding.
 */

#include "report/words.h"

#include "report/shown.h"

static void
append(struct buffer *buffer, const char *separator, struct str s)
{
    if (buffer->bytes.count > 0)
        buffer_str(buffer, str_of(separator));
    buffer_str(buffer, s);
}

/* "se a pagamento, se concluso a distanza": the facts a norm waits for. */
static struct str
condition_phrase(const struct writer *w, const struct norm_use *use)
{
    const struct facts *facts = w->run->facts;
    struct buffer buffer = {.arena = w->arena};
    struct str sectors = use->sector;
    struct str sector;

    if (use->paid.len > 0 && facts->party != PARTY_FREE &&
        (facts->paid.len == 0 || str_equal(facts->paid, STR("unknown")))) {
        struct str id = arena_format(w->arena, "if.paid.%.*s", STR_ARG(use->paid));
        append(&buffer, ", ", words_get(w, id.data));
    }
    if (use->concluded.len > 0 &&
        (facts->concluded.len == 0 || str_equal(facts->concluded, STR("unknown")))) {
        struct str id = arena_format(w->arena, "if.concluded.%.*s", STR_ARG(use->concluded));
        append(&buffer, ", ", words_get(w, id.data));
    }
    if (facts->sector.len == 0 || str_equal(facts->sector, STR("unknown"))) {
        struct buffer names = {.arena = w->arena};
        while (str_cut(&sectors, ' ', &sector)) {
            struct str id = arena_format(w->arena, "sector.%.*s", STR_ARG(sector));
            append(&names, ", ", words_get(w, id.data));
        }
        if (names.bytes.count > 0)
            append(&buffer, ", ", words_fill(w, "if.sector", WORDS(buffer_get(&names))));
    }
    return buffer_get(&buffer);
}

/* "Presume ..." behind a colon: "presume ..."; an abbreviation keeps its capital. */
static struct str
lower_first(struct arena *arena, struct str s)
{
    if (s.len < 2 || s.data[0] < 'A' || s.data[0] > 'Z' || s.data[1] < 'a' || s.data[1] > 'z')
        return s;
    return arena_format(arena, "%c%.*s", s.data[0] - 'A' + 'a', STR_ARG(str_slice(s, 1, s.len)));
}

struct str
words_norm(const struct writer *w, const struct finding_norm *norm, size_t says)
{
    const struct norm_use *use = norm->use;
    struct buffer buffer = {.arena = w->arena};
    struct str name = use->norm->name.in[w->ui];
    struct str sentence = use->norm->says.in[w->ui];

    if (norm->conditional)
        append(&buffer, "", condition_phrase(w, use));
    if (use->candidate)
        append(&buffer, ", ", words_fill(w, "norm.may", WORDS(name)));
    else
        append(&buffer, ", ", name);
    if (says > 0 && sentence.len > 0)
        append(&buffer, ": ", lower_first(w->arena, shown_sentence(w->arena, sentence, says)));
    return buffer_get(&buffer);
}

uint32_t *
words_norm_order(const struct writer *w, const struct finding *finding)
{
    uint32_t *order = arena_new(w->arena, uint32_t, (size_t)finding->norm_count + 1);
    uint32_t count = 0;

    for (int conditional = 0; conditional < 2; conditional++)
        for (uint32_t i = 0; i < finding->norm_count; i++)
            if (finding->norms[i].conditional == (conditional == 1))
                order[count++] = i;
    return order;
}

enum scope
words_scope(const struct place *place, uint32_t mitigator)
{
    for (uint32_t i = 0; i < place->rule->mitigation_count; i++)
        if (place->rule->mitigations[i].mitigator == mitigator)
            return place->rule->mitigations[i].scope;
    return SCOPE_CLAUSE;
}

static bool
is_found(const struct finding *finding, uint32_t mitigator)
{
    for (uint32_t i = 0; i < finding->place_count; i++)
        for (uint32_t j = 0; j < finding->places[i].found_count; j++)
            if (finding->places[i].found[j] == mitigator)
                return true;
    return false;
}

static bool
is_denied(const struct finding *finding, uint32_t mitigator)
{
    for (uint32_t i = 0; i < finding->place_count; i++)
        for (uint32_t j = 0; j < finding->places[i].denied_count; j++)
            if (finding->places[i].denied[j] == mitigator)
                return true;
    return false;
}

static struct str
mitigator_title(const struct writer *w, uint32_t mitigator)
{
    if (mitigator >= w->ruleset->mitigators.count)
        return STR("");
    return w->ruleset->mitigators.items[mitigator].title.in[w->ui];
}

/* 0 = near the words, 1 = section, 2 = document. */
static int
scope_class(enum scope scope)
{
    if (scope == SCOPE_DOCUMENT)
        return 2;
    return scope == SCOPE_SECTION || scope == SCOPE_HEADING;
}

struct str
words_missing(const struct writer *w, const struct finding *finding)
{
    const char *heads[] = {"missing.clause", "missing.section",
                           w->document->contract ? "missing.contract" : "missing.document"};
    const struct place *place = &finding->places[0];
    struct buffer all = {.arena = w->arena};

    for (int class = 0; class < 3; class ++) {
        struct buffer list = {.arena = w->arena};
        for (uint32_t i = 0; i < place->missing_count; i++) {
            uint32_t mitigator = place->missing[i];
            if (scope_class(words_scope(place, mitigator)) == class &&
                !is_found(finding, mitigator))
                append(&list, ", ", mitigator_title(w, mitigator));
        }
        if (list.bytes.count > 0)
            append(&all, "; ", words_fill(w, heads[class], WORDS(buffer_get(&list))));
    }
    return buffer_get(&all);
}

struct str
words_found(const struct writer *w, const struct finding *finding)
{
    struct buffer list = {.arena = w->arena};
    struct buffer denied = {.arena = w->arena};

    for (uint32_t i = 0; i < w->ruleset->mitigators.count; i++)
        if (is_found(finding, i))
            append(&list, ", ", mitigator_title(w, i));
    for (uint32_t i = 0; i < w->ruleset->mitigators.count; i++)
        if (is_denied(finding, i))
            append(&denied, ", ", mitigator_title(w, i));
    if (denied.bytes.count > 0)
        append(&list, "; ", words_fill(w, "found.denied", WORDS(buffer_get(&denied))));
    return buffer_get(&list);
}

struct str
words_where_in(struct writer *w, const struct document *paper, uint32_t offset)
{
    struct writer other = writer_in(w, paper);
    struct str where = words_where(&other, offset);

    if (!paper)
        return where;
    return arena_format(w->arena, "%.*s, %.*s", STR_ARG(shown_clean(w->arena, paper->name)),
                        STR_ARG(where));
}

static const struct clause *
approval_clause(const struct document *document)
{
    for (uint32_t i = 0; i < document->clauses.count; i++)
        if (document->clauses.items[i].flags & CLAUSE_APPROVAL)
            return &document->clauses.items[i];
    return NULL;
}

struct str
words_approval_where(struct writer *w)
{
    const struct document *document = w->document, *contract = document->contract;
    const struct clause *clause = document->has_approval ? approval_clause(document) : NULL;

    for (uint32_t i = 0; document->has_approval && contract && !clause; i++) {
        if (i == contract->papers.count)
            break;
        document = contract->papers.items[i].document;
        clause = approval_clause(document);
    }
    if (!clause)
        return STR("");
    return words_where_in(w, document == w->document ? NULL : document,
                          shown_trim(document, clause->span).begin);
}

struct str
words_approval(struct writer *w, const struct finding *finding)
{
    struct str article = words_article(w, finding->clause);
    struct str where = words_approval_where(w);

    if (finding->approval == APPROVAL_NO_LIST)
        return STR("");
    if (article.len == 0)
        article = words_get(w, "approval.this");
    if (where.len > 0)
        where = arena_format(w->arena, " (%.*s)", STR_ARG(where));
    return words_fill(
        w, finding->approval == APPROVAL_LISTED ? "approval.listed" : "approval.not-listed",
        WORDS(article, where));
}

struct str
words_measured(const struct writer *w, const struct family *family)
{
    if (family->of == 0)
        return words_get(w, "rule.unmeasured");
    return words_fill(
        w, "rule.measured",
        WORDS(words_number(w->arena, family->upheld), words_number(w->arena, family->of)));
}

/* A list of names without repeats; the list is short, a finding's places are of one category. */
struct str
words_others(const struct writer *w, const struct finding *finding)
{
    struct buffer buffer = {.arena = w->arena};
    const struct family *last = NULL;

    for (uint32_t i = 0; i < finding->place_count; i++) {
        for (uint32_t j = 0; j < finding->places[i].other_count; j++) {
            const struct family *family = finding->places[i].others[j]->family;
            struct str so_far = buffer_get(&buffer);
            if (family == last || str_find(so_far, family->id) < so_far.len)
                continue;
            append(&buffer, ", ", family->id);
            last = family;
        }
    }
    return buffer_get(&buffer);
}

struct str
words_elsewhere(const struct writer *w, const struct finding *finding)
{
    uint32_t flags = w->document->clauses.items[finding->clause].flags;

    return flags & CLAUSE_ELSEWHERE ? words_get(w, "finding.elsewhere") : STR("");
}
