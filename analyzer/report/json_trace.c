#include "report/json_trace.h"

#include "report/shown.h"
#include "report/words.h"

/* How a place was judged, for `check --trace`. */

static struct json_object *
put_saw(struct writer *w, struct json_object *map, struct span span)
{
    struct json_object *saw = json_put_map(map, "saw");
    struct json_object *range = json_put_list(saw, "text");
    json_add_number(range, span.begin);
    json_add_number(range, span.end);
    json_put_str(saw, "quote", shown_quote(w->arena, w->document, span));
    return saw;
}

static void
put_tried(struct writer *w, struct json_object *list, const struct attempt *attempt, uint32_t index)
{
    const struct tried *tried = &attempt->trial.list.items[index];
    const struct condition *c = tried->condition;
    struct json_object *map = json_add_map(list);
    json_put_str(map, "condition", str_of(trace_kind(c->kind)));
    json_put_number(map, "depth", tried->depth);
    json_put_bool(map, "unless", tried->depth == 0 && trace_is_unless(attempt, tried));
    json_put_bool(map, "holds", tried->holds);
    json_put_str(map, "name", c->name);
    json_put_str(map, "pattern", c->source);
    json_put_str(map, "scope", str_of(words_scope_id(c->scope)));
    if (c->weight != 0)
        json_put_signed(map, "weight", c->weight);
    if (c->kind == CONDITION_SCORE) {
        json_put_signed(map, "threshold", c->threshold);
        json_put_signed(map, "sum", trace_sum(&attempt->trial, index));
    }
    if (tried->referred.end > 0)
        put_saw(w, map, tried->referred);
    if (!tried->hit)
        return;
    struct json_object *saw = put_saw(w, map, tried->hit->mark);
    json_put_str(saw, "subject", str_of(trace_role((enum role)tried->hit->subject)));
    json_put_str(saw, "bearer", str_of(trace_role((enum role)tried->hit->bearer)));
    json_put_bool(saw, "negated", tried->hit->negated);
    json_put_str(map, "misfit", str_of(trace_misfit(tried->misfit)));
}

void
json_put_trace(struct writer *w, struct json_object *map, const struct attempt *attempt)
{
    struct json_object *trace = json_put_map(map, "trace");
    struct json_object *list = json_put_list(trace, "conditions");
    for (uint32_t i = 0; i < attempt->trial.list.count; i++)
        put_tried(w, list, attempt, i);
    list = json_put_list(trace, "mitigators");
    for (uint32_t i = 0; i < attempt->asked.count; i++) {
        const struct asked *asked = &attempt->asked.items[i];
        struct json_object *entry = json_add_map(list);
        json_put_str(entry, "id", w->ruleset->mitigators.items[asked->mitigation->mitigator].id);
        json_put_str(entry, "effect",
                     asked->mitigation->effect == EFFECT_LOWER ? STR("lower") : STR("cancel"));
        json_put_str(entry, "scope", str_of(words_scope_id(asked->mitigation->scope)));
        json_put_str(entry, "answer", str_of(trace_answer(asked->answer)));
        if (asked->seen.end > 0)
            put_saw(w, entry, asked->seen);
    }
}
