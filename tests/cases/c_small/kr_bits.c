#include <stdio.h>

static unsigned getbits(unsigned x, int p, int n) {
    return (x >> (p + 1 - n)) & ~(~0u << n);
}

static unsigned setbits(unsigned x, int p, int n, unsigned y) {
    unsigned m = ~(~0u << n) << (p + 1 - n);
    return (x & ~m) | ((y << (p + 1 - n)) & m);
}

static unsigned invert(unsigned x, int p, int n) {
    return x ^ (~(~0u << n) << (p + 1 - n));
}

static unsigned rightrot(unsigned x, int n) {
    return x >> n | x << (32 - n);
}

static int bitcount(unsigned x) {
    int b;
    for (b = 0; x != 0; x &= x - 1) b++;
    return b;
}

int main(void) {
    printf("%x %x %x %x %d\n", getbits(0xabcd, 11, 8), setbits(0xffff, 7, 4, 5), invert(0xf0f0, 7, 8), rightrot(0x12345678, 8), bitcount(0xdeadbeef));
    return 0;
}
