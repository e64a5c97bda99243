#include "base/bounds.h"
#include "base/utf8.h"
#include "text/party_parts.h"

/*
 * The words of a unit with the signs around them, the companies among them, and the table of the
 * names found so far.
 */

enum {
    UNIT_BYTES = 16 << 10,
    FOUND_MOST = 512,     /* names and terms; a contract has some dozens */
    COMPANY_WORDS = 6,    /* of a company's name before its legal form */
    COMPANIES_MOST = 256, /* a contract names a handful */
    FIRST_HALF = 2,       /* the provider's company is named in the first half */
};

/* --- the table of names ------------------------------------------------------------------- */

const struct found_name *
parties_find(const struct parties *parties, struct str folded)
{
    for (uint32_t i = 0; i < parties->names.count; i++)
        if (str_equal(parties->names.items[i].folded, folded))
            return &parties->names.items[i];
    return NULL;
}

void
parties_add(struct parties *parties, struct str folded, enum role role, struct span span)
{
    if (folded.len == 0)
        return;
    for (uint32_t i = 0; i < parties->names.count; i++) {
        struct found_name *known = &parties->names.items[i];
        if (!str_equal(known->folded, folded))
            continue;
        if (known->role == ROLE_NONE && role != ROLE_NONE)
            *known = (struct found_name){known->folded, role, span};
        else if (role != ROLE_NONE && known->role != role)
            parties->conflict = true;
        return;
    }
    if (parties->names.count < FOUND_MOST)
        array_push(&parties->scratch, &parties->names, ((struct found_name){folded, role, span}));
}

static enum role
find_noun(const struct party_noun *nouns, uint32_t count, struct str folded)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(nouns[i].folded, folded))
            return nouns[i].role;
    return ROLE_NONE;
}

enum role
parties_noun(const struct parties *parties, struct str folded, bool weak)
{
    const struct language *language = parties->language;
    enum role role = find_noun(language->nouns, language->noun_count, folded);
    if (role == ROLE_NONE && weak)
        role = find_noun(language->weak_nouns, language->weak_noun_count, folded);
    return role;
}

/* --- tokens ------------------------------------------------------------------------------- */

/* What stands between two words: marks the end of the one and the begin of the other. */
static void
read_gap(struct str text, uint32_t from, uint32_t to, bool first, struct token *last,
         struct token *next)
{
    size_t at = from;
    bool blank = first;
    uint32_t before = 0;
    while (at < to) {
        uint32_t code_point = utf8_next(text, &at);
        bool opens = blank || before == '(' || before == '[' || before == '\'' || before == 0x2019;
        if (code_point == '(' || code_point == '[') {
            next->flags |= TOKEN_BRACKET_OPEN;
        } else if (code_point == 0x201C || code_point == 0x201E || code_point == 0xAB ||
                   code_point == 0x2018 || (code_point == '"' && opens)) {
            next->flags |= TOKEN_QUOTE_OPEN;
        } else if (code_point == '"' || code_point == 0x201D || code_point == 0xBB ||
                   code_point == 0x2019) {
            last->flags |= TOKEN_QUOTE_CLOSE;
        } else if (code_point == ')' || code_point == ']') {
            last->flags |= TOKEN_BRACKET_CLOSE;
        } else if (code_point == ',' || code_point == '/') {
            last->flags |= TOKEN_COMMA;
        } else if (code_point == ':') {
            last->flags |= TOKEN_COLON | TOKEN_STOP;
        } else if (code_point == '.' || code_point == ';' || code_point == '?' ||
                   code_point == '!') {
            last->flags |= TOKEN_STOP;
        }
        blank = code_point != UTF8_BAD && utf8_is_blank(code_point);
        before = code_point;
    }
}

static uint16_t
letter_flags(struct str text, struct span span)
{
    size_t at = span.begin;
    uint32_t uppers = 0, lowers = 0;
    bool capital = false, first = true;
    while (at < span.end) {
        uint32_t code_point = utf8_next(text, &at);
        if (code_point == UTF8_BAD)
            continue;
        uppers += utf8_is_upper(code_point);
        lowers += utf8_is_lower(code_point);
        if (first)
            capital = utf8_is_upper(code_point);
        first = false;
    }
    capital = capital || (uppers > 0 && lowers > 0); /* "mySugr" */
    bool shout = uppers > 1 && lowers == 0;
    return (uint16_t)((capital ? TOKEN_CAPITAL : 0) | (shout ? TOKEN_SHOUT : 0));
}

