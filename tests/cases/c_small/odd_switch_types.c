#include <stdio.h>

static int f(long long v) {
    switch (v) {
        case -1: return 1;
        case 1ll << 40: return 2;
        case 0 ... 9: return 3;
        default: return 4;
    }
}

static int g(unsigned char c) {
    switch (c) {
        case 'a': return 1;
        case 255: return 2;
        case 256 - 1 - 1: return 3;
    }
    return 0;
}

int main(void) {
    printf("%d%d%d%d %d%d%d%d\n", f(-1), f(1ll << 40), f(5), f(10), g('a'), g(255), g(254), g(0));
    enum {
        P, Q, R
    } e = Q;
    switch (e) {
        case P: puts("P");
        break;
        case Q: case R: puts("QR");
    }
    return 0;
}
