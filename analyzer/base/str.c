/* String views: comparison, search, fields, globs, numbers and edit distance. */

#define _GNU_SOURCE /* memmem: linear whatever the needle */

#include "base/str.h"

int
str_compare(struct str a, struct str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.data, b.data, common) : 0;

    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool
str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_equal(str_slice(s, 0, prefix.len), prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_equal(str_slice(s, s.len - suffix.len, s.len), suffix);
}

size_t
str_find(struct str s, struct str needle)
{
    const char *found;

    if (needle.len == 0)
        return 0;
    if (needle.len > s.len)
        return s.len;
    found = memmem(s.data, s.len, needle.data, needle.len);
    return found ? (size_t)(found - s.data) : s.len;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

struct str
str_trim(struct str s)
{
    size_t begin = 0;
    size_t end = s.len;

    while (begin < end && is_blank(s.data[begin]))
        begin++;
    while (end > begin && is_blank(s.data[end - 1]))
        end--;
    return begin || end != s.len ? str_slice(s, begin, end) : s;
}

static bool
cut_word(struct str *rest, struct str *field)
{
    size_t end = 0;

    *rest = str_trim(*rest);
    if (rest->len == 0)
        return false;
    while (end < rest->len && !is_blank(rest->data[end]))
        end++;
    *field = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return true;
}

/*
 * A trailing separator ends the last field, it does not begin an empty one: "a,b," has two
 * fields.  So an empty rest always means that nothing is left.
 */
bool
str_cut(struct str *rest, char separator, struct str *field)
{
    const char *found;
    size_t end;

    if (separator == ' ')
        return cut_word(rest, field);
    if (rest->len == 0)
        return false;
    found = memchr(rest->data, separator, rest->len);
    end = found ? (size_t)(found - rest->data) : rest->len;
    *field = str_trim(str_slice(*rest, 0, end));
    *rest = str_slice(*rest, found ? end + 1 : end, rest->len);
    return true;
}

/* Remembers only the last star: what an earlier one could still give, the last one can too. */
bool
str_glob(struct str pattern, struct str s)
{
    size_t p = 0;
    size_t i = 0;
    size_t star = SIZE_MAX; /* pattern offset behind the last star */
    size_t tried = 0;       /* where in s that star's text ends for now */

    while (i < s.len) {
        if (p < pattern.len && pattern.data[p] == '*') {
            star = ++p;
            tried = i;
        } else if (p < pattern.len && (pattern.data[p] == '?' || pattern.data[p] == s.data[i])) {
            p++;
            i++;
        } else if (star != SIZE_MAX) {
            p = star;
            i = ++tried;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.data[p] == '*')
        p++;
    return p == pattern.len;
}

bool
str_number(struct str s, int64_t *value)
{
    bool negative = s.len > 0 && s.data[0] == '-';
    uint64_t limit = negative ? UINT64_C(1) << 63 : (UINT64_C(1) << 63) - 1;
    uint64_t sum = 0;

    if (s.len == (size_t)negative)
        return false;
    for (size_t i = negative; i < s.len; i++) {
        unsigned digit = (unsigned)(unsigned char)s.data[i] - '0';

        if (digit > 9 || sum > (limit - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    if (negative)
        *value = sum == limit ? INT64_MIN : -(int64_t)sum;
    else
        *value = (int64_t)sum;
    return true;
}

bool
str_is_date(struct str s)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t year, month, day;
    if (s.len != 10 || s.data[4] != '-' || s.data[7] != '-' ||
        !str_number(str_slice(s, 0, 4), &year) || !str_number(str_slice(s, 5, 7), &month) ||
        !str_number(str_slice(s, 8, 10), &day) || year < 1 || month < 1 || month > 12)
        return false;
    bool leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day >= 1 && day <= days[month - 1] + leap;
}

enum {
    DISTANCE_MAX = 64, /* names, options, rule ids; also bounds the square below */
};

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t
str_distance(struct str a, struct str b)
{
    size_t rows[3][DISTANCE_MAX + 1];
    size_t *before = rows[0]; /* two rows up, for a swap of neighbours */
    size_t *above = rows[1];
    size_t *row = rows[2];
    size_t a_len = least(a.len, DISTANCE_MAX);
    size_t b_len = least(b.len, DISTANCE_MAX);

    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *spare = before;

        before = above;
        above = row;
        row = spare;
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t change = a.data[i - 1] == b.data[j - 1] ? 0 : 1;

            row[j] = least(above[j - 1] + change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return row[b_len];
}
