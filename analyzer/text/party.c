#include "text/party.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "base/utf8.h"
#include "text/party_parts.h"
#include "text/segment_shape.h"

/*
 * Definitions and company names.  Only units that hold a quotation mark or a legal form are read
 * word by word; a name's role comes from what it is called, from the company it names, or from
 * the words that define it.
 */

enum {
    TOKENS_MOST = 1024,   /* words of one unit that are looked at */
    UNIT_BYTES = 16 << 10,
    NAMES_MOST = 8,       /* of one definition */
    NAME_FILLERS = 6,     /* words between "di seguito" and the name */
    LIST_FILLERS = 4,     /* words between two names of one definition */
    PLAIN_WORDS = 4,      /* of a name without quotation marks */
    COMPANY_WORDS = 6,    /* of a company's name before its legal form */
    CONTEXT_WORDS = 60,   /* before a definition, in which its company stands */
    MEANING_WORDS = 14,   /* behind "si intende", in which a company may stand */
    HEAD_WORDS = 4,       /* first words of a meaning, which say what it is */
    BACK_WORDS = 14,      /* before "si intende", in which its terms stand */
    ADJACENT = 2,         /* words between a company and a name in brackets behind it */
    STEM_LETTERS = 5,     /* two forms of a noun have in common */
    ENDING_LETTERS = 2,   /* ... and behind it no more than these */
    FIRST_HALF = 2,       /* the provider's company is named in the first half */
};

enum phrase_mask {
    MASK_NAMING = 1,   /* "di seguito" */
    MASK_DEFINING = 2, /* "si intende" */
};

enum token_flag {
    TOKEN_CAPITAL = 1,
    TOKEN_SHOUT = 2,        /* all its letters are capitals */
    TOKEN_QUOTE_OPEN = 4,   /* a quotation mark opens before it */
    TOKEN_QUOTE_CLOSE = 8,  /* one closes behind it */
    TOKEN_BRACKET_OPEN = 16,
    TOKEN_COMMA = 32,       /* a comma or the like behind it */
    TOKEN_STOP = 64,        /* a full stop, colon or semicolon behind it */
    TOKEN_COLON = 128,      /* a colon behind it */
    TOKEN_BRACKET_CLOSE = 256,
};

struct token {
    struct str core;
    struct span span;
    uint16_t flags; /* enum token_flag */
};

struct company {
    uint32_t begin; /* tokens of its name */
    uint32_t end;   /* behind its legal form */
    enum role role;
    struct str folded;
};

struct reading {
    struct parties *parties;
    struct phrases *phrases;
    struct fold fold;
    struct str cores[TOKENS_MOST];
    struct token tokens[TOKENS_MOST];
    uint32_t count;
    ARRAY(struct company) companies; /* of this unit */
    uint32_t unit;
};

struct term {
    uint32_t begin;
    uint32_t end; /* tokens */
};

struct terms {
    struct term items[NAMES_MOST];
    uint32_t count;
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
    enum { FOUND_MOST = 512 }; /* names and terms; a contract has some dozens */
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
        array_push(&parties->scratch, &parties->names,
                   ((struct found_name){folded, role, span}));
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

static uint32_t
word_count(struct str folded)
{
    uint32_t count = 1;
    for (size_t i = 0; i < folded.len; i++)
        count += folded.data[i] == ' ';
    return count;
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
        bool opens = blank || before == '(' || before == '[' || before == '\'' ||
                     before == 0x2019;
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
    return (uint16_t)((capital ? TOKEN_CAPITAL : 0) | (uppers > 1 && lowers == 0 ? TOKEN_SHOUT : 0));
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

static void
read_tokens(struct reading *r, uint32_t unit)
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

static bool
is_filler(const struct reading *r, uint32_t i)
{
    const struct language *language = r->parties->language;
    struct str core = r->tokens[i].core;
    return word_list_has(&language->stopwords, core) ||
           word_list_has(&language->determiners, core) ||
           word_list_has(&language->conjunctions, core);
}

/* Folded name of tokens [begin, end), articles before it left out. */
static struct str
join(struct reading *r, uint32_t begin, uint32_t end)
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

static struct span
span_of(const struct reading *r, uint32_t begin, uint32_t end)
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
        bool parted = (token->flags & (TOKEN_STOP | TOKEN_COMMA | TOKEN_BRACKET_CLOSE)) &&
                      begin != form;
        bool shouted_stop = (token->flags & TOKEN_SHOUT) &&
                            word_list_has(&language->stopwords, token->core);
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
                            (opens && word_list_has(&language->stopwords,
                                                    r->tokens[begin].core))))
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
    while (first > 0 && end - first < COMPANY_WORDS &&
           (r->tokens[first - 1].flags & TOKEN_CAPITAL))
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
    enum { COMPANIES_MOST = 256 }; /* a contract names a handful */
    for (uint32_t i = 0; i < parties->companies.count; i++)
        if (str_equal(parties->companies.items[i].folded, folded))
            return;
    if (parties->companies.count < COMPANIES_MOST)
        array_push(&parties->scratch, &parties->companies,
                   ((struct known_company){folded, unit}));
}

