/* Papers of one contract put one behind the other. */

#include "text/join.h"

#include "base/bounds.h"

static struct span
moved(struct span span, uint32_t base)
{
    return (struct span){span.begin + base, span.end + base};
}

static void
join_shape(struct document *whole, const struct document *paper, const struct paper *at)
{
    uint32_t first_heading = whole->headings.count, first_piece = whole->pieces.count;

    for (uint32_t i = 0; i < paper->headings.count; i++) {
        struct heading heading = paper->headings.items[i];
        heading.unit += at->first_unit;
        heading.first_clause += at->first_clause;
        heading.end_clause += at->first_clause;
        if (heading.parent >= 0)
            heading.parent += (int32_t)first_heading;
        array_push(whole->arena, &whole->headings, heading);
    }
    for (uint32_t i = 0; i < paper->clauses.count; i++) {
        struct clause clause = paper->clauses.items[i];
        clause.span = moved(clause.span, at->base);
        clause.first_unit += at->first_unit;
        if (clause.heading >= 0)
            clause.heading += (int32_t)first_heading;
        array_push(whole->arena, &whole->clauses, clause);
    }
    for (uint32_t i = 0; i < paper->units.count; i++) {
        struct unit unit = paper->units.items[i];
        unit.span = moved(unit.span, at->base);
        unit.first_piece += first_piece;
        unit.clause += at->first_clause;
        unit.joined = unit.joined && i > 0; /* never to another paper */
        array_push(whole->arena, &whole->units, unit);
    }
    for (uint32_t i = 0; i < paper->pieces.count; i++)
        array_push(whole->arena, &whole->pieces, moved(paper->pieces.items[i], at->base));
}

static void
join_paper(struct document *whole, struct document *paper, char *text)
{
    struct paper at = {.document = paper,
                       .base = (uint32_t)whole->text.len,
                       .first_unit = whole->units.count,
                       .first_clause = whole->clauses.count};

    memcpy(text + at.base, paper->text.data, paper->text.len);
    text[at.base + paper->text.len] = '\n';
    whole->text.len += paper->text.len + 1;
    for (uint32_t i = 0; i < paper->edits.count; i++) {
        struct edit edit = paper->edits.items[i];
        edit.span = moved(edit.span, at.base);
        array_push(whole->arena, &whole->edits, edit);
    }
    join_shape(whole, paper, &at);
    whole->words += paper->words;
    array_push(whole->arena, &whole->papers, at);
    paper->contract = whole;
}

/* --- articles approved in writing --------------------------------------------------------- */

static bool
has_article(const struct document *paper, struct str path)
{
    for (uint32_t i = 0; i < paper->clauses.count; i++) {
        struct str own = paper->clauses.items[i].path;
        if (str_starts(own, path) && (own.len == path.len || own.data[path.len] == '.' ||
                                      own.data[path.len] == ' ' || own.data[path.len] == '('))
            return true;
    }
    return false;
}

static void
share_approvals(struct document *whole)
{
    uint32_t count = whole->papers.count;
    uint32_t *own = arena_new(whole->arena, uint32_t, count);

    for (uint32_t p = 0; p < count; p++) {
        own[p] = whole->papers.items[p].document->approved.count;
        whole->has_approval = whole->has_approval || whole->papers.items[p].document->has_approval;
    }
    for (uint32_t p = 0; p < count; p++) {
        const struct document *from = whole->papers.items[p].document;
        for (uint32_t i = 0; i < own[p]; i++) {
            struct str path = from->approved.items[i];
            if (has_article(from, path))
                continue;
            for (uint32_t q = 0; q < count; q++) {
                struct document *to = whole->papers.items[q].document;
                if (q != p)
                    array_push(to->arena, &to->approved, path);
            }
        }
    }
    for (uint32_t p = 0; p < count; p++)
        whole->papers.items[p].document->has_approval = whole->has_approval;
}

bool
document_join(struct document *whole, struct arena *arena, struct document *const *papers,
              uint32_t count, struct error *error)
{
    size_t bytes = 0;

    for (uint32_t i = 0; i < count; i++)
        bytes += papers[i]->text.len + 1;
    if (bytes > BOUND_INPUT_MOST)
        return error_set(error, "papers of one contract hold more than %d MiB together",
                         BOUND_INPUT_MOST >> 20);
    *whole = (struct document){
        .arena = arena,
        .name = papers[0]->name,
        .language = papers[0]->language,
    };
    char *text = arena_new(arena, char, bytes + 1);
    whole->text.data = text;
    for (uint32_t i = 0; i < count; i++)
        join_paper(whole, papers[i], text);
    share_approvals(whole);
    return true;
}

const struct paper *
document_paper(const struct document *whole, uint32_t offset)
{
    uint32_t low = 0, high = whole->papers.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (whole->papers.items[middle].base <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &whole->papers.items[low - 1] : NULL;
}
