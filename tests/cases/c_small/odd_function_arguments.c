#include <stdio.h>

static int f(int a, int b, int c, int d, int e, int g, int h, int i, int j, int k) {
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * g + 7 * h + 8 * i + 9 * j + 10 * k;
}

static double m(char c, float f, short s, double d, long long l, unsigned char u) {
    return c + f + s + d + (double)l + u;
}

int main(void) {
    printf("%d\n", f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    printf("%.3f\n", m('a', 0.5f, -7, 1e3, 1ll << 33, 255));
    return 0;
}