static void
add_token(struct reading *r, struct str core, uint32_t gap)
{
    struct str text = r->parties->document->text;
    uint32_t first = (uint32_t)(core.data - r->fold.bytes);
    size_t end = r->fold.offsets[first + core.len - 1];
    utf8_next(text, &end);
    struct token *token = &r->tokens[r->count];
    struct token outside = {.flags = 0};
    *token = (struct token){.core = core, .span = {r->fold.offsets[first], (uint32_t)end}};
    if (token->span.end < token->span.begin)
        token->span.end = token->span.begin;
    token->flags = letter_flags(text, token->span);
    read_gap(text, gap, token->span.begin, r->count == 0, r->count > 0 ? token - 1 : &outside,
             token);
    r->cores[r->count++] = core;
}

struct reading *
reading_new(struct parties *parties)
{
    struct reading *r = arena_new(&parties->scratch, struct reading, 1);
    r->parties = parties;
    r->fold = fold_new(&parties->scratch, UNIT_BYTES);
    return r;
}

void
reading_unit(struct reading *r, uint32_t unit)
{
    const struct document *document = r->parties->document;
    const struct unit *u = &document->units.items[unit];
    struct span span = document->pieces.items[u->first_piece + u->piece_count - 1];
    r->unit = unit;
    r->count = r->companies.count = 0;
    r->fold.length = 0;
    r->fold.cut = false;
    fold_span(&r->fold, document, span);
    struct str rest = {r->fold.bytes, r->fold.length}, word;
    uint32_t gap = span.begin;
    while (r->count < TOKENS_MOST && str_cut(&rest, ' ', &word)) {
        word = fold_core(word);
        if (word.len == 0)
            continue;
        add_token(r, word, gap);
        gap = r->tokens[r->count - 1].span.end;
    }
    struct token outside = {.core = STR("")};
    if (r->count > 0 && gap < span.end)
        read_gap(document->text, gap, span.end, false, &r->tokens[r->count - 1], &outside);
}

bool
reading_is_filler(const struct reading *r, uint32_t i)
{
    const struct language *language = r->parties->language;
    struct str core = r->tokens[i].core;
    return word_list_has(&language->stopwords, core) ||
           word_list_has(&language->determiners, core) ||
           word_list_has(&language->conjunctions, core);
}

struct str
reading_join(struct reading *r, uint32_t begin, uint32_t end)
{
    const struct language *language = r->parties->language;
    while (begin + 1 < end && word_list_has(&language->determiners, r->tokens[begin].core))
        begin++;
    if (end - begin > BOUND_PARTY_WORDS)
        return STR("");
    struct str folded = STR("");
    for (uint32_t i = begin; i < end; i++)
        folded = arena_format(&r->parties->scratch, "%.*s%s%.*s", STR_ARG(folded),
                              i > begin ? " " : "", STR_ARG(r->tokens[i].core));
    return folded;
}

struct span
reading_span(const struct reading *r, uint32_t begin, uint32_t end)
{
    return (struct span){r->tokens[begin].span.begin, r->tokens[end - 1].span.end};
}

/* --- companies ---------------------------------------------------------------------------- */

static bool
is_plain_noun(const struct reading *r, uint32_t i)
{
    struct str core = r->tokens[i].core;
    return word_list_has(&r->parties->language->ordinary, core) ||
           word_list_has(&r->parties->language->determiners, core) ||
           parties_noun(r->parties, core, true) != ROLE_NONE;
}

/* In a text of capitals "LIMITED" is a name's end only before a sign: "IS LIMITED TO" is not. */
static bool
is_legal_form(const struct reading *r, uint32_t i)
{
    const struct token *token = &r->tokens[i];
    if (!(token->flags & TOKEN_CAPITAL) ||
        !word_list_has(&r->parties->language->legal_forms, token->core))
        return memchr(token->core.data, '.', token->core.len) != NULL &&
               word_list_has(&r->parties->language->legal_forms, token->core);
    bool dotted = memchr(token->core.data, '.', token->core.len) != NULL;
    bool shouted = (token->flags & TOKEN_SHOUT) && i > 0 &&
                   (r->tokens[i - 1].flags & TOKEN_SHOUT) && i + 1 < r->count &&
                   (r->tokens[i + 1].flags & TOKEN_SHOUT);
    bool closed = token->flags & (TOKEN_COMMA | TOKEN_STOP | TOKEN_QUOTE_CLOSE);
    return dotted || closed || !shouted;
}

