#include "text/fold.h"

#include "base/utf8.h"

/* Text in, folded words out; see fold.h.  One code point of look-ahead decides every case. */

enum sign {
    SIGN_DROP,   /* vanishes */
    SIGN_BREAK,  /* parts words and vanishes */
    SIGN_POINT,  /* . , : between letters or digits may stay inside a word */
    SIGN_CLOSE,  /* stays with its word; what follows is a new word */
    SIGN_INSIDE, /* stays with its word: & @ % + = # */
};

struct folding {
    struct fold *fold;
    uint32_t letters; /* letters and digits of the current word so far; 0 = between words */
    uint32_t run;     /* letters since the last sign inside the word */
    uint32_t last;    /* offset of the last letter */
    bool open;        /* the current word goes on */
    bool accent;      /* the last letter carried one */
    bool digit;       /* the last letter is a digit */
};

static void
put(struct fold *fold, char c, uint32_t offset)
{
    if (fold->length == fold->capacity) {
        fold->cut = true;
        return;
    }
    fold->bytes[fold->length] = c;
    fold->offsets[fold->length] = offset;
    fold->length++;
}

static void
put_letters(struct folding *f, struct str letters, bool accent, uint32_t offset)
{
    if (!f->open) {
        put(f->fold, ' ', offset);
        f->letters = 0;
        f->run = 0;
        f->open = true;
    }
    for (size_t i = 0; i < letters.len; i++)
        put(f->fold, letters.data[i], offset);
    f->letters++;
    f->run++;
    f->last = offset;
    f->accent = accent;
    f->digit = letters.data[0] >= '0' && letters.data[0] <= '9';
}

/* Letters end here: a short word keeps its final accent. */
static void
end_letters(struct folding *f)
{
    if (f->open && f->accent && f->letters <= 2)
        put(f->fold, '_', f->last);
    f->accent = false;
}

static void
end_word(struct folding *f)
{
    end_letters(f);
    f->open = false;
}

static enum sign
sign_of(char c)
{
    switch (c) {
    case '-':
    case '/':
    case '(':
    case '[':
    case '{':
        return SIGN_BREAK;
    case '.':
    case ',':
    case ':':
        return SIGN_POINT;
    case ';':
    case '!':
    case '?':
    case ')':
    case ']':
    case '}':
        return SIGN_CLOSE;
    case '&':
    case '@':
    case '%':
    case '+':
    case '=':
    case '#':
        return SIGN_INSIDE;
    default:
        return SIGN_DROP; /* quotation marks, emphasis, other signs */
    }
}

static bool
is_wordish(uint32_t code_point)
{
    return code_point != UTF8_BAD && (utf8_is_letter(code_point) || utf8_is_digit(code_point));
}

/* "art.5" and "servizio.Il" are two words, "c.c." and "1.000" one. */
static bool
point_parts(const struct folding *f, uint32_t next)
{
    if (!is_wordish(next))
        return false; /* trailing punctuation; the blank behind it parts */
    if (utf8_is_digit(next))
        return !f->digit;
    return f->digit || (f->run >= 3 && utf8_is_upper(next));
}

static bool
ends_with_vowel(const struct fold *fold)
{
    return fold->length > 0 && strchr("aeiou", fold->bytes[fold->length - 1]);
}

static void
apostrophe(struct folding *f, uint32_t offset, uint32_t next)
{
    if (!f->open)
        return;                                          /* an opening quotation mark */
    if (is_wordish(next) || !ends_with_vowel(f->fold)) { /* dell'«Utente», l' utente */
        end_letters(f);
        put(f->fold, '\'', offset);
        f->open = false;
    } else if (f->letters <= 2) {
        f->accent = false;
        put(f->fold, '_', offset); /* e' for è */
        f->letters = 3;
    }
}

