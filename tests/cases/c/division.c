/* Division truncates toward zero; the remainder takes the dividend's sign. By constants and not. */
#include <stdio.h>

static int values[] = {0, 1, -1, 2, -2, 7, -7, 100, -100, 32767, -32768, 2147483647, -2147483647 - 1};

int main(void) {
    int n = (int)(sizeof values / sizeof values[0]);
    for (int i = 0; i < n; i++) {
        int v = values[i];
        unsigned u = (unsigned)v;
        printf("%d: %d %d %d %d %d %d %d %d", v, v / 2, v % 2, v / 3, v % 3, v / -7, v % -7, v / 16, v % 16);
        printf(" %d %d %u %u %u %u\n", v / 10, v % 10, u / 3, u % 3, u / 8, u % 1000);
    }
    for (int i = 0; i < n; i++)
        for (int j = 1; j < n; j++) {
            if (values[i] == -2147483647 - 1 && values[j] == -1) continue;
            int q = values[i] / values[j], r = values[i] % values[j];
            if (q * values[j] + r != values[i]) printf("wrong: %d %d\n", values[i], values[j]);
        }
    long long ll = -1234567890123ll;
    unsigned long long ull = 12345678901234567890ull;
    printf("%lld %lld %llu %llu\n", ll / 1000, ll % 1000, ull / 1000, ull % 1000);
    printf("%lld %lld\n", ll / 7777777777ll, ll % -7777777777ll);
    signed char c = -128, d = -1;
    printf("%d %d\n", c / d, c % d);
    unsigned short s = 65535;
    printf("%d %d\n", s / 256, s % 256);
    return 0;
}
