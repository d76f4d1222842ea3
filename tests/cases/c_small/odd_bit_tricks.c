#include <stdio.h>

static unsigned reverse(unsigned x) {
    x = (x >> 1 & 0x55555555) | (x & 0x55555555) << 1;
    x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2;
    x = (x >> 4 & 0x0f0f0f0f) | (x & 0x0f0f0f0f) << 4;
    x = (x >> 8 & 0x00ff00ff) | (x & 0x00ff00ff) << 8;
    return x >> 16 | x << 16;
}

static unsigned morton(unsigned short x, unsigned short y) {
    unsigned r = 0;
    for (int i = 0; i < 16; i++) r |= (x >> i & 1u) << 2 * i | (y >> i & 1u) << (2 * i + 1);
    return r;
}

static unsigned rotl(unsigned x, int k) {
    return x << (k & 31) | x >> (-k & 31);
}

int main(void) {
    printf("%08x %08x %08x %08x\n", reverse(1), reverse(0x12345678), morton(5, 9), rotl(0x80000001, 4));
    unsigned x = 0xb4;
    printf("%u %u %u %d\n", x & -x, x & (x - 1), x | (x - 1), (x & (x - 1)) == 0);
    int a = 5, b = 9;
    a ^= b;
    b ^= a;
    a ^= b;
    printf("%d %d %d\n", a, b, (a ^ b) < 0);
    return 0;
}
