/*
 * Phrases of reports, first half: messages, grades, places, the input, the run.  No word of any
 * language stands here: everything comes from rules/messages.xml and the families.
 */

#include "report/words.h"

#include "report/shown.h"

const char *
words_grade_id(enum grade grade)
{
    static const char *const ids[] = {"none", "check", "potential", "grey", "black"};

    return ids[grade];
}

const char *
words_level_id(enum level level)
{
    static const char *const ids[] = {"none", "note", "warning", "error"};

    return ids[level];
}

const char *
words_party_id(enum party party)
{
    static const char *const ids[] = {"consumer", "free", "business"};

    return ids[party];
}

const char *
words_approval_id(enum approval approval)
{
    static const char *const ids[] = {"no-list", "listed", "not-listed"};

    return ids[approval];
}

const char *
words_scope_id(enum scope scope)
{
    static const char *const ids[] = {"unit", "next", "clause", "section", "heading", "document"};

    return ids[scope];
}

static bool
find(const struct writer *w, const char *id, struct str *text)
{
    *text = message_text(w->run->messages, id, w->ui);
    return !str_equal(*text, str_of(id));
}

/* `id` with a suffix, when there is such a message. */
static bool
find_variant(const struct writer *w, const char *id, const char *suffix, struct str *text)
{
    struct str variant = arena_format(w->arena, "%s%s", id, suffix);

    return find(w, variant.data, text);
}

bool
words_has(const struct writer *w, const char *id)
{
    struct str text;

    return find(w, id, &text);
}

struct str
words_get(const struct writer *w, const char *id)
{
    struct str text;

    if (w->run->facts->party == PARTY_BUSINESS && find_variant(w, id, ".business", &text))
        return text;
    find(w, id, &text);
    return text;
}

static struct str
fill(struct arena *arena, struct str text, const struct str *parts, uint32_t count)
{
    struct buffer buffer = {.arena = arena};
    size_t from = 0;

    for (size_t i = 0; i + 1 < text.len; i++) {
        char name = text.data[i + 1];
        unsigned part = name == 'u' ? 0 : (unsigned)(name - '1');
        if (text.data[i] != '%' || part >= count)
            continue;
        buffer_str(&buffer, str_slice(text, from, i));
        buffer_str(&buffer, parts[part]);
        from = i + 2;
        i++;
    }
    buffer_str(&buffer, str_slice(text, from, text.len));
    return buffer_get(&buffer);
}

struct str
words_fill(const struct writer *w, const char *id, const struct str *parts, uint32_t count)
{
    return fill(w->arena, words_get(w, id), parts, count);
}

struct str
words_number(struct arena *arena, uint64_t number)
{
    return arena_format(arena, "%llu", (unsigned long long)number);
}

struct str
words_count(const struct writer *w, const char *id, uint32_t number)
{
    struct str text;
    struct str digits = words_number(w->arena, number);

    if (number != 1 || !find_variant(w, id, ".one", &text))
        text = words_get(w, id);
    return fill(w->arena, text, &digits, 1);
}

struct str
words_grade(const struct writer *w, const char *what, enum grade grade)
{
    struct str id = arena_format(w->arena, "grade.%s.%s", words_grade_id(grade), what);

    return words_get(w, id.data);
}

struct str
words_grade_sentence(const struct writer *w, const struct finding *finding)
{
    return words_grade(w, finding->candidate ? "sentence-may" : "sentence", finding->grade);
}

struct str
words_article(const struct writer *w, uint32_t clause)
{
    struct str path = STR("");

    if (clause < w->document->clauses.count)
        path = w->document->clauses.items[clause].path;
    return path.len > 0 ? words_fill(w, "article", WORDS(path)) : STR("");
}

struct str
words_page(const struct writer *w, uint32_t offset)
{
    uint32_t page = document_page(w->document, offset);

    return page > 0 ? words_fill(w, "page", WORDS(words_number(w->arena, page))) : STR("");
}

struct str
words_where(struct writer *w, uint32_t offset)
{
    struct str page = words_page(w, offset);

    if (page.len > 0)
        return page;
    uint32_t line = shown_position(w, offset).line;
    return words_fill(w, "line", WORDS(words_number(w->arena, line)));
}

struct str
words_reference(struct writer *w, const struct finding *finding)
{
    uint32_t offset = writer_first_place(finding)->mark.begin;
    uint32_t number = document_page(w->document, offset);
    struct str path = STR("");

    if (finding->clause < w->document->clauses.count)
        path = w->document->clauses.items[finding->clause].path;
    if (number == 0)
        number = shown_position(w, offset).line;
    if (path.len == 0)
        return arena_format(w->arena, "– (%u)", number);
    return arena_format(w->arena, "%.*s (%u)", STR_ARG(path), number);
}

struct str
words_note(const struct writer *w, const struct note *note)
{
    return words_count(w, note->message, note->number);
}