static void
find_companies(struct reading *r)
{
    struct parties *parties = r->parties;
    for (uint32_t i = 1; i < r->count; i++) {
        uint32_t begin = is_legal_form(r, i) ? company_begin(r, i) : i;
        struct str folded = begin < i ? join(r, begin, i) : STR("");
        if (folded.len == 0)
            continue;
        uint32_t end = i + 1;
        while (end < r->count && is_legal_form(r, end))
            end++;
        enum role role = ROLE_NONE;
        if (parties->settled) {
            role = company_role(parties, folded);
            parties_add(parties, folded, role, span_of(r, begin, end));
            if (role == ROLE_PROVIDER)
                add_own_nouns(r, begin, i);
        } else {
            meet_company(parties, folded, r->unit);
        }
        array_push(&parties->scratch, &r->companies,
                   ((struct company){begin, end, role, folded}));
        i = end - 1;
    }
}

/* The company that bears the brand, else the first of the contract's first half. */
static void
choose_company(struct parties *parties)
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

/* --- terms -------------------------------------------------------------------------------- */

/* The quoted term that begins at token i; its end, or i if there is none. */
static uint32_t
quoted_end(const struct reading *r, uint32_t i)
{
    if (!(r->tokens[i].flags & TOKEN_QUOTE_OPEN))
        return i;
    for (uint32_t end = i + 1; end <= r->count && end - i <= BOUND_PARTY_WORDS; end++)
        if (r->tokens[end - 1].flags & TOKEN_QUOTE_CLOSE)
            return end;
    return i;
}

static void
add_term(struct terms *terms, uint32_t begin, uint32_t end)
{
    if (terms->count < NAMES_MOST)
        terms->items[terms->count++] = (struct term){begin, end};
}

/* Names from token i on: quoted ones joined by "o", commas; or one in capitals.  Where they end. */
static uint32_t
collect_terms(const struct reading *r, uint32_t i, struct terms *terms)
{
    uint32_t fillers = 0;
    while (i < r->count && fillers <= (terms->count == 0 ? NAME_FILLERS : LIST_FILLERS)) {
        uint32_t end = quoted_end(r, i);
        if (end > i) {
            add_term(terms, i, end);
            if (r->tokens[end - 1].flags & TOKEN_BRACKET_CLOSE)
                return end;
            i = end;
            fillers = 0;
            continue;
        }
        bool capital = (r->tokens[i].flags & TOKEN_CAPITAL) && !is_filler(r, i);
        if (capital && terms->count == 0) {
            end = i;
            while (end < r->count && end - i < PLAIN_WORDS &&
                   (r->tokens[end].flags & TOKEN_CAPITAL)) {
                end++;
                if (r->tokens[end - 1].flags & (TOKEN_COMMA | TOKEN_STOP))
                    break;
            }
            add_term(terms, i, end);
            return end;
        }
        if (!is_filler(r, i) && terms->count > 0)
            break;
        if (r->tokens[i].flags & TOKEN_STOP)
            break;
        fillers++;
        i++;
    }
    return i;
}

