#include "scan/subject.h"

enum {
    NEGATION_REACH = 4,   /* words before the match in which a negation counts */
    BEARER_REACH = 6,     /* words behind it in which "del Fornitore" counts */
    RIGHT_REACH = 8,      /* words behind it in which a subject may follow its verb */
    CONDITION_REACH = 12, /* words before a mention in which "se", "qualora" open its clause */
    ARTICLE_LETTERS = 3,  /* "the", "il": may stand between preposition and noun */
};

static bool
starts_mention(const struct view_word *word)
{
    return word->role != ROLE_NONE && !word->inside;
}

/* What stands in brackets says nothing of a match outside them: "il Gestore (e i suoi partner)
 * non". */
static bool
is_aside(const struct view *view, uint32_t word, uint32_t match)
{
    return (view->words[word].flags & WORD_ASIDE) && !(view->words[match].flags & WORD_ASIDE);
}

/* "dal Cliente", "by the Customer": not the subject. */
static bool
after_preposition(const struct view *view, uint32_t word)
{
    if (word == 0)
        return false;
    const struct view_word *before = &view->words[word - 1];
    if (before->flags & (WORD_STOP | WORD_COMMA))
        return false;
    if (before->flags & (WORD_PREPOSITION | WORD_GENITIVE))
        return true;
    if (word < 2 || before->end - before->letters > ARTICLE_LETTERS)
        return false;
    const struct view_word *second = &view->words[word - 2];
    return !(second->flags & (WORD_STOP | WORD_COMMA)) &&
           (second->flags & (WORD_PREPOSITION | WORD_GENITIVE));
}

/*
 * "se l'Utente viola ..., il Gestore", "qualora X ritenga che l'Utente ..., potrà": the subject of
 * a clause of its own, opened by a condition and closed by a comma before the verb.
 */
static bool
in_condition(const struct view *view, uint32_t mention, uint32_t verb)
{
    bool opened = false, closed = false;
    for (uint32_t i = mention; i > 0 && mention - i < CONDITION_REACH && !opened; i--) {
        uint16_t flags = view->words[i - 1].flags;
        if (flags & (WORD_STOP | WORD_COMMA))
            break;
        opened = flags & WORD_CONDITION;
    }
    for (uint32_t i = mention; i < verb && opened && !closed; i++)
        closed = view->words[i].flags & WORD_COMMA;
    return opened && closed;
}

/* A third party may be one of a list that the provider leads: "neither we nor our partners". */
static enum role
subject_left(const struct view *view, uint32_t first)
{
    enum role nearest = ROLE_NONE;
    for (uint32_t i = first + 1; i-- > 0;) {
        const struct view_word *word = &view->words[i];
        if (is_aside(view, i, first))
            continue;
        if (i < first && (word->flags & WORD_STOP))
            break;
        if (word->flags & WORD_FIRST_PLURAL)
            return ROLE_PROVIDER;
        if (!starts_mention(word) || after_preposition(view, i) || in_condition(view, i, first))
            continue;
        if (word->role == ROLE_PROVIDER)
            return ROLE_PROVIDER;
        if (word->role == ROLE_USER)
            return nearest == ROLE_NONE ? ROLE_USER : nearest;
        nearest = ROLE_THIRD;
    }
    return nearest;
}

enum role
subject_of(const struct view *view, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++)
        if (view->words[i].flags & WORD_FIRST_PLURAL)
            return ROLE_PROVIDER;
    enum role role = subject_left(view, first);
    uint32_t end = last + RIGHT_REACH;
    for (uint32_t i = first + 1; role == ROLE_NONE && i < view->word_count && i <= end; i++) {
        if (is_aside(view, i, last)) {
            end++;
            continue;
        }
        if (i > last && (view->words[i - 1].flags & WORD_STOP))
            break;
        if (starts_mention(&view->words[i]) && !after_preposition(view, i))
            role = (enum role)view->words[i].role;
    }
    return role;
}

enum role
bearer_of(const struct view *view, uint32_t first, uint32_t last)
{
    enum role inside = ROLE_NONE;
    uint32_t end = last + BEARER_REACH;
    for (uint32_t i = first; i < view->word_count && i <= end; i++) {
        const struct view_word *word = &view->words[i];
        if (is_aside(view, i, last)) {
            end++;
            continue;
        }
        if (i > last && (view->words[i - 1].flags & WORD_STOP))
            break;
        if (!starts_mention(word))
            continue;
        if (i > 0 && (view->words[i - 1].flags & WORD_GENITIVE))
            return (enum role)word->role;
        if (i > 1 && (view->words[i - 2].flags & WORD_GENITIVE) && after_preposition(view, i))
            return (enum role)word->role;
        if (i <= last && inside == ROLE_NONE)
            inside = (enum role)word->role;
    }
    return inside;
}

bool
negated_before(const struct view *view, uint32_t first)
{
    uint32_t seen = 0;
    for (uint32_t i = first; i > 0 && seen < NEGATION_REACH; i--) {
        uint16_t flags = view->words[i - 1].flags;
        if (is_aside(view, i - 1, first))
            continue;
        seen++;
        if (flags & WORD_STOP)
            return false;
        if (flags & WORD_NEGATION)
            return true;
    }
    return false;
}