struct str
words_about(const struct writer *w)
{
    const struct document *document = w->document;
    struct buffer buffer = {.arena = w->arena};
    struct str language;

    if (document->pages.count > 0) {
        buffer_str(&buffer, words_count(w, "about.pages", document->pages.count));
        buffer_str(&buffer, STR(", "));
    }
    buffer_str(&buffer, words_count(w, "about.clauses", document->clauses.count));
    buffer_str(&buffer, STR(", "));
    struct str id = arena_format(w->arena, "language.%.*s", STR_ARG(document->language));
    if (!find(w, id.data, &language))
        language = w->ruleset->language ? w->ruleset->language->name : document->language;
    buffer_str(&buffer, language);
    buffer_str(&buffer, STR(", "));
    buffer_str(&buffer, words_get(w, document->notes.count == 0 ? "about.good" : "about.notes"));
    return buffer_get(&buffer);
}

static struct str
fact(const struct writer *w, const char *name, struct str value)
{
    struct str id = arena_format(w->arena, "fact.%s.%.*s", name, STR_ARG(value));

    return words_get(w, id.data);
}

static bool
is_known(struct str value)
{
    return value.len > 0 && !str_equal(value, STR("unknown"));
}

static void
append(struct buffer *buffer, const char *separator, struct str s)
{
    if (buffer->bytes.count > 0)
        buffer_str(buffer, str_of(separator));
    buffer_str(buffer, s);
}

struct str
words_read_as(const struct writer *w)
{
    const struct facts *facts = w->run->facts;
    struct buffer buffer = {.arena = w->arena};

    append(&buffer, ", ", fact(w, "party", str_of(words_party_id(facts->party))));
    if (is_known(facts->paid) && facts->party != PARTY_FREE)
        append(&buffer, ", ", fact(w, "paid", facts->paid));
    if (is_known(facts->sector))
        append(&buffer, ", ", fact(w, "sector", facts->sector));
    if (is_known(facts->concluded))
        append(&buffer, ", ", fact(w, "concluded", facts->concluded));
    if (!str_equal(facts->as_of, w->run->law->as_of))
        append(&buffer, ", ", words_fill(w, "fact.as-of", WORDS(facts->as_of)));
    return buffer_get(&buffer);
}

/* Which facts nobody told, in the order of their options. */
struct unknown {
    bool paid;
    bool sector;
    bool concluded;
};

static struct unknown
unknown_facts(const struct facts *facts)
{
    return (struct unknown){
        .paid = !is_known(facts->paid) && facts->party != PARTY_FREE,
        .sector = !is_known(facts->sector),
        .concluded = !is_known(facts->concluded),
    };
}

struct str
words_unknown(const struct writer *w, const struct finding *finding, const char *what)
{
    struct unknown all = unknown_facts(w->run->facts);
    struct unknown matters = finding ? (struct unknown){0} : all;
    struct buffer buffer = {.arena = w->arena};

    for (uint32_t i = 0; finding && i < finding->norm_count; i++) {
        const struct norm_use *use = finding->norms[i].use;
        matters.paid |= finding->norms[i].conditional && use->paid.len > 0;
        matters.sector |= finding->norms[i].conditional && use->sector.len > 0;
        matters.concluded |= finding->norms[i].conditional && use->concluded.len > 0;
    }
    if (all.paid && matters.paid)
        append(&buffer, "; ", fact(w, "paid", str_of(what)));
    if (all.sector && matters.sector)
        append(&buffer, "; ", fact(w, "sector", str_of(what)));
    if (all.concluded && matters.concluded)
        append(&buffer, "; ", fact(w, "concluded", str_of(what)));
    return buffer_get(&buffer);
}

struct str
words_ask(const struct writer *w)
{
    struct unknown all = unknown_facts(w->run->facts);
    struct buffer questions = {.arena = w->arena};
    struct buffer options = {.arena = w->arena};

    if (all.paid) {
        append(&questions, " ", words_get(w, "ask.paid"));
        append(&options, " ", STR("--paid"));
    }
    if (all.sector) {
        append(&questions, " ", words_get(w, "ask.sector"));
        append(&options, " ", STR("--sector"));
    }
    if (all.concluded) {
        append(&questions, " ", words_get(w, "ask.concluded"));
        append(&options, " ", STR("--concluded"));
    }
    if (questions.bytes.count == 0)
        return STR("");
    return arena_format(w->arena, "%.*s (%.*s)", STR_ARG(buffer_get(&questions)),
                        STR_ARG(buffer_get(&options)));
}

static struct str
or_dash(struct str s)
{
    return s.len > 0 ? s : STR("–");
}

struct str
words_disclaimer(const struct writer *w)
{
    const struct ruleset *law = w->run->law;

    return words_fill(w, "disclaimer.full",
                      WORDS(words_read_as(w), or_dash(law->version), or_dash(law->checked)));
}

struct str
words_rules(const struct writer *w)
{
    const struct ruleset *law = w->run->law;

    return words_fill(w, "run.rules", WORDS(or_dash(law->version), or_dash(law->checked)));
}

struct str
words_scope_line(const struct writer *w)
{
    return words_fill(w, "summary.scope",
                      WORDS(words_number(w->arena, w->verdict->families_searched),
                            words_number(w->arena, w->run->law->families.count)));
}

struct str
words_nothing(const struct writer *w)
{
    return words_fill(w,
                      w->document->clauses.count == 1 ? "summary.nothing.one" : "summary.nothing",
                      WORDS(words_number(w->arena, w->verdict->families_searched),
                            words_number(w->arena, w->document->clauses.count)));
}
