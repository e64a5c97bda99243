/* The verdict on a contract of several papers, led back to each. */

#include "scan/split.h"

#include "scan/judge.h"
#include "text/join.h"

/* `*elsewhere`: the paper that holds it, when that is another. */
static struct span
lead_back(const struct document *contract, const struct paper *paper, struct span span,
          const struct document **elsewhere)
{
    if (span.end == 0)
        return span;
    const struct paper *at = document_paper(contract, span.begin);
    *elsewhere = at == paper ? NULL : at->document;
    return (struct span){span.begin - at->base, span.end - at->base};
}

static struct place
split_place(const struct document *contract, const struct paper *paper, const struct place *from,
            struct arena *arena)
{
    struct place place = *from;

    place.unit -= paper->first_unit;
    place.mark = (struct span){from->mark.begin - paper->base, from->mark.end - paper->base};
    place.anchor = (struct span){from->anchor.begin - paper->base, from->anchor.end - paper->base};
    place.related = lead_back(contract, paper, from->related, &place.related_paper);
    place.evidence = arena_new(arena, struct evidence, from->evidence_count);
    for (uint32_t i = 0; i < from->evidence_count; i++) {
        struct evidence *evidence = &place.evidence[i];
        *evidence = from->evidence[i];
        evidence->span = lead_back(contract, paper, evidence->span, &evidence->paper);
    }
    return place;
}

void
verdict_split(const struct document *contract, const struct paper *paper,
              const struct verdict *whole, struct arena *arena, struct verdict *verdict)
{
    const struct document *document = paper->document;

    verdict->families_searched = whole->families_searched;
    for (uint32_t i = 0; i < whole->findings.count; i++) {
        struct finding finding = whole->findings.items[i];
        if (finding.clause - paper->first_clause >= document->clauses.count) /* before it wraps */
            continue;
        const struct place *from = finding.places;
        finding.clause -= paper->first_clause;
        finding.places = arena_new(arena, struct place, finding.place_count);
        for (uint32_t p = 0; p < finding.place_count; p++)
            finding.places[p] = split_place(contract, paper, &from[p], arena);
        finding.approval = approval_of(document, finding.clause);
        array_push(arena, &verdict->findings, finding);
    }
}
