#include <stdio.h>

int main(void) {
    int x = 100;
    x += 5;
    x -= 3;
    x *= 2;
    x /= 3;
    x %= 50;
    x <<= 3;
    x >>= 1;
    x |= 0x101;
    x &= 0x1ff;
    x ^= 0x55;
    printf("%d\n", x);
    unsigned char u = 250;
    u += 10;
    printf("%d\n", u);
    short s = 1;
    s <<= 15;
    printf("%d\n", s);
    double d = 10;
    d /= 4;
    d -= 0.25;
    printf("%g\n", d);
    int i = 7;
    i *= 1.5;
    printf("%d\n", i);
    char c = 'a';
    c -= 32;
    printf("%c\n", c);
    long long ll = 1;
    ll <<= 40;
    ll += x;
    printf("%lld\n", ll);
    return 0;
}
