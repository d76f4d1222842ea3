#include <stdio.h>

int main(void) {
    double v[] = { 0.5, -0.5, 1e6 + 0.7, -123.999, 2147483646.5, 4294967295.0 };
    for (int i = 0; i < 5; i++) printf("%d %lld\n", (int)v[i], (long long)v[i]);
    printf("%u %u\n", (unsigned)v[5], (unsigned)3e9);
    printf("%d %d\n", (char)65.9, (short)1234.5);
    printf("%llu\n", (unsigned long long)1.8e19);
    unsigned long long u = 1ull << 63;
    printf("%.0f %.0f\n", (double)u, (double)(float)u);
    return 0;
}
