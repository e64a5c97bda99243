#include "scan/scan.h"

#include <pcre2.h>
#include <stdlib.h>

#include "base/bounds.h"
#include "scan/keys.h"
#include "scan/needs.h"
#include "scan/subject.h"
#include "text/join.h"

enum {
    JIT_AFTER = 50, /* runs: one contract does not earn back what the JIT costs */
};

struct code {
    pcre2_code *code;
    uint32_t runs;
    uint32_t steps; /* most that one unit took, if measured */
    bool jitted;
    bool bad; /* does not compile: said once */
};

struct scanner {
    const struct ruleset *ruleset;
    struct scan_options options;
    struct arena arena;
    struct code *codes; /* per atom */
    struct keys *keys;
    uint32_t *all; /* every atom, for ignore_keys */
    struct needs needs;
    uint32_t *asked; /* per atom: the unit, counted from 1 over all documents, that asks for it */
    uint32_t units;
    pcre2_match_context *context;
    pcre2_match_data *match;
    pcre2_jit_stack *stack; /* NULL: the machine has no JIT */
};

/* One document being scanned. */
struct scan {
    struct scanner *scanner;
    const struct document *document;
    struct arena *arena;
    struct diagnostics *diagnostics;
    uint32_t limit_hits;
    ARRAY(struct hit) found;
    ARRAY(struct cited) cited; /* in unit order */
};

struct scanner *
scanner_new(const struct ruleset *ruleset, struct scan_options options, struct error *error)
{
    struct scanner *scanner = calloc(1, sizeof *scanner);
    if (!scanner) {
        error_set(error, "out of memory");
        return NULL;
    }
    scanner->ruleset = ruleset;
    scanner->options = options;
    scanner->codes = arena_new(&scanner->arena, struct code, ruleset->atoms.count + 1);
    scanner->keys = keys_new(&scanner->arena, ruleset);
    scanner->all = arena_new(&scanner->arena, uint32_t, ruleset->atoms.count + 1);
    for (uint32_t a = 0; a < ruleset->atoms.count; a++)
        scanner->all[a] = a;
    scanner->needs = needs_of(&scanner->arena, ruleset);
    scanner->asked = arena_new(&scanner->arena, uint32_t, ruleset->atoms.count + 1);
    scanner->context = pcre2_match_context_create(NULL);
    scanner->match = pcre2_match_data_create(8, NULL);
    if (!scanner->context || !scanner->match) {
        scanner_free(scanner);
        error_set(error, "PCRE2 has no memory for matching");
        return NULL;
    }
    pcre2_set_match_limit(scanner->context, BOUND_MATCH_LIMIT);
    scanner->stack = pcre2_jit_stack_create(32 << 10, BOUND_JIT_STACK, NULL);
    pcre2_jit_stack_assign(scanner->context, NULL, scanner->stack);
    return scanner;
}

void
scanner_free(struct scanner *scanner)
{
    if (!scanner)
        return;
    for (uint32_t a = 0; a < scanner->ruleset->atoms.count; a++)
        pcre2_code_free(scanner->codes[a].code);
    pcre2_match_data_free(scanner->match);
    pcre2_match_context_free(scanner->context);
    pcre2_jit_stack_free(scanner->stack);
    arena_free(&scanner->arena);
    free(scanner);
}

uint32_t
scanner_steps(const struct scanner *scanner, uint32_t atom)
{
    return scanner->codes[atom].steps;
}

static void
said(struct scan *scan, uint32_t atom, uint32_t unit, const char *what)
{
    const struct atom *a = &scan->scanner->ruleset->atoms.items[atom];
    const struct document *document = scan->document;
    uint32_t begin = document->units.items[unit].span.begin;
    const struct paper *paper = document_paper(document, begin);
    if (paper)
        document = paper->document;
    struct position at = document_position(document, paper ? begin - paper->base : begin);
    diagnostic_add(scan->diagnostics, DIAGNOSTIC_ERROR, document->name, at.line, at.column,
                   "%s: pattern \"%.*s\" (%.*s:%u)", what, STR_ARG(a->source), STR_ARG(a->file),
                   a->line);
    scan->limit_hits++;
}

