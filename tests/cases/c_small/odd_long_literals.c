#include <stdio.h>

int main(void) {
    printf("%lld %llu %d\n", 0x7fffffffffffffff, 0xffffffffffffffff, 2147483648 > 0);
    printf("%d %d %d\n", (int)sizeof(2147483648), (int)sizeof(0x80000000), (int)sizeof 1ull);
    printf("%g %g %g %g\n", .5, 5., 1e3, 0x1p-3);
    printf("%d %d %d\n", 017, 0xFf, 'AB' == 'A' * 256 + 'B');
    return 0;
}
