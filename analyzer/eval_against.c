#include <stdlib.h>

#include "base/bounds.h"
#include "eval.h"
#include "report/json.h"
#include "report/shown.h"

/* `cavillo eval --against RESULTS`: what a change of rules gained and lost. */

enum change { CHANGE_GAINED, CHANGE_LOST, CHANGE_MOVED, CHANGE_RAISED, CHANGE_LOWERED, CHANGES };

static const char *const change_names[CHANGES] = {"gained", "lost", "moved", "raised", "lowered"};

/* What a rule made of a line, before and now. */
struct pair {
    const struct claim *before, *now; /* of the same line and category; NULL = not there */
    enum change change;
};

struct rule_change {
    struct str rule;
    uint32_t before, now;
};

struct against {
    struct eval *eval;
    struct arena *arena;
    bool by_heading; /* results that name only the finding's rule */
    bool *known;     /* per document: the results speak of it */
    ARRAY(struct claim) before;
    ARRAY(struct claim) now;
    ARRAY(struct pair) pairs;
    ARRAY(struct rule_change) rules;
    uint32_t foreign; /* documents of the results that are not measured now */
};

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A URI as file name: %20 and the like read, file:// off. */
static struct str
file_name(struct arena *arena, struct str uri)
{
    if (str_starts(uri, STR("file://")))
        uri = str_slice(uri, 7, uri.len);
    char *name = arena_new(arena, char, uri.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < uri.len; i++) {
        int high = uri.data[i] == '%' && i + 2 < uri.len ? hex_digit(uri.data[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(uri.data[i + 2]) : -1;
        name[length++] = low >= 0 ? (char)(high * 16 + low) : uri.data[i];
        i += low >= 0 ? 2 : 0;
    }
    return (struct str){name, length};
}

/* One is the other, or ends with it behind a slash. */
static bool
same_document(struct arena *arena, struct str a, struct str b)
{
    struct str longer = a.len > b.len ? a : b, shorter = a.len > b.len ? b : a;
    if (str_equal(a, b))
        return true;
    return str_ends(longer, arena_format(arena, "/%.*s", STR_ARG(shorter)));
}

/* UINT32_MAX: not measured now. */
static uint32_t
document_named(const struct against *against, struct str name)
{
    const struct eval *eval = against->eval;
    uint32_t found = UINT32_MAX;
    struct arena_mark mark = arena_mark(against->arena);
    for (uint32_t i = 0; i < eval->documents.count && found == UINT32_MAX; i++)
        if (same_document(against->arena, eval->documents.items[i].name, name))
            found = i;
    arena_reset(against->arena, mark);
    return found;
}

static uint32_t
note_document(struct against *against, struct str name)
{
    uint32_t document = document_named(against, name);
    if (document == UINT32_MAX)
        against->foreign++;
    else
        against->known[document] = true;
    return document;
}

static struct str
category_of(struct str rule)
{
    return str_slice(rule, 0, str_find(rule, STR(".")));
}

static void
add_before(struct against *against, uint32_t document, struct str rule, bool counts, int64_t first,
           int64_t last)
{
    if (document == UINT32_MAX || rule.len == 0)
        return;
    int64_t most = against->eval->documents.items[document].line_count;
    for (int64_t line = first; line >= 1 && line <= last && line <= most; line++) {
        struct claim claim = {.document = document,
                              .line = (uint32_t)line,
                              .category = category_of(rule),
                              .rule = rule,
                              .counts = counts};
        array_push(against->arena, &against->before, claim);
    }
}

static bool
level_counts(struct str level)
{
    return str_equal(level, STR("warning")) || str_equal(level, STR("error"));
}

static void
read_eval(struct against *against, const struct json_object *root)
{
    const struct json_object *names = json_get(root, "documents");
    for (uint32_t i = 0; i < json_count(names); i++)
        note_document(against, json_str_at(names, i));
    const struct json_object *places = json_get(root, "places");
    for (uint32_t i = 0; i < json_count(places); i++) {
        const struct json_object *place = json_at(places, i);
        int64_t line = json_get_number(place, "line", 0);
        add_before(against, document_named(against, json_get_str(place, "document")),
                   json_get_str(place, "rule"), json_get_bool(place, "counts"), line, line);
    }
}

static void
read_check(struct against *against, const struct json_object *root)
{
    const struct json_object *documents = json_get(root, "documents");
    for (uint32_t d = 0; d < json_count(documents); d++) {
        const struct json_object *entry = json_at(documents, d);
        const struct json_object *findings = json_get(entry, "findings");
        if (!findings)
            continue; /* it could not be read then */
        uint32_t document = note_document(against, json_get_str(entry, "name"));
        for (uint32_t f = 0; f < json_count(findings); f++) {
            const struct json_object *finding = json_at(findings, f);
            const struct json_object *places = json_get(finding, "places");
            bool counts = level_counts(json_get_str(finding, "level"));
            for (uint32_t p = 0; p < json_count(places); p++) {
                const struct json_object *place = json_at(places, p);
                const struct json_object *lines = json_get(place, "lines");
                add_before(against, document, json_get_str(place, "rule"), counts,
                           json_number_at(lines, 0, 0), json_number_at(lines, 2, 0));
            }
        }
    }
}

static void
read_sarif_result(struct against *against, const struct json_object *result)
{
    const struct json_object *locations = json_get(result, "locations");
    bool counts = level_counts(json_get_str(result, "level"));
    for (uint32_t l = 0; l < json_count(locations); l++) {
        const struct json_object *physical = json_get(json_at(locations, l), "physicalLocation");
        const struct json_object *region = json_get(physical, "region");
        struct str uri = json_get_str(json_get(physical, "artifactLocation"), "uri");
        int64_t first = json_get_number(region, "startLine", 0);
        add_before(against, document_named(against, file_name(against->arena, uri)),
                   json_get_str(result, "ruleId"), counts, first,
                   json_get_number(region, "endLine", first));
    }
}

static void
read_sarif(struct against *against, const struct json_object *root)
{
    const struct json_object *runs = json_get(root, "runs");
    against->by_heading = true;
    for (uint32_t r = 0; r < json_count(runs); r++) {
        const struct json_object *run = json_at(runs, r);
        const struct json_object *artifacts = json_get(run, "artifacts");
        const struct json_object *results = json_get(run, "results");
        for (uint32_t i = 0; i < json_count(artifacts); i++) {
            const struct json_object *location = json_get(json_at(artifacts, i), "location");
            note_document(against, file_name(against->arena, json_get_str(location, "uri")));
        }
        for (uint32_t i = 0; i < json_count(results); i++)
            read_sarif_result(against, json_at(results, i));
    }
}

static bool
read_results(struct against *against, const struct json_object *root, const char *path,
             struct error *error)
{
    struct str schema = json_get_str(root, "schema");
    if (str_equal(schema, STR("cavillo-eval/1")))
        read_eval(against, root);
    else if (str_equal(schema, STR("cavillo/1")))
        read_check(against, root);
    else if (json_get(root, "runs"))
        read_sarif(against, root);
    else
        return error_set(error, "%s: neither JSON nor SARIF of cavillo check, nor JSON of eval",
                         path);
    for (uint32_t i = 0; i < against->eval->documents.count; i++)
        if (against->known[i])
            return true;
    return error_set(error, "%s speaks of none of these contracts", path);
}

static int
compare(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    int order = str_compare(x->category, y->category);
    order = order ? order : str_compare(x->rule, y->rule);
    return order ? order : y->counts - x->counts;
}

/* Sorted, one a line and rule. */
static uint32_t
tidy(struct claim *claims, uint32_t count)
{
    uint32_t kept = 0;
    if (count > 1)
        qsort(claims, count, sizeof *claims, compare);
    for (uint32_t i = 0; i < count; i++) {
        const struct claim *last = kept > 0 ? &claims[kept - 1] : NULL;
        if (!last || last->document != claims[i].document || last->line != claims[i].line ||
            !str_equal(last->rule, claims[i].rule))
            claims[kept++] = claims[i];
    }
    return kept;
}

static void
take_now(struct against *against)
{
    for (uint32_t i = 0; i < against->eval->claims.count; i++) {
        struct claim claim = against->eval->claims.items[i];
        if (!against->known[claim.document])
            continue;
        if (against->by_heading)
            claim.rule = claim.heading;
        array_push(against->arena, &against->now, claim);
    }
    against->now.count = tidy(against->now.items, against->now.count);
    against->before.count = tidy(against->before.items, against->before.count);
}

static int
compare_place(const struct claim *x, const struct claim *y)
{
    struct claim a = *x, b = *y;
    a.rule = b.rule = STR("");
    a.counts = b.counts = false;
    return compare(&a, &b);
}

static void
add_pair(struct against *against, const struct claim *before, const struct claim *now,
         enum change change)
{
    array_push(against->arena, &against->pairs, ((struct pair){before, now, change}));
}

/* A pair that was lost on the same line and category, for a claim that is new there. */
static struct pair *
lost_here(struct against *against, uint32_t from, const struct claim *now)
{
    for (uint32_t i = from; i < against->pairs.count; i++) {
        struct pair *pair = &against->pairs.items[i];
        if (pair->change == CHANGE_LOST && compare_place(pair->before, now) == 0)
            return pair;
    }
    return NULL;
}

/* Claims of one line and category: before[0..b), now[0..n), both sorted by rule. */
static void
compare_group(struct against *against, const struct claim *before, uint32_t b,
              const struct claim *now, uint32_t n)
{
    uint32_t from = against->pairs.count;
    for (uint32_t i = 0; i < b; i++) {
        uint32_t k = 0;
        while (k < n && !str_equal(now[k].rule, before[i].rule))
            k++;
        if (k == n)
            add_pair(against, &before[i], NULL, CHANGE_LOST);
        else if (now[k].counts != before[i].counts)
            add_pair(against, &before[i], &now[k], now[k].counts ? CHANGE_RAISED : CHANGE_LOWERED);
    }
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = 0;
        while (i < b && !str_equal(now[k].rule, before[i].rule))
            i++;
        if (i < b)
            continue;
        struct pair *lost = lost_here(against, from, &now[k]);
        if (lost)
            *lost = (struct pair){lost->before, &now[k], CHANGE_MOVED};
        else
            add_pair(against, NULL, &now[k], CHANGE_GAINED);
    }
}

static uint32_t
group_end(const struct claim *claims, uint32_t count, uint32_t from)
{
    uint32_t end = from + 1;
    while (end < count && compare_place(&claims[from], &claims[end]) == 0)
        end++;
    return end;
}

static void
compare_all(struct against *against)
{
    const struct claim *before = against->before.items, *now = against->now.items;
    uint32_t b = 0, n = 0;
    while (b < against->before.count || n < against->now.count) {
        int order = b == against->before.count ? 1
                    : n == against->now.count  ? -1
                                               : compare_place(&before[b], &now[n]);
        uint32_t b_end = order <= 0 ? group_end(before, against->before.count, b) : b;
        uint32_t n_end = order >= 0 ? group_end(now, against->now.count, n) : n;
        compare_group(against, before + b, b_end - b, now + n, n_end - n);
        b = b_end;
        n = n_end;
    }
}

static struct rule_change *
rule_change_of(struct against *against, struct str rule)
{
    uint32_t at = 0;
    while (at < against->rules.count && !str_equal(against->rules.items[at].rule, rule))
        at++;
    if (at == against->rules.count)
        array_push(against->arena, &against->rules, (struct rule_change){.rule = rule});
    return &against->rules.items[at];
}

static int
compare_rules(const void *a, const void *b)
{
    return str_compare(((const struct rule_change *)a)->rule,
                       ((const struct rule_change *)b)->rule);
}

static void
count_rules(struct against *against)
{
    for (uint32_t i = 0; i < against->before.count; i++)
        rule_change_of(against, against->before.items[i].rule)->before++;
    for (uint32_t i = 0; i < against->now.count; i++)
        rule_change_of(against, against->now.items[i].rule)->now++;
    if (against->rules.count > 1)
        qsort(against->rules.items, against->rules.count, sizeof *against->rules.items,
              compare_rules);
}

static uint32_t
count_changes(const struct against *against, struct str rule, enum change change)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < against->pairs.count; i++) {
        const struct pair *pair = &against->pairs.items[i];
        const struct claim *claim = pair->now ? pair->now : pair->before;
        count += pair->change == change && str_equal(claim->rule, rule);
    }
    return count;
}

