#include <stdio.h>

int main(void) {
    int v[] = { 7, -7, 100, -100, 1, 0 }, d[] = { 2, -2, 3, -3, 7, 10 };
    for (int i = 0; i < 6; i++) for (int j = 0; j < 6; j++) printf("%d/%d ", v[i] / d[j], v[i] % d[j]);
    printf("\n");
    printf("%u %u\n", 4294967295u / 10, 4294967295u % 16);
    printf("%lld %lld\n", -9000000000ll / 7, -9000000000ll % 7);
    int x = -13;
    printf("%d %d %d %d\n", x / 4, x >> 2, x % 8, x & 7);
    return 0;
}