/* The capitalised words before a legal form; `form` if there are none. */
static uint32_t
company_begin(const struct reading *r, uint32_t form)
{
    const struct language *language = r->parties->language;
    uint32_t begin = form;
    while (begin > 0 && form - begin < COMPANY_WORDS) {
        const struct token *token = &r->tokens[begin - 1];
        bool parted =
            (token->flags & (TOKEN_STOP | TOKEN_COMMA | TOKEN_BRACKET_CLOSE)) && begin != form;
        bool shouted_stop =
            (token->flags & TOKEN_SHOUT) && word_list_has(&language->stopwords, token->core);
        if (!(token->flags & TOKEN_CAPITAL) || parted || shouted_stop ||
            is_legal_form(r, begin - 1))
            break;
        begin--;
        if (token->flags & (TOKEN_QUOTE_OPEN | TOKEN_BRACKET_OPEN))
            break;
    }
    /* "La Società Rossi S.p.A.": only what is no plain noun, nor opens the sentence. */
    bool opens = begin == 0 || (r->tokens[begin - 1].flags & TOKEN_STOP);
    while (begin < form && (is_plain_noun(r, begin) ||
                            (opens && word_list_has(&language->stopwords, r->tokens[begin].core))))
        begin++;
    return begin;
}

bool
parties_share(const struct parties *parties, struct str a, struct str b)
{
    struct str rest = a, word;
    while (str_cut(&rest, ' ', &word)) {
        struct str others = b, other;
        if (word_list_has(&parties->language->ordinary, word) ||
            word_list_has(&parties->language->stopwords, word))
            continue;
        while (str_cut(&others, ' ', &other))
            if (str_equal(word, other))
                return true;
    }
    return false;
}

/* "EA" for Electronic Arts, "GPL" for Gelsi Posta Limited. */
static bool
is_acronym(struct str term, struct str company)
{
    struct str rest = company, word;
    size_t at = 0;
    while (str_cut(&rest, ' ', &word)) {
        if (at == term.len || word.data[0] != term.data[at])
            return false;
        at++;
    }
    return at >= 2 && (at == term.len || at + 1 == term.len);
}

bool
parties_belong(const struct parties *parties, struct str name, struct str company)
{
    return parties_share(parties, name, company) || is_acronym(name, company);
}

/* The provider's companies bear its brand or its name; the others are third parties. */
static enum role
company_role(const struct parties *parties, struct str folded)
{
    bool own = parties_belong(parties, parties->brand, folded) ||
               parties_belong(parties, parties->company, folded);
    return own ? ROLE_PROVIDER : ROLE_THIRD;
}

/* "la Banca Alfa S.p.A.": its noun means the provider too. */
static void
add_own_nouns(struct reading *r, uint32_t begin, uint32_t end)
{
    const struct language *language = r->parties->language;
    uint32_t first = begin;
    while (first > 0 && end - first < COMPANY_WORDS && (r->tokens[first - 1].flags & TOKEN_CAPITAL))
        first--;
    for (uint32_t i = first; i < end; i++)
        for (uint32_t n = 0; n < language->weak_noun_count; n++)
            if (language->weak_nouns[n].role == ROLE_PROVIDER &&
                str_equal(language->weak_nouns[n].folded, r->tokens[i].core))
                parties_add(r->parties, r->tokens[i].core, ROLE_PROVIDER, r->tokens[i].span);
}

static void
meet_company(struct parties *parties, struct str folded, uint32_t unit)
{
    for (uint32_t i = 0; i < parties->companies.count; i++)
        if (str_equal(parties->companies.items[i].folded, folded))
            return;
    if (parties->companies.count < COMPANIES_MOST)
        array_push(&parties->scratch, &parties->companies, ((struct known_company){folded, unit}));
}

void
companies_find(struct reading *r)
{
    struct parties *parties = r->parties;
    for (uint32_t i = 1; i < r->count; i++) {
        uint32_t begin = is_legal_form(r, i) ? company_begin(r, i) : i;
        struct str folded = begin < i ? reading_join(r, begin, i) : STR("");
        if (folded.len == 0)
            continue;
        uint32_t end = i + 1;
        while (end < r->count && is_legal_form(r, end))
            end++;
        enum role role = ROLE_NONE;
        if (parties->settled) {
            role = company_role(parties, folded);
            parties_add(parties, folded, role, reading_span(r, begin, end));
            if (role == ROLE_PROVIDER)
                add_own_nouns(r, begin, i);
        } else {
            meet_company(parties, folded, r->unit);
        }
        array_push(&parties->scratch, &r->companies, ((struct company){begin, end, role, folded}));
        i = end - 1;
    }
}

void
companies_choose(struct parties *parties)
{
    for (uint32_t i = 0; i < parties->companies.count; i++) {
        const struct known_company *company = &parties->companies.items[i];
        if (parties->brand.len > 0 && parties_belong(parties, parties->brand, company->folded)) {
            parties->company = company->folded;
            return;
        }
    }
    if (parties->companies.count == 0)
        return;
    const struct known_company *first = &parties->companies.items[0];
    if (first->unit <= parties->document->units.count / FIRST_HALF)
        parties->company = first->folded;
}
