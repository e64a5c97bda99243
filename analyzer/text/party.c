#include "text/party.h"

#include <stdlib.h>

#include "base/bounds.h"
#include "text/party_parts.h"

/*
 * Definitions.  Only units that hold a quotation mark or a legal form are read word by word; a
 * name's role comes from what it is called, from the company it names, or from the words that
 * define it.
 */

enum {
    NAMES_MOST = 8,     /* of one definition */
    NAME_FILLERS = 6,   /* words between "di seguito" and the name */
    LIST_FILLERS = 4,   /* words between two names of one definition */
    PLAIN_WORDS = 4,    /* of a name without quotation marks */
    CONTEXT_WORDS = 60, /* before a definition, in which its company stands */
    MEANING_WORDS = 14, /* behind "si intende", in which a company may stand */
    HEAD_WORDS = 4,     /* first words of a meaning, which say what it is */
    BACK_WORDS = 14,    /* before "si intende", in which its terms stand */
    ADJACENT = 2,       /* words between a company and a name in brackets behind it */
    STEM_LETTERS = 5,   /* two forms of a noun have in common */
    ENDING_LETTERS = 2, /* ... and behind it no more than these */
    RARE_NOUN = 3,      /* times the brand comes more often than a noun of somebody else */
};

enum phrase_mask {
    MASK_NAMING = 1,   /* "di seguito" */
    MASK_DEFINING = 2, /* "si intende" */
};

struct term {
    uint32_t begin;
    uint32_t end; /* tokens */
};

struct terms {
    struct term items[NAMES_MOST];
    uint32_t count;
};

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
        bool capital = (r->tokens[i].flags & TOKEN_CAPITAL) && !reading_is_filler(r, i);
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
        if (!reading_is_filler(r, i) && terms->count > 0)
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
        struct str term = reading_join(r, terms->items[t].begin, terms->items[t].end);
        if (term.len > 0 && parties_belong(r->parties, term, company->folded))
            return true;
    }
    return false;
}

/* Its head is a provider's noun: the first word, or the last of a compound. */
static bool
is_providing(const struct reading *r, struct term term)
{
    const struct language *language = r->parties->language;
    bool compound = true;
    for (uint32_t i = term.begin; i < term.end; i++) {
        struct str core = r->tokens[i].core;
        if (word_list_has(&language->conjunctions, core))
            return false; /* "Consociate e Affiliate" */
        compound = compound && !word_list_has(&language->prepositions, core);
    }
    struct str first = r->tokens[term.begin].core, last = r->tokens[term.end - 1].core;
    return parties_noun(r->parties, first, true) == ROLE_PROVIDER ||
           (compound && parties_noun(r->parties, last, true) == ROLE_PROVIDER);
}

/* "Fornitore di viaggi", "Venditore" in a contract of somebody else. */
static bool
is_other_provider(struct reading *r, const struct terms *terms)
{
    if (r->parties->brand.len == 0 && r->parties->company.len == 0)
        return false;
    for (uint32_t t = 0; t < terms->count; t++)
        if (is_providing(r, terms->items[t]))
            return true;
    return false;
}

/* The role that all words of a term have, conjunctions aside: "Consociate e Affiliate". */
static enum role
role_of_words(struct reading *r, struct term term)
{
    enum role role = ROLE_NONE;
    for (uint32_t i = term.begin; i < term.end; i++) {
        struct str core = r->tokens[i].core;
        if (word_list_has(&r->parties->language->conjunctions, core))
            continue;
        enum role noun = parties_noun(r->parties, core, false);
        if (noun == ROLE_NONE || (role != ROLE_NONE && role != noun))
            return ROLE_NONE;
        role = noun;
    }
    return role;
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
        struct str term = reading_join(r, terms->items[t].begin, terms->items[t].end);
        enum role role = parties_noun(r->parties, term, false);
        if (role == ROLE_NONE)
            role = role_of_words(r, terms->items[t]);
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
        struct str noun =
            i < strong ? language->nouns[i].folded : language->weak_nouns[i - strong].folded;
        if (memchr(noun.data, ' ', noun.len) || !is_form_of(noun, word))
            continue;
        struct str rest = first ? str_slice(folded, cut, folded.len) : str_slice(folded, 0, cut);
        struct str form =
            first ? arena_format(&r->parties->scratch, "%.*s%.*s", STR_ARG(noun), STR_ARG(rest))
                  : arena_format(&r->parties->scratch, "%.*s%.*s", STR_ARG(rest), STR_ARG(noun));
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
        struct str folded = reading_join(r, term.begin, term.end);
        bool capital = r->tokens[term.end - 1].flags & TOKEN_CAPITAL;
        bool noun = parties_noun(r->parties, folded, true) != ROLE_NONE;
        bool word = !capital || word_list_has(&r->parties->language->stopwords, folded) ||
                    word_list_has(&r->parties->language->determiners, folded);
        if (word && !noun)
            continue; /* "controllo", "your": a word explained, no name */
        enum role given = r->parties->settled ? role : ROLE_NONE;
        parties_add(r->parties, folded, given, reading_span(r, term.begin, term.end));
        add_forms(r, folded, given, reading_span(r, term.begin, term.end));
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

/*
 * "«Operatore» indica l'operatore telefonico": a provider's noun that comes far less often than
 * the brand is somebody else.
 */
static enum role
weigh_noun(struct reading *r, const struct terms *terms, enum role role)
{
    if (role != ROLE_PROVIDER || r->parties->brand.len == 0 || terms->count != 1)
        return role;
    struct str term = reading_join(r, terms->items[0].begin, terms->items[0].end);
    if (memchr(term.data, ' ', term.len))
        return role; /* only single words are counted as they stand */
    uint64_t count = brands_frequency(r->parties->brands, term);
    uint64_t brand = brands_frequency(r->parties->brands, r->parties->brand);
    return count * RARE_NOUN < brand ? ROLE_THIRD : role;
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
    enum role role = role_by_company(r, &terms, meaning, to, meaning);
    if (role == ROLE_NONE)
        role = weigh_noun(r, &terms, role_by_nouns(r, &terms));
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
        if (!reading_is_filler(r, k))
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

static uint32_t
word_count(struct str folded)
{
    uint32_t count = 1;
    for (size_t i = 0; i < folded.len; i++)
        count += folded.data[i] == ' ';
    return count;
}

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
        reading_unit(reading, i);
        companies_find(reading);
        if (!find_definitions(reading) && reading->companies.count == 0)
            brands_dismiss(brands, i);
    }
}

void
party_document(struct document *document, const struct language *language)
{
    struct parties parties = {.document = document, .language = language};
    struct brands *brands = brands_count(&parties);
    struct reading *reading = reading_new(&parties);
    reading->phrases = phrases_new(&parties.scratch);
    phrases_add(reading->phrases, &language->definitions, MASK_NAMING);
    phrases_add(reading->phrases, &language->defining, MASK_DEFINING);
    parties.brands = brands;
    read_units(reading, brands);
    parties.brand = brands_choose(brands);
    companies_choose(&parties);
    parties.settled = true;
    if (parties.brand.len > 0)
        parties_add(&parties, parties.brand, ROLE_PROVIDER, (struct span){0, 0});
    read_units(reading, brands);
    brands_add_noun(brands);
    write_names(&parties);
    arena_free(&parties.scratch);
}
