/*
 * The only file that knows json-c.  Running out of memory ends the program, as everywhere.
 */

#include "report/json.h"

#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>

#include "base/arena.h"

static struct json_object *
checked(struct json_object *value)
{
    if (!value)
        arena_exhausted();
    return value;
}

static void
put(struct json_object *map, const char *key, struct json_object *value)
{
    if (json_object_object_add(map, key, checked(value)) != 0)
        arena_exhausted();
}

static void
add(struct json_object *list, struct json_object *value)
{
    if (json_object_array_add(list, checked(value)) != 0)
        arena_exhausted();
}

static struct json_object *
string(struct str s)
{
    return json_object_new_string_len(s.data ? s.data : "", (int)s.len);
}

struct json_object *
json_map(void)
{
    return checked(json_object_new_object());
}

struct json_object *
json_list(void)
{
    return checked(json_object_new_array());
}

struct json_object *
json_put_map(struct json_object *map, const char *key)
{
    struct json_object *child = json_map();

    put(map, key, child);
    return child;
}

struct json_object *
json_put_list(struct json_object *map, const char *key)
{
    struct json_object *child = json_list();

    put(map, key, child);
    return child;
}

void
json_put_str(struct json_object *map, const char *key, struct str s)
{
    put(map, key, string(s));
}

void
json_put_number(struct json_object *map, const char *key, uint64_t number)
{
    put(map, key, json_object_new_uint64(number));
}

void
json_put_signed(struct json_object *map, const char *key, int64_t number)
{
    put(map, key, json_object_new_int64(number));
}

void
json_put_decimal(struct json_object *map, const char *key, double number)
{
    uint64_t hundredths = number > 0 && number < 1e12 ? (uint64_t)(number * 100 + 0.5) : 0;
    char digits[32];

    snprintf(digits, sizeof digits, "%" PRIu64 ".%02u", hundredths / 100,
             (unsigned)(hundredths % 100));
    put(map, key, json_object_new_double_s((double)hundredths / 100, digits));
}

void
json_put_bool(struct json_object *map, const char *key, bool value)
{
    put(map, key, json_object_new_boolean(value));
}

struct json_object *
json_add_map(struct json_object *list)
{
    struct json_object *child = json_map();

    add(list, child);
    return child;
}

void
json_add_str(struct json_object *list, struct str s)
{
    add(list, string(s));
}

void
json_add_number(struct json_object *list, uint64_t number)
{
    add(list, json_object_new_uint64(number));
}

struct json_object *
json_read(struct str text, struct error *error)
{
    struct json_tokener *tokener = json_tokener_new();
    if (!tokener)
        arena_exhausted();
    struct json_object *value = json_tokener_parse_ex(tokener, text.data, (int)text.len);
    enum json_tokener_error state = json_tokener_get_error(tokener);
    size_t at = json_tokener_get_parse_end(tokener);
    json_tokener_free(tokener);
    if (value && state == json_tokener_success)
        return value;
    json_object_put(value);
    error_set(error, "no JSON from byte %zu on: %s", at,
              state == json_tokener_success ? "nothing there" : json_tokener_error_desc(state));
    return NULL;
}

void
json_free(struct json_object *value)
{
    json_object_put(value);
}

struct json_object *
json_get(const struct json_object *map, const char *key)
{
    struct json_object *value = NULL;
    if (json_object_is_type(map, json_type_object))
        json_object_object_get_ex(map, key, &value);
    return value;
}

static struct str
string_of(struct json_object *value)
{
    if (!json_object_is_type(value, json_type_string))
        return STR("");
    return (struct str){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
}

struct str
json_get_str(const struct json_object *map, const char *key)
{
    return string_of(json_get(map, key));
}

struct str
json_str_at(const struct json_object *list, uint32_t index)
{
    return string_of(json_at(list, index));
}

bool
json_get_bool(const struct json_object *map, const char *key)
{
    struct json_object *value = json_get(map, key);
    return json_object_is_type(value, json_type_boolean) && json_object_get_boolean(value);
}

static int64_t
number_of(const struct json_object *value, int64_t absent)
{
    return json_object_is_type(value, json_type_int) ? json_object_get_int64(value) : absent;
}

int64_t
json_get_number(const struct json_object *map, const char *key, int64_t absent)
{
    return number_of(json_get(map, key), absent);
}

uint32_t
json_count(const struct json_object *list)
{
    return json_object_is_type(list, json_type_array) ? (uint32_t)json_object_array_length(list)
                                                      : 0;
}

struct json_object *
json_at(const struct json_object *list, uint32_t index)
{
    return index < json_count(list) ? json_object_array_get_idx(list, index) : NULL;
}

int64_t
json_number_at(const struct json_object *list, uint32_t index, int64_t absent)
{
    return number_of(json_at(list, index), absent);
}

static void
write_value(struct out *out, struct json_object *value, size_t drop)
{
    size_t length = 0;
    const char *text = json_object_to_json_string_length(
        value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &length);

    if (!text)
        arena_exhausted();
    out_str(out, (struct str){text, length - drop});
    json_object_put(value);
}

void
json_write(struct out *out, struct json_object *value)
{
    write_value(out, value, 0);
}

void
json_write_open(struct out *out, struct json_object *map)
{
    write_value(out, map, 1);
}