/* Quoted terms that end before token i, the last ones first. */
static void
collect_before(const struct reading *r, uint32_t i, struct terms *terms)
{
    uint32_t least = i > BACK_WORDS ? i - BACK_WORDS : 0;
    for (uint32_t k = i; k-- > least;) {
        if (k + 1 < i && (r->tokens[k].flags & TOKEN_STOP) &&
            !(r->tokens[k].flags & TOKEN_QUOTE_CLOSE))
            break;
        uint32_t end = quoted_end(r, k);
        if (end > k && end <= i)
            add_term(terms, k, end);
    }
}

/* --- roles -------------------------------------------------------------------------------- */

static bool
names_company(struct reading *r, const struct terms *terms, const struct company *company)
{
    for (uint32_t t = 0; t < terms->count; t++) {
        struct str term = join(r, terms->items[t].begin, terms->items[t].end);
        if (term.len > 0 && parties_belong(r->parties, term, company->folded))
            return true;
    }
    return false;
}

/* "Fornitore di viaggi" in a contract of somebody else. */
static bool
is_other_provider(struct reading *r, const struct terms *terms)
{
    for (uint32_t t = 0; t < terms->count; t++) {
        struct term term = terms->items[t];
        struct str first = r->tokens[term.begin].core, last = r->tokens[term.end - 1].core;
        if (term.end - term.begin > 1 &&
            (parties_noun(r->parties, first, true) == ROLE_PROVIDER ||
             parties_noun(r->parties, last, true) == ROLE_PROVIDER))
            return r->parties->brand.len > 0 || r->parties->company.len > 0;
    }
    return false;
}

/*
 * What the terms themselves say: "Gestore", "noi".  A weak noun counts where nothing else names
 * the provider: beside a known one, "Banca" is the customer's.
 */
static enum role
role_by_nouns(struct reading *r, const struct terms *terms)
{
    enum role weak = ROLE_NONE;
    bool unnamed = r->parties->brand.len == 0 && r->parties->company.len == 0;
    for (uint32_t t = 0; t < terms->count; t++) {
        struct str term = join(r, terms->items[t].begin, terms->items[t].end);
        enum role role = parties_noun(r->parties, term, false);
        if (role != ROLE_NONE)
            return role;
        if (weak == ROLE_NONE && unnamed)
            weak = parties_noun(r->parties, term, true);
    }
    return weak;
}

/* What a company between tokens `from` and `to` says. */
static enum role
role_by_company(struct reading *r, const struct terms *terms, uint32_t from, uint32_t to,
                uint32_t adjacent)
{
    for (uint32_t c = r->companies.count; c-- > 0;) {
        const struct company *company = &r->companies.items[c];
        if (company->begin < from || company->end > to)
            continue;
        if (names_company(r, terms, company))
            return company->role;
        bool beside = to == adjacent ? adjacent - company->end <= ADJACENT
                                     : company->begin - adjacent <= ADJACENT;
        if (beside)
            return company->role;
    }
    return ROLE_NONE;
}

/* "Servizio", "Account Utente": a thing, whoever its definition speaks of. */
static bool
is_ordinary(struct reading *r, const struct terms *terms)
{
    const struct language *language = r->parties->language;
    for (uint32_t t = 0; t < terms->count; t++) {
        struct term term = terms->items[t];
        bool people = word_list_has(&language->people, r->tokens[term.begin].core) ||
                      word_list_has(&language->people, r->tokens[term.end - 1].core);
        for (uint32_t i = term.begin; i < term.end && !people; i++)
            if (word_list_has(&language->ordinary, r->tokens[i].core))
                return true;
    }
    return false;
}

/* "la persona che ...": whom the first words describe. */
static enum role
role_by_head(struct reading *r, uint32_t from, uint32_t to, bool nouns)
{
    for (uint32_t i = from; i < to && i < from + HEAD_WORDS; i++) {
        struct str core = r->tokens[i].core;
        if (word_list_has(&r->parties->language->people, core))
            return ROLE_USER;
        enum role role = nouns ? parties_noun(r->parties, core, false) : ROLE_NONE;
        if (role != ROLE_NONE)
            return role;
    }
    return ROLE_NONE;
}

/* Another form of the same noun, "fornitori" for "fornitore": of one stem and nearly one length. */
static bool
is_form_of(struct str noun, struct str word)
{
    size_t same = 0;
    while (same < noun.len && same < word.len && noun.data[same] == word.data[same])
        same++;
    return same >= STEM_LETTERS && noun.len <= same + ENDING_LETTERS &&
           word.len <= same + ENDING_LETTERS && !str_equal(noun, word);
}