/* Compiled at its first run, JIT-compiled when it runs often. */
static pcre2_code *
code_of(struct scan *scan, uint32_t atom, uint32_t unit)
{
    struct scanner *scanner = scan->scanner;
    struct code *code = &scanner->codes[atom];
    if (!code->code && !code->bad) {
        struct arena_mark mark = arena_mark(&scanner->arena);
        struct str regex =
            pattern_regex(&scanner->arena, scanner->ruleset->atoms.items[atom].pattern,
                          scanner->ruleset->lexicon);
        int number;
        PCRE2_SIZE offset;
        code->code = pcre2_compile((PCRE2_SPTR)regex.data, regex.len, PCRE2_DOLLAR_ENDONLY, &number,
                                   &offset, NULL);
        arena_reset(&scanner->arena, mark);
        if (!code->code) {
            code->bad = true;
            said(scan, atom, unit, "PCRE2 refuses this pattern; make it smaller");
        }
    }
    int jit = scanner->options.jit;
    bool wanted = jit > 0 || (jit < 0 && code->runs >= JIT_AFTER);
    if (code->code && wanted && !code->jitted) {
        pcre2_jit_compile(code->code, PCRE2_JIT_COMPLETE); /* without JIT it is interpreted */
        code->jitted = true;
    }
    code->runs++;
    return code->code;
}

/* The amount of the value whose words are those of capture group `group`. */
static int64_t
value_of(const struct view *view, const PCRE2_SIZE *ends, uint32_t group)
{
    if (ends[2 * group] == PCRE2_UNSET)
        return VALUE_NONE;
    uint32_t word = view_word_at(view, (uint32_t)ends[2 * group]);
    for (uint32_t i = 0; i < view->value_count; i++)
        if (view->values[i].first_word == word)
            return view->values[i].amount;
    return VALUE_NONE;
}

static struct hit
hit_of(const struct scanner *scanner, const struct view *view, uint32_t atom, uint32_t unit,
       uint32_t groups)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(scanner->match);
    uint32_t first = view_word_at(view, (uint32_t)ends[0]);
    uint32_t last = view_word_at(view, (uint32_t)ends[1] - 1);
    uint32_t own = last < view->own_word || first >= view->own_word ? first : view->own_word;
    struct hit hit = {
        .atom = atom,
        .unit = unit,
        .mark = {view->words[own].text.begin, view->words[last].text.end},
        .first_word = (uint16_t)first,
        .last_word = (uint16_t)last,
        .subject = (uint8_t)subject_of(view, first, last),
        .bearer = (uint8_t)bearer_of(view, first, last),
        .negated = negated_before(view, first),
        .outside = last < view->own_word,
    };
    for (uint32_t i = 0; i < 4; i++)
        hit.values[i] = i + 1 < groups ? value_of(view, ends, i + 1) : VALUE_NONE;
    return hit;
}

static bool
ends_within(const struct scanner *scanner, const pcre2_code *code, const struct view *view,
            PCRE2_SIZE from, uint32_t steps)
{
    pcre2_set_match_limit(scanner->context, steps);
    return pcre2_match(code, (PCRE2_SPTR)view->bytes, view->length, from, PCRE2_NO_JIT,
                       scanner->match, scanner->context) != PCRE2_ERROR_MATCHLIMIT;
}

/* PCRE2 tells its steps only by stopping at a limit: so the smallest limit that does not stop. */
static void
measure(struct scanner *scanner, struct code *code, const struct view *view, PCRE2_SIZE from)
{
    uint32_t low = code->steps, high = low > 0 ? low : 1;
    while (high < BOUND_MATCH_LIMIT && !ends_within(scanner, code->code, view, from, high)) {
        low = high;
        high = high < BOUND_MATCH_LIMIT / 2 ? 2 * high : BOUND_MATCH_LIMIT;
    }
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ends_within(scanner, code->code, view, from, middle))
            high = middle;
        else
            low = middle;
    }
    code->steps = high;
    pcre2_set_match_limit(scanner->context, BOUND_MATCH_LIMIT);
}

static void
run_atom(struct scan *scan, const struct view *view, uint32_t atom, uint32_t unit)
{
    struct scanner *scanner = scan->scanner;
    pcre2_code *code = code_of(scan, atom, unit);
    if (!code)
        return;
    PCRE2_SIZE from = 0;
    for (uint32_t n = 0; from < view->length; n++) {
        if (scanner->options.measure)
            measure(scanner, &scanner->codes[atom], view, from);
        int groups = pcre2_match(code, (PCRE2_SPTR)view->bytes, view->length, from, 0,
                                 scanner->match, scanner->context);
        if (groups == PCRE2_ERROR_NOMATCH)
            return;
        if (groups < 0) {
            said(scan, atom, unit,
                 "a limit stopped this pattern here, so it may have missed a clause");
            return;
        }
        if (n == BOUND_HITS_PER_UNIT) {
            diagnostic_add(
                scan->diagnostics, DIAGNOSTIC_NOTE, scan->document->name, 0, 0,
                "more than %d matches of \"%.*s\" in one sentence; the rest was not read",
                BOUND_HITS_PER_UNIT, STR_ARG(scanner->ruleset->atoms.items[atom].source));
            return;
        }
        from = pcre2_get_ovector_pointer(scanner->match)[1];
        array_push(scan->arena, &scan->found, hit_of(scanner, view, atom, unit, (uint32_t)groups));
    }
}

