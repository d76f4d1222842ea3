#include <stdio.h>

static unsigned crc(const char *s) {
    unsigned c = ~0u;
    while (*s) {
        c ^= (unsigned char)*s++;
        for (int k = 0; k < 8; k++) c = c >> 1 ^ (0xedb88320u & -(c & 1));
    }
    return ~c;
}

static unsigned fletcher(const char *s) {
    unsigned a = 0, b = 0;
    while (*s) a = (a + (unsigned char)*s++) % 255, b = (b + a) % 255;
    return b << 8 | a;
}

static unsigned fnv(const char *s) {
    unsigned h = 2166136261u;
    while (*s) h = (h ^ (unsigned char)*s++) * 16777619u;
    return h;
}

int main(void) {
    printf("%08x %04x %08x\n", crc("123456789"), fletcher("abcde"), fnv("hello"));
    return 0;
}
