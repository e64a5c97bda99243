#include "eval.h"
#include "report/json.h"
#include "report/shown.h"

/* Scores as tables, as JSON, as attributes for families, and the lines that come out wrong. */

static void
print_row(struct out *out, const struct score *s)
{
    out_format(out, "%-13.*s%8.3f%8.3f%8.3f%6u%6u%6u%6u%7u\n", STR_ARG(s->name), score_precision(s),
               score_recall(s), score_f1(s), s->gold, s->right, s->wrong, s->missed, s->maybe);
}

void
eval_print(const struct eval *eval, const struct scores *scores, struct out *out)
{
    out_format(out, "%u contracts, scored against %s\n\n", eval->documents.count,
               eval->options->by_tags ? "tags" : "careful readers' labels");
    out_format(out, "%-13s%8s%8s%8s%6s%6s%6s%6s%7s\n", "category", "P", "R", "F1", "gold", "TP",
               "FP", "FN", "maybe");
    for (uint32_t i = 0; i < scores->categories.count; i++)
        print_row(out, &scores->categories.items[i]);
    print_row(out, &scores->micro);
    print_row(out, &scores->any);
    out_format(out, "macro F1 %.3f\n\n", scores->macro);
    out_format(out, "%-38s%6s%8s%7s%7s\n", "rule", "lines", "upheld", "share", "shown");
    for (uint32_t i = 0; i < scores->rules.count; i++) {
        const struct rule_score *rule = &scores->rules.items[i];
        out_format(out, "%-38.*s%6u%8u%6u%%%7u%s\n", STR_ARG(rule->id), rule->lines, rule->upheld,
                   100 * rule->upheld / rule->lines, rule->shown,
                   rule->labelled ? "" : "  (no label of its own)");
    }
}

static void
put_score(struct json_object *map, const struct score *s)
{
    json_put_str(map, "id", s->name);
    json_put_decimal(map, "precision", 100 * score_precision(s));
    json_put_decimal(map, "recall", 100 * score_recall(s));
    json_put_decimal(map, "f1", 100 * score_f1(s));
    json_put_number(map, "gold", s->gold);
    json_put_number(map, "tp", s->right);
    json_put_number(map, "fp", s->wrong);
    json_put_number(map, "fn", s->missed);
    json_put_number(map, "maybe", s->maybe);
}

static void
put_places(const struct eval *eval, struct json_object *map)
{
    struct arena scratch = {0};
    struct json_object *list = json_put_list(map, "places");
    for (uint32_t i = 0; i < eval->claims.count; i++) {
        const struct claim *claim = &eval->claims.items[i];
        struct json_object *entry = json_add_map(list);
        json_put_str(entry, "document", eval->documents.items[claim->document].name);
        json_put_number(entry, "line", claim->line);
        json_put_str(entry, "category", claim->category);
        json_put_str(entry, "rule", claim->rule);
        json_put_str(entry, "finding", claim->heading);
        json_put_bool(entry, "counts", claim->counts);
        json_put_str(entry, "label", str_of(eval_verdict_name(eval_verdict(eval, claim))));
        json_put_str(entry, "text",
                     shown_clean(&scratch, eval_line(eval, claim->document, claim->line)));
    }
    arena_free(&scratch);
}

/* Percentages have two decimals; `counts`: the finding's level is warning or error. */
void
eval_print_json(const struct eval *eval, const struct scores *scores, struct out *out)
{
    const struct ruleset *law = &eval->pipeline->law;
    struct json_object *map = json_map();
    json_put_str(map, "schema", STR("cavillo-eval/1"));
    json_put_str(map, "version", STR(CAVILLO_VERSION));
    json_put_str(map, "rules_hash", str_of(law->hash));
    json_put_str(map, "labels", eval->options->by_tags ? STR("tags") : STR("gold"));
    struct json_object *list = json_put_list(map, "documents");
    for (uint32_t i = 0; i < eval->documents.count; i++)
        json_add_str(list, eval->documents.items[i].name);
    list = json_put_list(map, "categories");
    for (uint32_t i = 0; i < scores->categories.count; i++)
        put_score(json_add_map(list), &scores->categories.items[i]);
    put_score(json_put_map(map, "micro"), &scores->micro);
    put_score(json_put_map(map, "any"), &scores->any);
    json_put_decimal(map, "macro_f1", 100 * scores->macro);
    list = json_put_list(map, "rules");
    for (uint32_t i = 0; i < scores->rules.count; i++) {
        const struct rule_score *rule = &scores->rules.items[i];
        struct json_object *entry = json_add_map(list);
        json_put_str(entry, "id", rule->id);
        json_put_number(entry, "lines", rule->lines);
        json_put_number(entry, "upheld", rule->upheld);
        json_put_number(entry, "shown", rule->shown);
        json_put_bool(entry, "labelled", rule->labelled);
    }
    put_places(eval, map);
    json_write(out, map);
    out_char(out, '\n');
}