static void
add_forms_of(struct reading *r, struct str folded, uint32_t cut, enum role role, bool first,
             struct span span)
{
    struct str word = first ? str_slice(folded, 0, cut) : str_slice(folded, cut, folded.len);
    const struct language *language = r->parties->language;
    uint32_t strong = language->noun_count, all = strong + language->weak_noun_count;
    for (uint32_t i = 0; i < all; i++) {
        struct str noun = i < strong ? language->nouns[i].folded
                                     : language->weak_nouns[i - strong].folded;
        if (memchr(noun.data, ' ', noun.len) || !is_form_of(noun, word))
            continue;
        struct str rest = first ? str_slice(folded, cut, folded.len) : str_slice(folded, 0, cut);
        struct str form = first ? arena_format(&r->parties->scratch, "%.*s%.*s", STR_ARG(noun),
                                               STR_ARG(rest))
                                : arena_format(&r->parties->scratch, "%.*s%.*s", STR_ARG(rest),
                                               STR_ARG(noun));
        parties_add(r->parties, form, role, span);
    }
}

/* "Fornitore di viaggi" is also "fornitori di viaggi": the nouns of the language know the forms. */
static void
add_forms(struct reading *r, struct str folded, enum role role, struct span span)
{
    const char *space = memchr(folded.data, ' ', folded.len);
    if (!space || role == ROLE_NONE)
        return;
    size_t last = folded.len;
    while (folded.data[last - 1] != ' ')
        last--;
    add_forms_of(r, folded, (uint32_t)(space - folded.data), role, true, span);
    add_forms_of(r, folded, (uint32_t)last, role, false, span);
}

/* Gives a role to terms; terms without one are kept, since they are no brand. */
static void
define(struct reading *r, const struct terms *terms, enum role role)
{
    for (uint32_t t = 0; t < terms->count; t++) {
        struct term term = terms->items[t];
        struct str folded = join(r, term.begin, term.end);
        bool capital = r->tokens[term.end - 1].flags & TOKEN_CAPITAL;
        bool noun = parties_noun(r->parties, folded, true) != ROLE_NONE;
        bool word = !capital || word_list_has(&r->parties->language->stopwords, folded) ||
                    word_list_has(&r->parties->language->determiners, folded);
        if (word && !noun)
            continue; /* "controllo", "your": a word explained, no name */
        enum role given = r->parties->settled ? role : ROLE_NONE;
        parties_add(r->parties, folded, given, span_of(r, term.begin, term.end));
        add_forms(r, folded, given, span_of(r, term.begin, term.end));
    }
}

/* "X S.p.A. (di seguito «X», «noi»)": names at token `name`, what they name before `phrase`. */
static uint32_t
define_behind(struct reading *r, uint32_t phrase, uint32_t name, uint32_t context)
{
    struct terms terms = {.count = 0};
    uint32_t end = collect_terms(r, name, &terms);
    if (terms.count == 0)
        return name;
    uint32_t from = phrase > CONTEXT_WORDS ? phrase - CONTEXT_WORDS : 0;
    if (from < context)
        from = context;
    enum role role = role_by_nouns(r, &terms);
    if (role == ROLE_NONE)
        role = role_by_company(r, &terms, from, phrase, phrase);
    if (role == ROLE_NONE && is_other_provider(r, &terms))
        role = ROLE_THIRD;
    if (role == ROLE_NONE && !is_ordinary(r, &terms))
        role = role_by_head(r, from, phrase, false);
    define(r, &terms, role);
    return end;
}

/* "«X» indica la persona che ...": the meaning begins at token `meaning`. */
static void
define_before(struct reading *r, uint32_t phrase, uint32_t meaning)
{
    struct terms terms = {.count = 0};
    collect_before(r, phrase, &terms);
    uint32_t to = meaning + MEANING_WORDS < r->count ? meaning + MEANING_WORDS : r->count;
    if (terms.count == 0)
        return;
    enum role role = role_by_nouns(r, &terms);
    if (role == ROLE_NONE)
        role = role_by_company(r, &terms, meaning, to, meaning);
    if (role == ROLE_NONE && is_other_provider(r, &terms))
        role = ROLE_THIRD;
    if (role == ROLE_NONE && !is_ordinary(r, &terms))
        role = role_by_head(r, meaning, to, true);
    define(r, &terms, role);
}

