#include <stdio.h>
#include <stdbool.h>

static inline int twice(int x) {
    return x + x;
}

static int first(int n, const int a[static 1]) {
    return a[n > 0];
}

int main(void) {
    _Bool b = 0.5, c = 256;
    long long big = 123456789012LL;
    printf("%d %d %lld %s\n", b, c, big, __func__);
    double h = 0x1.8p3;
    printf("%g %d %d\n", h, twice(4), first(1, (int[]){ 3, 4 }));
    for (int i = 0, n = 2; i < n; i++) {
        int decl = i;
        printf("%d", decl);
    }
    printf("\n");
    bool t = true;
    t += 5;
    printf("%d\n", t);
    return 0;
}