static void
sign(struct folding *f, char c, uint32_t offset, uint32_t next)
{
    if (f->fold->length == 0)
        return; /* nothing to belong to */
    switch (sign_of(c)) {
    case SIGN_DROP:
        end_letters(f);
        return;
    case SIGN_BREAK:
        end_word(f);
        return;
    case SIGN_CLOSE:
        end_letters(f);
        put(f->fold, c, offset);
        f->open = false;
        return;
    case SIGN_POINT: {
        bool parts = c == '.' ? point_parts(f, next)
                              : is_wordish(next) && !(f->digit && utf8_is_digit(next));
        end_letters(f);
        put(f->fold, c, offset);
        f->run = 0;
        if (parts)
            f->open = false;
        return;
    }
    case SIGN_INSIDE:
        end_letters(f);
        put(f->fold, c, offset);
        f->run = 0;
        return;
    }
}

/* Signs that are read as words of their own. */
static struct str
currency(uint32_t code_point)
{
    switch (code_point) {
    case 0x20AC:
        return STR("eur");
    case '$':
        return STR("usd");
    case 0xA3:
        return STR("gbp");
    default:
        return (struct str){NULL, 0};
    }
}

static bool
is_trade_mark(uint32_t code_point)
{
    return code_point == 0x2122 || code_point == 0xAE || code_point == 0xA9 || code_point == 0x2120;
}

static void
step(struct folding *f, uint32_t code_point, uint32_t offset, uint32_t next)
{
    if (code_point < 0x80) {
        char c = (char)code_point;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            put_letters(f, (struct str){&c, 1}, false, offset);
            return;
        }
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            end_word(f);
            return;
        }
    }
    struct str money = currency(code_point);
    if (money.len > 0) {
        end_word(f);
        put_letters(f, money, false, offset);
        f->open = false;
        return;
    }
    if (is_trade_mark(code_point))
        return;
    bool accent = false;
    struct str base = utf8_base(code_point, &accent);
    if (base.len == 0) {
        if (f->open && accent)
            f->accent = true; /* a combining accent (NFD) */
        else if (utf8_is_blank(code_point))
            end_word(f);
        return;
    }
    char c = base.data[0];
    if (c == '\'')
        apostrophe(f, offset, next);
    else if (c == ' ')
        end_word(f);
    else if (c == '_' && code_point == '_')
        end_letters(f); /* emphasis */
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')
        put_letters(f, base, accent, offset);
    else
        sign(f, c, offset, next);
}

struct fold
fold_new(struct arena *arena, size_t bytes)
{
    /* A letter gives at most 4 bytes ("eur" and its blank, from 3); ASCII a blank more each. */
    size_t capacity = bytes * 2 + 16;
    return (struct fold){
        .bytes = arena_new(arena, char, capacity),
        .offsets = arena_new(arena, uint32_t, capacity),
        .capacity = (uint32_t)capacity,
    };
}

void
fold_span(struct fold *fold, const struct document *document, struct span span)
{
    struct folding f = {.fold = fold};
    struct repaired walk = repaired_begin(document, span);
    uint32_t code_point, offset, next, next_offset;
    bool more = repaired_next(&walk, &code_point, &offset);
    while (more) {
        more = repaired_next(&walk, &next, &next_offset);
        step(&f, code_point, offset, more ? next : ' ');
        code_point = next;
        offset = next_offset;
    }
    end_word(&f);
}

void
fold_str(struct fold *fold, struct str s)
{
    struct folding f = {.fold = fold};
    size_t at = 0;
    while (at < s.len) {
        uint32_t offset = (uint32_t)at;
        uint32_t code_point = utf8_next(s, &at);
        size_t ahead = at;
        uint32_t next = at < s.len ? utf8_next(s, &ahead) : ' ';
        step(&f, code_point, offset, next);
    }
    end_word(&f);
}

static bool
is_core(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

struct str
fold_core(struct str word)
{
    while (word.len > 0 && !is_core(word.data[0])) {
        word.data++;
        word.len--;
    }
    while (word.len > 0 && !is_core(word.data[word.len - 1]))
        word.len--;
    return word;
}