/* Opens a bracket with a quoted name in it, at once or behind a few words? */
static bool
opens_names(const struct reading *r, uint32_t i)
{
    if (!(r->tokens[i].flags & TOKEN_BRACKET_OPEN))
        return false;
    for (uint32_t k = i; k < r->count && k <= i + LIST_FILLERS; k++) {
        if (r->tokens[k].flags & TOKEN_QUOTE_OPEN)
            return true;
        if (!is_filler(r, k))
            return false;
    }
    return false;
}

/* False: the unit defines nothing. */
static bool
find_definitions(struct reading *r)
{
    bool found = false;
    uint32_t context = 0; /* where the last definition or sentence ended */
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t words;
        uint32_t mask = phrases_match(r->phrases, r->cores, r->count, i, &words);
        if (mask & MASK_DEFINING) {
            found = true;
            define_before(r, i, i + words);
            i += words - 1;
        } else if ((mask & MASK_NAMING) || opens_names(r, i)) {
            uint32_t name = mask & MASK_NAMING ? i + words : i;
            uint32_t end = define_behind(r, i, name, context);
            found = true;
            if (end > name)
                context = end;
            i = end > i ? end - 1 : i;
        } else if (i + 1 < r->count && (r->tokens[i].flags & TOKEN_COLON) &&
                   (r->tokens[i].flags & TOKEN_QUOTE_CLOSE) && i < BACK_WORDS) {
            found = true;
            define_before(r, i + 1, i + 1);
        }
    }
    return found;
}

/* --- all ---------------------------------------------------------------------------------- */

static int
compare_names(const void *a, const void *b)
{
    const struct party_name *x = a, *y = b;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    if (x->folded.len != y->folded.len)
        return x->folded.len > y->folded.len ? -1 : 1;
    return str_compare(x->folded, y->folded);
}

static void
write_names(struct parties *parties)
{
    struct document *document = parties->document;
    for (uint32_t i = 0; i < parties->names.count; i++) {
        const struct found_name *found = &parties->names.items[i];
        if (found->role == ROLE_NONE || document->names.count == BOUND_PARTY_NAMES)
            continue;
        struct party_name name = {
            .folded = arena_str(document->arena, found->folded),
            .words = word_count(found->folded),
            .role = found->role,
            .defined = found->span,
        };
        array_push(document->arena, &document->names, name);
    }
    if (document->names.count > 0)
        qsort(document->names.items, document->names.count, sizeof(struct party_name),
              compare_names);
    if (parties->conflict)
        document_note(document, "note.party-conflict", 0);
}

/* Once for companies and terms, and again for their roles. */
static void
read_units(struct reading *reading, struct brands *brands)
{
    for (uint32_t i = 0; i < reading->parties->document->units.count; i++) {
        if (!brands_interesting(brands, i))
            continue;
        read_tokens(reading, i);
        find_companies(reading);
        if (!find_definitions(reading) && reading->companies.count == 0)
            brands_dismiss(brands, i);
    }
}

void
party_document(struct document *document, const struct language *language)
{
    struct parties parties = {.document = document, .language = language};
    struct brands *brands = brands_count(&parties);
    struct reading *reading = arena_new(&parties.scratch, struct reading, 1);
    reading->parties = &parties;
    reading->phrases = phrases_new(&parties.scratch);
    phrases_add(reading->phrases, &language->definitions, MASK_NAMING);
    phrases_add(reading->phrases, &language->defining, MASK_DEFINING);
    reading->fold = fold_new(&parties.scratch, UNIT_BYTES);
    read_units(reading, brands);
    parties.brand = brands_choose(brands);
    choose_company(&parties);
    parties.settled = true;
    if (parties.brand.len > 0)
        parties_add(&parties, parties.brand, ROLE_PROVIDER, (struct span){0, 0});
    read_units(reading, brands);
    brands_add_noun(brands);
    write_names(&parties);
    arena_free(&parties.scratch);
}
