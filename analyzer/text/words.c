#include "text/words.h"

#include "base/bounds.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/repair.h"

enum { LETTERS_MOST = 64 }; /* longer ones are kept cut off */

/* A word being read. */
struct reading {
    struct arena *arena;
    const struct document *document;
    struct words *words;
    struct token token;
    char letters[LETTERS_MOST];
    uint32_t length;
    uint16_t digits;
    bool foreign;
    uint32_t edit; /* the next one */
};

static void
resize(struct arena *arena, struct words *words, uint32_t slot_count)
{
    words->slots = arena_new(arena, uint32_t, slot_count);
    words->slot_count = slot_count;
    for (uint32_t i = 0; i < words->items.count; i++) {
        uint32_t at = (uint32_t)hash_str(words->items.items[i].folded) & (slot_count - 1);

        while (words->slots[at])
            at = (at + 1) & (slot_count - 1);
        words->slots[at] = i + 1;
    }
}

static uint32_t *
slot_of(const struct words *words, struct str folded)
{
    uint32_t at = (uint32_t)hash_str(folded) & (words->slot_count - 1);

    while (words->slots[at] && !str_equal(words->items.items[words->slots[at] - 1].folded, folded))
        at = (at + 1) & (words->slot_count - 1);
    return &words->slots[at];
}

const struct word *
words_find(const struct words *words, struct str folded)
{
    uint32_t slot = *slot_of(words, folded);

    return slot ? &words->items.items[slot - 1] : NULL;
}

/* Signs that tie a word to an address, a file name, a variable. */
static bool
binds(struct str text, uint32_t at)
{
    return at < text.len && text.data[at] && strchr("/@\\_=#&%+*|~^<>$", text.data[at]);
}

/* "www.posta.it", "12.b": a full stop with letters on both sides. */
static bool
point_binds(struct str text, uint32_t at)
{
    unsigned char c = at + 1 < text.len ? (unsigned char)text.data[at + 1] : ' ';

    return at < text.len && text.data[at] == '.' &&
           ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
}

static void
end_word(struct reading *r)
{
    struct str text = r->document->text;
    struct str folded = {r->letters, r->length};
    struct words *words = r->words;
    struct token *token = &r->token;
    struct word *word;
    uint32_t *slot;

    if (r->length == 0)
        return;
    r->length = 0;
    if (binds(text, token->span.end) || point_binds(text, token->span.end) ||
        (token->span.begin > 0 &&
         (binds(text, token->span.begin - 1) ||
          (text.data[token->span.begin - 1] == '.' && token->span.begin > 1 &&
           text.data[token->span.begin - 2] > ' ' && !(token->flags & TOKEN_UPPER)))))
        token->flags |= TOKEN_BOUND;
    slot = slot_of(words, folded);
    if (!*slot) {
        struct word made = {.folded = arena_str(r->arena, folded),
                            .first = NO_TOKEN,
                            .digits = r->digits,
                            .foreign = r->foreign};

        if ((words->items.count + 1) * 2 > words->slot_count) {
            resize(r->arena, words, words->slot_count * 2);
            slot = slot_of(words, folded);
        }
        array_push(r->arena, &words->items, made);
        *slot = words->items.count;
    }
    token->word = *slot - 1;
    word = &words->items.items[token->word];
    word->count++;
    if (word->first == NO_TOKEN && !(token->flags & (TOKEN_BOUND | TOKEN_EDITED)))
        word->first = words->tokens.count;
    array_push(r->arena, &words->tokens, *token);
}

static void
put(struct reading *r, char c, uint32_t begin, uint32_t end)
{
    if (r->length == 0) {
        r->token = (struct token){.span = {begin, end}};
        r->digits = 0;
        r->foreign = false;
    }
    if (r->length < LETTERS_MOST)
        r->letters[r->length++] = c;
    r->token.span.end = end;
}

static void
put_wide(struct reading *r, uint32_t code_point, uint32_t begin, uint32_t end)
{
    bool accent = false;
    struct str base = code_point == UTF8_BAD ? STR(" ") : utf8_base(code_point, &accent);

    if (base.len == 0) {
        if (r->length > 0 && accent)
            r->token.span.end = end; /* a combining accent */
        return;
    }
    if (!utf8_is_letter(code_point)) {
        end_word(r);
        return;
    }
    for (size_t i = 0; i < base.len; i++)
        put(r, base.data[i], begin, end);
    if (base.data[0] == '_')
        r->foreign = true;
    if (r->length == base.len && utf8_is_upper(code_point))
        r->token.flags |= TOKEN_UPPER;
}

/* What an edit at or before `at` makes of the word; where to go on. */
static uint32_t
pass_edits(struct reading *r, uint32_t at)
{
    while (r->edit < r->document->edits.count) {
        const struct edit *edit = &r->document->edits.items[r->edit];

        if (edit->span.begin > at)
            break;
        r->edit++;
        if (edit->kind == EDIT_CUT || edit->kind == EDIT_SWAP)
            r->token.flags |= TOKEN_EDITED; /* of no matter when no word is open */
        else
            end_word(r);
        if (edit->span.end > at)
            at = edit->span.end;
    }
    return at;
}

bool
words_read(struct arena *arena, const struct document *document, struct words *words)
{
    struct str text = document->text;
    struct reading r = {.arena = arena, .document = document, .words = words};
    uint32_t next_edit = document->edits.count ? document->edits.items[0].span.begin : UINT32_MAX;
    uint32_t at = 0;

    resize(arena, words, 1u << 12);
    while (at < text.len && words->tokens.count < BOUND_MEND_WORDS) {
        unsigned char c = (unsigned char)text.data[at];

        if (at >= next_edit) {
            at = pass_edits(&r, at);
            next_edit = r.edit < document->edits.count ? document->edits.items[r.edit].span.begin
                                                       : UINT32_MAX;
            continue;
        }
        if (c >= 0x80) {
            size_t end = at;
            uint32_t code_point = utf8_next(text, &end);

            put_wide(&r, code_point, at, (uint32_t)end);
            at = (uint32_t)end;
            continue;
        }
        if (c >= 'a' && c <= 'z') {
            put(&r, (char)c, at, at + 1);
        } else if (c >= 'A' && c <= 'Z') {
            put(&r, (char)(c + ('a' - 'A')), at, at + 1);
            if (r.length == 1)
                r.token.flags |= TOKEN_UPPER;
        } else if (c >= '0' && c <= '9') {
            put(&r, (char)c, at, at + 1);
            r.digits++;
        } else {
            end_word(&r);
        }
        at++;
    }
    end_word(&r);
    return at >= text.len;
}

uint32_t
words_offsets(const struct document *document, struct span span, uint32_t *offsets, uint32_t max)
{
    size_t at = span.begin;
    uint32_t count = 0;

    while (at < span.end && count < max) {
        uint32_t begin = (uint32_t)at;
        bool accent;
        struct str base = utf8_base(utf8_next(document->text, &at), &accent);

        for (size_t i = 0; i < base.len && count < max; i++)
            offsets[count++] = begin;
    }
    offsets[count] = span.end;
    return count;
}
