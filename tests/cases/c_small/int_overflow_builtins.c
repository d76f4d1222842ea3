#include <stdio.h>
#include <limits.h>

int main(void) {
    int r;
    long long l;
    unsigned u;
    printf("%d ", __builtin_add_overflow(INT_MAX, 1, &r));
    printf("%d\n", r);
    printf("%d ", __builtin_mul_overflow(100000, 100000, &r));
    printf("%d\n", r);
    printf("%d ", __builtin_mul_overflow(100000, 100000, &l));
    printf("%lld\n", l);
    printf("%d ", __builtin_sub_overflow(3u, 5u, &u));
    printf("%u\n", u);
    return 0;
}
