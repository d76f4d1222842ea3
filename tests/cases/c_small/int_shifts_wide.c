#include <stdio.h>

int main(void) {
    unsigned long long x = 0x0123456789abcdefull;
    for (int i = 0; i < 64; i += 12) printf("%llx %llx %llx\n", x << i, x >> i, (unsigned long long)((long long)~x >> i));
    long long y = -5;
    printf("%lld %lld\n", y >> 1, y << 3);
    return 0;
}
