#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#include "base/str.h"

/* 64-bit FNV-1a (Fowler, Noll, Vo), finalised; stable across machines and releases. */
uint64_t hash_str(struct str s);
/* Continues a hash, for texts fed in parts. */
#define HASH_SEED UINT64_C(0xcbf29ce484222325)
uint64_t hash_more(uint64_t state, struct str s);
uint64_t hash_end(uint64_t state);
/* SHA-256 (FIPS 180-4) as 64 hexadecimal digits and a NUL. */
void hash_sha256(struct str s, char hex[65]);

#endif
