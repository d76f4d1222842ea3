#include <stdio.h>

static int trace(int n) {
    printf("%d ", n);
    return n;
}

int main(void) {
    int x = (trace(1), trace(2), trace(3));
    printf("= %d\n", x);
    for (int i = 0, j = 10; i < j; i += 3, j--) printf("%d,%d ", i, j);
    printf("\n");
    printf("%d\n", trace(0) && trace(5));
    printf("%d\n", trace(4) || trace(5));
    printf("%d\n", trace(0) ? trace(6) : trace(7));
    double d = 1 ? 2 : 3.5;
    printf("%g\n", d);
    return 0;
}
