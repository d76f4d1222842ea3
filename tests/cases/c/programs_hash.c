/* CRC-32, Adler-32, FNV-1a 64, MD5-like mixing, base64, run lengths: byte and word twiddling. */
#include <stdio.h>
#include <string.h>

static unsigned table[256];
static void prepare(void) { for (unsigned i = 0; i < 256; i++) { unsigned c = i; for (int k = 0; k < 8; k++) c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1; table[i] = c; } }
static unsigned crc(const unsigned char *p, int n) { unsigned c = ~0u; while (n--) c = table[(c ^ *p++) & 255] ^ c >> 8; return ~c; }
static unsigned adler(const unsigned char *p, int n) { unsigned a = 1, b = 0; while (n--) { a = (a + *p++) % 65521; b = (b + a) % 65521; } return b << 16 | a; }
static unsigned long long fnv(const unsigned char *p, int n) { unsigned long long h = 0xcbf29ce484222325ull; while (n--) { h ^= *p++; h *= 0x100000001b3ull; } return h; }
static unsigned rotate(unsigned x, int n) { return x << n | x >> (32 - n); }
static unsigned mix(const unsigned char *p, int n) {
    unsigned a = 0x67452301, b = 0xefcdab89, c = 0x98badcfe, d = 0x10325476;
    for (int i = 0; i < n; i++) {
        unsigned f = i & 1 ? (b & c) | (~b & d) : b ^ c ^ d;
        unsigned t = d;
        d = c; c = b;
        b += rotate(a + f + p[i] * 0x9e3779b9u, i % 31 + 1);
        a = t;
    }
    return a ^ b ^ c ^ d;
}
static void base64(char *to, const unsigned char *p, int n) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < n; i += 3) {
        unsigned v = (unsigned)p[i] << 16 | (i + 1 < n ? p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
        *to++ = digits[v >> 18];
        *to++ = digits[v >> 12 & 63];
        *to++ = i + 1 < n ? digits[v >> 6 & 63] : '=';
        *to++ = i + 2 < n ? digits[v & 63] : '=';
    }
    *to = 0;
}
static int runs(unsigned char *to, const char *p) { int k = 0; while (*p) { int n = 1; while (p[n] == *p && n < 9) n++; to[k++] = (unsigned char)('0' + n); to[k++] = (unsigned char)*p; p += n; } to[k] = 0; return k; }

int main(void) {
    const char *texts[] = {"", "a", "123456789", "The quick brown fox jumps over the lazy dog", "\xff\x80 high"};
    prepare();
    for (int i = 0; i < 5; i++) {
        const unsigned char *p = (const unsigned char *)texts[i];
        int n = (int)strlen(texts[i]);
        char encoded[80];
        base64(encoded, p, n);
        printf("%08x %08x %016llx %08x %s\n", crc(p, n), adler(p, n), fnv(p, n), mix(p, n), encoded);
    }
    unsigned char packed[64];
    int k = runs(packed, "aaabccddddddddddddd");
    printf("%d %s\n", k, packed);
    return 0;
}