/* What the rules ask of the unit whose anchors were found from `found` on. */
static void
ask_for(struct scan *scan, uint32_t found)
{
    struct scanner *scanner = scan->scanner;
    const struct needs *needs = &scanner->needs;
    uint32_t last = ATOM_NONE;
    for (uint32_t i = found; i < scan->found.count; i++) {
        uint32_t atom = scan->found.items[i].atom;
        if (atom == last)
            continue;
        last = atom;
        for (uint32_t k = needs->first[atom]; k < needs->first[atom + 1]; k++)
            scanner->asked[needs->asked[k]] = scanner->units;
    }
}

static void
scan_unit(struct scan *scan, const struct view *view, uint32_t unit)
{
    struct scanner *scanner = scan->scanner;
    const struct scan_options *options = &scanner->options;
    uint32_t count = scanner->ruleset->atoms.count, found = scan->found.count;
    bool everything = options->ignore_keys || options->measure;
    const uint32_t *candidates =
        options->ignore_keys ? scanner->all : keys_candidates(scanner->keys, view, &count);
    for (uint32_t i = 0; i < count; i++)
        if (everything || scanner->needs.always[candidates[i]])
            run_atom(scan, view, candidates[i], unit);
    if (everything)
        return;
    scanner->units++;
    ask_for(scan, found);
    for (uint32_t i = 0; i < count; i++)
        if (scanner->asked[candidates[i]] == scanner->units &&
            !scanner->needs.always[candidates[i]])
            run_atom(scan, view, candidates[i], unit);
}

/* Stable counting sort by atom; units and words are in order already. */
static void
sort_hits(const struct scan *scan, struct hits *hits)
{
    uint32_t atoms = scan->scanner->ruleset->atoms.count;
    hits->count = scan->found.count;
    hits->list = arena_new(scan->arena, struct hit, hits->count + 1);
    hits->first = arena_new(scan->arena, uint32_t, atoms + 2);
    uint32_t *next = arena_new(scan->arena, uint32_t, atoms + 2);
    for (uint32_t i = 0; i < hits->count; i++)
        hits->first[scan->found.items[i].atom + 1]++;
    for (uint32_t a = 0; a < atoms; a++)
        next[a + 1] = hits->first[a + 1] += hits->first[a];
    for (uint32_t i = 0; i < hits->count; i++) {
        const struct hit *hit = &scan->found.items[i];
        hits->list[next[hit->atom]++] = *hit;
    }
}

/* "art. 33 del codice", "art. 1341 c.c." are of a law. */
static bool
is_of_law(const struct view *view, const struct view_value *value)
{
    uint32_t next = value->last_word + 1;
    if (next >= view->word_count ||
        (view->words[value->last_word].flags & (WORD_STOP | WORD_COMMA)))
        return false;
    const struct view_word *word = &view->words[next];
    struct str letters = {view->bytes + word->letters, word->end - word->letters};
    size_t dot = str_find(letters, STR("."));
    return (word->flags & WORD_GENITIVE) || dot + 1 < letters.len;
}

static void
note_cited(struct scan *scan, const struct view *view, uint32_t unit)
{
    for (uint32_t i = 0; i < view->value_count; i++) {
        const struct view_value *value = &view->values[i];
        if (value->kind == SPAN_ARTICLE && value->first_word >= view->own_word &&
            !is_of_law(view, value))
            array_push(scan->arena, &scan->cited, ((struct cited){unit, value->amount}));
    }
}

void
scan_document(struct scanner *scanner, struct arena *arena, const struct document *document,
              struct hits *hits, struct diagnostics *diagnostics, uint32_t *limit_hits)
{
    struct scan scan = {
        .scanner = scanner, .document = document, .arena = arena, .diagnostics = diagnostics};
    struct arena scratch = {0};
    struct view_maker *maker =
        view_maker_new(&scratch, document, scanner->ruleset->language, scanner->ruleset->lexicon);
    for (uint32_t unit = 0; unit < document->units.count; unit++) {
        const struct view *view = view_unit(maker, unit);
        scan_unit(&scan, view, unit);
        note_cited(&scan, view, unit);
    }
    arena_free(&scratch);
    sort_hits(&scan, hits);
    hits->cited = scan.cited.items;
    hits->cited_count = scan.cited.count;
    *limit_hits += scan.limit_hits;
}