static void
print_rules(const struct against *against, struct out *out)
{
    out_format(out, "%-38s%7s%7s%8s%6s%7s%8s%9s\n", "rule", "before", "now", "gained", "lost",
               "moved", "raised", "lowered");
    for (uint32_t i = 0; i < against->rules.count; i++) {
        const struct rule_change *r = &against->rules.items[i];
        uint32_t counts[CHANGES], sum = 0;
        for (enum change c = 0; c < CHANGES; c++)
            sum += counts[c] = count_changes(against, r->rule, c);
        if (sum > 0 || r->before != r->now)
            out_format(out, "%-38.*s%7u%7u%8u%6u%7u%8u%9u\n", STR_ARG(r->rule), r->before, r->now,
                       counts[CHANGE_GAINED], counts[CHANGE_LOST], counts[CHANGE_MOVED],
                       counts[CHANGE_RAISED], counts[CHANGE_LOWERED]);
    }
}

/* CHANGE, what labels say of the line, FILE:LINE, rule (before > now), text. */
static void
print_pairs(const struct against *against, struct out *out)
{
    const struct eval *eval = against->eval;
    for (uint32_t i = 0; i < against->pairs.count; i++) {
        const struct pair *pair = &against->pairs.items[i];
        const struct claim *claim = pair->now ? pair->now : pair->before;
        struct arena_mark mark = arena_mark(against->arena);
        struct str text =
            shown_clean(against->arena, eval_line(eval, claim->document, claim->line));
        out_format(out, "%s\t%s\t%.*s:%u\t", change_names[pair->change],
                   eval_verdict_name(eval_verdict(eval, claim)),
                   STR_ARG(eval->documents.items[claim->document].name), claim->line);
        if (pair->change == CHANGE_MOVED)
            out_format(out, "%.*s > ", STR_ARG(pair->before->rule));
        out_format(out, "%.*s\t%.*s\n", STR_ARG(claim->rule), STR_ARG(text));
        arena_reset(against->arena, mark);
    }
}