void
eval_print_confidence(const struct eval *eval, const struct scores *scores, struct out *out)
{
    struct str category = STR("");
    uint32_t others = 0;
    for (uint32_t i = 0; i < scores->rules.count; i++) {
        const struct rule_score *rule = &scores->rules.items[i];
        if (!rule->labelled && !rule->upheld_by_other) {
            others++;
            continue;
        }
        if (!str_equal(rule->category, category)) {
            out_format(out, "%s<families category=\"%.*s\">\n",
                       category.len > 0 ? "</families>\n" : "", STR_ARG(rule->category));
            category = rule->category;
        }
        out_format(out, "  <family id=\"%.*s\" upheld=\"%u\" of=\"%u\"/>\n", STR_ARG(rule->id),
                   rule->upheld, rule->lines);
    }
    if (category.len > 0)
        out_str(out, STR("</families>\n"));
    if (others > 0 && eval->options->verbose >= 0)
        fprintf(stderr, "cavillo: %u rules left out: their categories have no label\n", others);
}

/* All rules that claim the line for the category. */
static struct str
rules_at(struct arena *arena, const struct eval *eval, const struct label *at, struct str category)
{
    struct buffer buffer = {.arena = arena};
    for (uint32_t i = eval_first_claim(eval, at->document, at->line); i < eval->claims.count; i++) {
        const struct claim *claim = &eval->claims.items[i];
        if (claim->document != at->document || claim->line != at->line)
            break;
        if (!str_equal(claim->category, category))
            continue;
        buffer_str(&buffer, buffer.bytes.count > 0 ? STR(" ") : STR(""));
        buffer_str(&buffer, claim->rule);
    }
    return buffer.bytes.count > 0 ? buffer_get(&buffer) : STR("-");
}

static void
print_error(struct arena *arena, const struct eval *eval, const char *kind, const struct label *at,
            struct str category, struct out *out)
{
    struct str text = shown_clean(arena, eval_line(eval, at->document, at->line));
    struct str rules = rules_at(arena, eval, at, category);
    out_format(out, "%s\t%.*s\t%.*s:%u\t%.*s\t%.*s\n", kind, STR_ARG(category),
               STR_ARG(eval->documents.items[at->document].name), at->line, STR_ARG(rules),
               STR_ARG(text));
}

static bool
is_claimed(const struct eval *eval, const struct label *label, struct str category)
{
    for (uint32_t i = eval_first_claim(eval, label->document, label->line); i < eval->claims.count;
         i++) {
        const struct claim *claim = &eval->claims.items[i];
        if (claim->document != label->document || claim->line != label->line)
            return false;
        if (claim->counts && str_equal(claim->category, category))
            return true;
    }
    return false;
}

void
eval_print_errors(const struct eval *eval, struct out *out)
{
    struct arena arena = {0};
    for (uint32_t i = 0; i < eval->claims.count; i++) {
        const struct claim *claim = &eval->claims.items[i];
        struct label at = {.document = claim->document, .line = claim->line};
        bool scored = eval_scored(eval, labels_kind(&eval->labels, claim->category));
        if (claim->counts && scored && !eval_repeated(eval, i) &&
            eval_verdict(eval, claim) == ON_WRONG)
            print_error(&arena, eval, "FP", &at, claim->category, out);
    }
    for (uint32_t i = 0; i < eval->list.count; i++) {
        const struct label *label = &eval->list.items[i];
        const struct label_kind *kind = &eval->labels.kinds.items[label->kind];
        if (label->sure && eval_scored(eval, label->kind) &&
            !is_claimed(eval, label, kind->category))
            print_error(&arena, eval, "FN", label, kind->category, out);
    }
    arena_free(&arena);
}
