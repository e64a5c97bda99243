/* Tags, attributes and character references of HTML. */

#include "text/markup.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/decode.h"
#include "text/xml.h"

enum {
    ENTITY_LETTERS = 32, /* longest name of a character reference */
    ENTITY_DIGITS = 12,
};

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool
is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

bool
markup_is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
markup_same(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

uint32_t
markup_hash(struct str name)
{
    uint64_t hash = HASH_SEED;

    for (size_t i = 0; i < name.len; i++) {
        char c = lower(name.data[i]);

        hash = hash_more(hash, (struct str){&c, 1});
    }
    return (uint32_t)hash_end(hash);
}

/* --- attributes ---------------------------------------------------------------------------- */

/* The next attribute at *at; false at the end of the tag, where *at stands on '>' or the end. */
static bool
next_attribute(struct str s, size_t *at, struct str *name, struct str *value)
{
    size_t i = *at;
    size_t begin;

    while (i < s.len && (markup_is_blank(s.data[i]) || s.data[i] == '/'))
        i++;
    *at = i;
    if (i == s.len || s.data[i] == '>')
        return false;
    begin = i++;
    while (i < s.len && !markup_is_blank(s.data[i]) && !strchr("/>=", s.data[i]))
        i++;
    *name = str_slice(s, begin, i);
    *value = (struct str){"", 0};
    *at = i;
    while (i < s.len && markup_is_blank(s.data[i]))
        i++;
    if (i == s.len || s.data[i] != '=')
        return true;
    i++;
    while (i < s.len && markup_is_blank(s.data[i]))
        i++;
    if (i < s.len && (s.data[i] == '"' || s.data[i] == '\'')) {
        const char *quote = memchr(s.data + i + 1, s.data[i], s.len - i - 1);
        size_t end = quote ? (size_t)(quote - s.data) : s.len;

        *value = str_slice(s, i + 1, end);
        *at = quote ? end + 1 : end;
        return true;
    }
    begin = i;
    while (i < s.len && !markup_is_blank(s.data[i]) && s.data[i] != '>')
        i++;
    *value = str_slice(s, begin, i);
    *at = i;
    return true;
}

bool
markup_attribute(const struct markup_token *token, const char *name, struct str *value)
{
    struct str wanted = str_of(name);
    struct str found;
    size_t at = 0;

    while (next_attribute(token->attributes, &at, &found, value))
        if (markup_same(found, wanted))
            return true;
    *value = (struct str){"", 0};
    return false;
}

/* --- tags ---------------------------------------------------------------------------------- */

/* Behind the first `end` at or behind `at`; the end of all if there is none. */
static size_t
behind(struct str s, size_t at, struct str end)
{
    size_t found = at + str_find(str_slice(s, at, s.len), end);

    return found < s.len ? found + end.len : s.len;
}

/* Behind a comment, declaration or instruction at `at`; `at` itself: there is none. */
static size_t
behind_comment(struct str s, size_t at)
{
    struct str rest = str_slice(s, at, s.len);

    if (str_starts(rest, STR("<!--"))) {
        if (str_starts(rest, STR("<!-->")))
            return at + 5;
        return behind(s, at + 4, STR("-->"));
    }
    if (str_starts(rest, STR("<!")) || str_starts(rest, STR("<?")) ||
        (str_starts(rest, STR("</")) && rest.len > 2 && !is_letter(rest.data[2])))
        return behind(s, at + 2, STR(">"));
    return at;
}

static bool
begins_tag(struct str s, size_t at)
{
    if (s.data[at] != '<' || at + 1 >= s.len)
        return false;
    return is_letter(s.data[at + 1]) || s.data[at + 1] == '!' || s.data[at + 1] == '?' ||
           (s.data[at + 1] == '/' && at + 2 < s.len && s.data[at + 2] != ' ');
}

static void
take_tag(struct markup *markup, struct markup_token *token)
{
    struct str s = markup->bytes;
    size_t at = markup->at + 1;
    size_t begin;
    struct str name;
    struct str value;

    token->kind = s.data[at] == '/' ? MARKUP_CLOSE : MARKUP_OPEN;
    at += token->kind == MARKUP_CLOSE;
    begin = at;
    while (at < s.len && !markup_is_blank(s.data[at]) && s.data[at] != '/' && s.data[at] != '>')
        at++;
    token->name = str_slice(s, begin, at);
    begin = at;
    while (next_attribute(s, &at, &name, &value))
        continue;
    token->attributes = str_slice(s, begin, at);
    markup->at = at < s.len ? at + 1 : at;
    token->end = markup->at;
}

bool
markup_next(struct markup *markup, struct markup_token *token)
{
    struct str s = markup->bytes;

    while (markup->at < s.len) {
        size_t at = markup->at;
        size_t end;

        if (begins_tag(s, at)) {
            end = behind_comment(s, at);
            if (end > at) {
                markup->at = end;
                continue;
            }
            *token = (struct markup_token){.begin = at};
            take_tag(markup, token);
            return true;
        }
        end = at + 1;
        while (end < s.len) {
            const char *next = memchr(s.data + end, '<', s.len - end);

            end = next ? (size_t)(next - s.data) : s.len;
            if (!next || begins_tag(s, end))
                break;
            end++;
        }
        *token = (struct markup_token){.kind = MARKUP_TEXT, .begin = at, .end = end};
        markup->at = end;
        return true;
    }
    return false;
}

void
markup_skip(struct markup *markup, struct str name)
{
    struct str s = markup->bytes;
    size_t at = markup->at;

    while (at < s.len) {
        const char *next = memchr(s.data + at, '<', s.len - at);

        if (!next)
            break;
        at = (size_t)(next - s.data);
        if (s.len - at > name.len + 2 && s.data[at + 1] == '/' &&
            markup_same(str_slice(s, at + 2, at + 2 + name.len), name) &&
            !is_letter(s.data[at + 2 + name.len])) {
            markup->at = at;
            return;
        }
        at++;
    }
    markup->at = s.len;
}

/* --- character references ------------------------------------------------------------------ */

/* "&#233;", "&#xE9;": the code point; *at moved behind it.  0: none. */
static uint32_t
numeric(struct str s, size_t *at)
{
    size_t i = *at + 2;
    bool hex = i < s.len && lower(s.data[i]) == 'x';
    uint32_t value = 0;
    size_t begin;

    i += hex;
    begin = i;
    while (i < s.len) {
        char c = lower(s.data[i]);
        uint32_t digit;

        if (c >= '0' && c <= '9')
            digit = (uint32_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            digit = (uint32_t)(c - 'a') + 10;
        else
            break;
        if (value <= 0x10FFFF)
            value = value * (hex ? 16 : 10) + digit;
        i++;
    }
    if (i == begin || i - begin > ENTITY_DIGITS)
        return 0;
    *at = i < s.len && s.data[i] == ';' ? i + 1 : i;
    if (value >= 0x80 && value < 0xA0) { /* meant for Windows-1252, as browsers know */
        char byte = (char)value;
        size_t none = 0;

        value = decode_next(ENCODING_WINDOWS1252, (struct str){&byte, 1}, &none);
    }
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0xFFFD;
    return value < ' ' ? ' ' : value;
}

struct str
markup_entity(struct str s, size_t *at, char buffer[8])
{
    uint32_t code_point = 0;
    size_t i = *at + 1;

    if (i < s.len && s.data[i] == '#') {
        code_point = numeric(s, at);
    } else {
        size_t begin = i;

        while (i < s.len && i - begin < ENTITY_LETTERS &&
               (is_letter(s.data[i]) || (s.data[i] >= '0' && s.data[i] <= '9')))
            i++;
        code_point = xml_html_entity(str_slice(s, begin, i));
        if (code_point > 0)
            *at = i < s.len && s.data[i] == ';' ? i + 1 : i;
    }
    if (code_point == 0)
        return (struct str){"", 0};
    return (struct str){buffer, utf8_put(code_point, buffer)};
}