static void
print_sum(const struct against *against, struct out *out)
{
    for (enum change c = 0; c < CHANGES; c++) {
        uint32_t count = 0, right = 0, wrong = 0;
        for (uint32_t i = 0; i < against->pairs.count; i++) {
            const struct pair *pair = &against->pairs.items[i];
            if (pair->change != c)
                continue;
            enum verdict_on verdict =
                eval_verdict(against->eval, pair->now ? pair->now : pair->before);
            count++;
            right += verdict == ON_RIGHT;
            wrong += verdict == ON_WRONG;
        }
        out_format(out, "%s%u %s", c > 0 ? "; " : "", count, change_names[c]);
        if (against->eval->labelled && count > 0)
            out_format(out, " (%u right, %u wrong)", right, wrong);
    }
    out_char(out, '\n');
}

bool
eval_against(struct eval *eval, const char *path, struct out *out, struct error *error)
{
    struct against against = {.eval = eval, .arena = &eval->arena};
    struct source source;
    struct error why;
    if (!read_path(&eval->arena, path, eval->options->max_bytes, &source, error))
        return false;
    struct json_object *root = json_read(source.bytes, &why);
    if (!root)
        return error_set(error, "%s: %s", path, why.text);
    against.known = arena_new(&eval->arena, bool, (size_t)eval->documents.count + 1);
    bool good = read_results(&against, root, path, error);
    if (good) {
        take_now(&against);
        compare_all(&against);
        count_rules(&against);
        print_rules(&against, out);
        out_char(out, '\n');
        print_pairs(&against, out);
        if (against.pairs.count > 0)
            out_char(out, '\n');
        print_sum(&against, out);
        if (against.foreign > 0 && eval->options->verbose >= 0)
            fprintf(stderr, "cavillo: %u contracts of %s are not measured now\n", against.foreign,
                    path);
    }
    json_free(root);
    return good;
}
