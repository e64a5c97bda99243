/* FNV-1a for tables and fingerprints, SHA-256 for the identity of a document. */

#include "base/hash.h"

uint64_t
hash_more(uint64_t state, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        state ^= (unsigned char)s.data[i];
        state *= UINT64_C(0x100000001b3);
    }
    return state;
}

/* FNV leaves the upper bits of short keys alike; two rounds of multiply and fold spread them. */
uint64_t
hash_end(uint64_t state)
{
    state ^= state >> 33;
    state *= UINT64_C(0xff51afd7ed558ccd);
    state ^= state >> 33;
    state *= UINT64_C(0xc4ceb9fe1a85ec53);
    state ^= state >> 33;
    return state;
}

uint64_t
hash_str(struct str s)
{
    return hash_end(hash_more(HASH_SEED, s));
}

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t
rotate(uint32_t x, unsigned by)
{
    return x >> by | x << (32 - by);
}

static void
expand(uint32_t w[64], const unsigned char *block)
{
    for (size_t i = 0; i < 16; i++) {
        const unsigned char *p = block + 4 * i;

        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = w[i - 15];
        uint32_t b = w[i - 2];

        w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
}

/*
 * One round.  The eight words turn by one place a round; naming them in turn, eight rounds a loop,
 * saves moving them.
 */
static inline void
turn(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f, uint32_t g,
     uint32_t *h, uint32_t input)
{
    uint32_t one =
        *h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + input;

    *d += one;
    *h = one + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

static void
sha256_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64];
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];

    expand(w, block);
    for (size_t i = 0; i < 64; i += 8) {
        const uint32_t *k = round_constants + i;

        turn(a, b, c, &d, e, f, g, &h, w[i] + k[0]);
        turn(h, a, b, &c, d, e, f, &g, w[i + 1] + k[1]);
        turn(g, h, a, &b, c, d, e, &f, w[i + 2] + k[2]);
        turn(f, g, h, &a, b, c, d, &e, w[i + 3] + k[3]);
        turn(e, f, g, &h, a, b, c, &d, w[i + 4] + k[4]);
        turn(d, e, f, &g, h, a, b, &c, w[i + 5] + k[5]);
        turn(c, d, e, &f, g, h, a, &b, w[i + 6] + k[6]);
        turn(b, c, d, &e, f, g, h, &a, w[i + 7] + k[7]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

void
hash_sha256(struct str s, char hex[65])
{
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    unsigned char tail[128] = {0};
    const unsigned char *data = (const unsigned char *)s.data;
    size_t whole = s.len / 64 * 64;
    size_t rest = s.len - whole;
    size_t tail_len = rest < 56 ? 64 : 128; /* one byte 80 and eight of length must follow */
    uint64_t bits = (uint64_t)s.len * 8;

    for (size_t i = 0; i < whole; i += 64)
        sha256_block(state, data + i);
    if (rest)
        memcpy(tail, data + whole, rest);
    tail[rest] = 0x80;
    for (size_t i = 0; i < 8; i++)
        tail[tail_len - 1 - i] = (unsigned char)(bits >> 8 * i);
    for (size_t i = 0; i < tail_len; i += 64)
        sha256_block(state, tail + i);
    for (size_t i = 0; i < 64; i++)
        hex[i] = "0123456789abcdef"[state[i / 8] >> (28 - i % 8 * 4) & 15];
    hex[64] = '\0';
}
