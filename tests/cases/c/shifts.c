/* Shifts: the left operand alone decides the type; right shifts of negative values keep the sign. */
#include <stdio.h>

int main(void) {
    volatile int n = 5;
    int x = -1000;
    unsigned u = 0xF0000000u;
    long long ll = -1000000000000ll;
    unsigned long long ull = 0xF000000000000000ull;
    signed char c = -128;
    unsigned short us = 0x8001;
    printf("%d %d %d\n", x >> n, x >> 31, x >> 0);
    printf("%u %u %u\n", u >> n, u << 3, u >> 31);
    printf("%lld %lld\n", ll >> n, ll >> 63);
    printf("%llu %llu\n", ull >> n, ull << 2);
    printf("%d %d %d\n", c >> 1, c >> 7, (unsigned char)c >> 1);
    printf("%d %d\n", us << 1, (unsigned short)(us << 1));
    printf("%lld\n", 1ll << 40);
    printf("%u\n", 1u << n << n);
    for (int i = 0; i < 32; i += 7) printf("%08x %d ", 1u << i, (1 << i) - 1);
    printf("\n");
    for (int i = 0; i < 64; i += 13) printf("%016llx ", 0x8000000000000000ull >> i);
    printf("\n");
    unsigned r = 0x80000001u;
    for (int i = 1; i < 5; i++) {
        r = r << i | r >> (32 - i);
        printf("%x ", r);
    }
    printf("\n");
    x <<= 2; u >>= 4; ll <<= 1; c >>= 2;
    printf("%d %u %lld %d\n", x, u, ll, c);
    return 0;
}
