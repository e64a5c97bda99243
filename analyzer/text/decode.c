/*
 * Encodings: a byte order mark, the pattern of NULs in UTF-16, valid UTF-8, else Windows-1252.
 * Files of other kinds are told by their first bytes, so that the user hears what to do.
 */

#include "text/decode.h"

#include "base/bounds.h"
#include "base/utf8.h"

enum {
    POINT_DISTANCE = 1024, /* raw bytes between two origin points */
    BAD_PER_GOOD = 200,    /* bytes: UTF-8 with fewer bad ones is still UTF-8 */
};

/* Windows-1252, 80 to 9F; 0 = undefined there. */
static const uint16_t windows1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static uint32_t
unit16(enum encoding encoding, const unsigned char *p)
{
    return encoding == ENCODING_UTF16LE ? p[0] | (uint32_t)p[1] << 8 : p[1] | (uint32_t)p[0] << 8;
}

static uint32_t
next_utf16(enum encoding encoding, struct str raw, size_t *at)
{
    const unsigned char *p = (const unsigned char *)raw.data + *at;
    size_t left = raw.len - *at;
    uint32_t high;
    uint32_t low;

    if (left < 2) {
        *at += 1;
        return UTF8_BAD;
    }
    *at += 2;
    high = unit16(encoding, p);
    if (high < 0xD800 || high > 0xDFFF)
        return high;
    if (high > 0xDBFF || left < 4)
        return UTF8_BAD;
    low = unit16(encoding, p + 2);
    if (low < 0xDC00 || low > 0xDFFF)
        return UTF8_BAD;
    *at += 2;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

uint32_t
decode_next(enum encoding encoding, struct str raw, size_t *at)
{
    uint32_t byte;

    if (encoding == ENCODING_UTF8)
        return utf8_next(raw, at);
    if (encoding != ENCODING_WINDOWS1252)
        return next_utf16(encoding, raw, at);
    byte = (unsigned char)raw.data[(*at)++];
    if (byte < 0x80 || byte > 0x9F)
        return byte;
    return windows1252[byte - 0x80] ? windows1252[byte - 0x80] : UTF8_BAD;
}

/* End of the stretch of ASCII bytes that begins at `at`; eight at a time. */
static size_t
ascii_end(struct str s, size_t at, size_t limit)
{
    uint64_t word;

    while (limit - at >= sizeof word) {
        memcpy(&word, s.data + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
        at += sizeof word;
    }
    while (at < limit && (unsigned char)s.data[at] < 0x80)
        at++;
    return at;
}

static bool
fail_format(const struct document *document, const char *what, const char *how, struct error *error)
{
    return error_set(error, "%.*s: %s; %s", STR_ARG(document->name), what, how);
}

/* Files that are known and cannot be read. */
static bool
is_foreign(const struct document *document, struct str raw, struct error *error)
{
    static const char *const office =
        "convert it to plain text first: soffice --headless --convert-to txt FILE";
    static const char *const archive = "unpack it first: unzip FILE";
    static const char *const picture = "read its text first: tesseract FILE - -l ita";
    static const struct {
        const char *magic;
        const char *what;
        const char *const *how;
    } kinds[] = {
        {"PK\3\4", "is an archive, and no DOCX or ODT file", &archive},
        {"\xD0\xCF\x11\xE0", "is an old or encrypted Office file", &office},
        {"{\\rtf", "is an RTF file", &office},
        {"\x89PNG", "is a PNG picture", &picture},
        {"\xFF\xD8\xFF", "is a JPEG picture", &picture},
    };

    if (str_starts(raw, STR("\x1F\x8B"))) {
        fail_format(document, "is compressed", "unpack it first: gunzip FILE", error);
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_starts(raw, str_of(kinds[i].magic))) {
            fail_format(document, kinds[i].what, *kinds[i].how, error);
            return true;
        }
    }
    return false;
}

/* ASCII in UTF-16 has a NUL in every pair, always on the same side. */
static bool
looks_utf16(struct str raw, enum encoding *encoding)
{
    size_t pairs = (raw.len < BOUND_SUSPECT_BYTES ? raw.len : BOUND_SUSPECT_BYTES) / 2;
    size_t even = 0;
    size_t odd = 0;

    for (size_t i = 0; i < pairs; i++) {
        even += raw.data[2 * i] == '\0';
        odd += raw.data[2 * i + 1] == '\0';
    }
    *encoding = odd > even ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    return (odd > even ? odd : even) * 10 >= pairs * 6 && (odd > even ? even : odd) * 50 <= pairs &&
           pairs > 0;
}

/* How UTF-8 the bytes are: sequences of two bytes and more, and bytes that fit nowhere. */
static void
count_utf8(struct str raw, size_t at, size_t *good, size_t *bad)
{
    *good = 0;
    *bad = 0;
    while ((at = ascii_end(raw, at, raw.len)) < raw.len) {
        if (utf8_next(raw, &at) == UTF8_BAD)
            ++*bad;
        else
            ++*good;
    }
}

/* Length of the byte order mark. */
static size_t
find_encoding(struct document *document, bool *clean)
{
    struct str raw = document->raw;
    size_t bom = str_starts(raw, STR("\xEF\xBB\xBF")) ? 3 : 0;
    size_t good;
    size_t bad;

    *clean = false;
    if (str_starts(raw, STR("\xFF\xFE")) || str_starts(raw, STR("\xFE\xFF"))) {
        document->encoding = raw.data[0] == '\xFF' ? ENCODING_UTF16LE : ENCODING_UTF16BE;
        return 2;
    }
    if (!bom && looks_utf16(raw, &document->encoding))
        return 0;
    count_utf8(raw, bom, &good, &bad);
    *clean = bad == 0;
    if (bad == 0 || bom || (good > bad && bad <= raw.len / BAD_PER_GOOD + 1))
        document->encoding = ENCODING_UTF8;
    else
        document->encoding = ENCODING_WINDOWS1252;
    return bom;
}

/* Decodes from *at up to `limit` or a little more; out may be NULL: only counts. */
static size_t
decode_some(const struct document *document, size_t *at, size_t limit, char *out, size_t *bad)
{
    struct str raw = document->raw;
    bool wide = document->encoding == ENCODING_UTF16LE || document->encoding == ENCODING_UTF16BE;
    char bytes[4];
    size_t len = 0;

    while (*at < limit) {
        size_t end = wide ? *at : ascii_end(raw, *at, limit);
        uint32_t c;

        if (out && end > *at)
            memcpy(out + len, raw.data + *at, end - *at);
        len += end - *at;
        *at = end;
        if (end >= limit)
            break;
        c = decode_next(document->encoding, raw, at);
        *bad += c == UTF8_BAD;
        len += utf8_put(c == UTF8_BAD ? 0xFFFD : c, out ? out + len : bytes);
    }
    return len;
}

static void
convert(struct document *document, size_t bom, size_t len)
{
    char *out = arena_new(document->arena, char, len + 1);
    size_t raw_len = document->raw.len;
    size_t written = 0;
    size_t bad = 0;

    array_reserve(document->arena, &document->origin, raw_len / POINT_DISTANCE + 1);
    for (size_t at = bom; at < raw_len;) {
        struct origin_point point = {(uint32_t)written, (uint32_t)at};
        size_t limit = raw_len - at < POINT_DISTANCE ? raw_len : at + POINT_DISTANCE;

        array_push(document->arena, &document->origin, point);
        written += decode_some(document, &at, limit, out + written, &bad);
    }
    document->text = (struct str){out, written};
    if (bad)
        document_note(document, "note.bad-bytes", (uint32_t)bad);
}

/* Control characters that a text has no use for. */
static bool
is_binary(struct str text)
{
    size_t len = text.len < BOUND_SUSPECT_BYTES ? text.len : BOUND_SUSPECT_BYTES;
    size_t controls = 0;

    if (text.len && memchr(text.data, '\0', text.len))
        return true;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text.data[i];

        controls += (c < 0x20 && !(c >= '\b' && c <= '\r') && c != 0x1B) || c == 0x7F;
    }
    return controls * 50 > len + 200; /* a stray few are harmless in a short text, too */
}

bool
decode_document(struct document *document, struct error *error)
{
    struct str raw = document->raw;
    size_t bad = 0;
    size_t at;
    size_t bom;
    size_t len;
    bool clean;

    if (is_foreign(document, raw, error))
        return false;
    bom = find_encoding(document, &clean);
    at = bom;
    len = clean ? raw.len - bom : decode_some(document, &at, raw.len, NULL, &bad);
    if (len >= UINT32_MAX || raw.len >= UINT32_MAX)
        return error_set(error, "%.*s: is larger than 4 GB; split it", STR_ARG(document->name));
    if (clean && bom == 0)
        document->text = raw;
    else
        convert(document, bom, len);
    if (is_binary(document->text))
        return error_set(error, "%.*s: is no text but binary data; convert it to plain text first",
                         STR_ARG(document->name));
    return true;
}
