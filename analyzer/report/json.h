#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "base/out.h"
#include "base/str.h"

/*
 * JSON values, one document or result at a time; keys keep the order they were put in.  What is
 * put into a value belongs to it; json_write frees the outermost.
 */
struct json_object;

struct json_object *json_map(void);
struct json_object *json_list(void);
/* Each of the json_put_ adds key and value to a map, each of the json_add_ a value to a list. */
struct json_object *json_put_map(struct json_object *map, const char *key);
struct json_object *json_put_list(struct json_object *map, const char *key);
void json_put_str(struct json_object *map, const char *key, struct str s);
void json_put_number(struct json_object *map, const char *key, uint64_t number);
void json_put_signed(struct json_object *map, const char *key, int64_t number);
/* Not below 0; two decimals, whatever the locale. */
void json_put_decimal(struct json_object *map, const char *key, double number);
void json_put_bool(struct json_object *map, const char *key, bool value);
struct json_object *json_add_map(struct json_object *list);
void json_add_str(struct json_object *list, struct str s);
void json_add_number(struct json_object *list, uint64_t number);

/*
 * Reading.  Anybody may have written it, so whatever is not there, or of another kind, is NULL,
 * empty or `absent`; strings belong to the outermost value.
 */
struct json_object *json_read(struct str text, struct error *error);
void json_free(struct json_object *value);
struct json_object *json_get(const struct json_object *map, const char *key);
struct str json_get_str(const struct json_object *map, const char *key);
int64_t json_get_number(const struct json_object *map, const char *key, int64_t absent);
uint32_t json_count(const struct json_object *list);
struct json_object *json_at(const struct json_object *list, uint32_t index);
bool json_get_bool(const struct json_object *map, const char *key);
struct str json_str_at(const struct json_object *list, uint32_t index);
int64_t json_number_at(const struct json_object *list, uint32_t index, int64_t absent);

/* On one line, slashes not escaped; frees. */
void json_write(struct out *out, struct json_object *value);
/* A map that is not empty, without its closing bracket: more members follow, written by hand. */
void json_write_open(struct out *out, struct json_object *map);

#endif
