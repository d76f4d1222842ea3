#include <stdio.h>

typedef int fix;
static fix mul(fix a, fix b) {
    return (fix)((long long)a * b >> 16);
}

static fix divide(fix a, fix b) {
    return (fix)(((long long)a << 16) / b);
}

static fix root(fix v) {
    fix x = v;
    for (int i = 0; i < 20; i++) x = (x + divide(v, x)) / 2;
    return x;
}

int main(void) {
    fix a = 3 << 16 | 0x8000, b = -(2 << 16);
    printf("%d %d %d\n", mul(a, b), divide(a, b), root(2 << 16));
    printf("%.4f\n", root(2 << 16) / 65536.0);
    return 0;
}
