#include <stdio.h>

int main(void) {
    unsigned a = 4000000000u, b = 3000000000u;
    printf("%u %llu\n", a * b, (unsigned long long)a * b);
    long long x = 3037000500ll;
    printf("%lld\n", x * 1000);
    int i = 46341;
    printf("%u\n", (unsigned)i * i);
    unsigned long long m = 0xffffffffffffffffull;
    printf("%llu %llu %llu\n", m * m, m / 10, m % 1000000007);
    return 0;
}
