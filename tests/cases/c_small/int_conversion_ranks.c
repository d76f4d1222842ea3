#include <stdio.h>

int main(void) {
    unsigned u = 1;
    int i = -1;
    long l = -1;
    unsigned char c = 255;
    signed char s = -1;
    unsigned short h = 65535;
    long long ll = -1;
    printf("%d %d %d\n", i < u, l < u, ll < u);
    printf("%d %d %d\n", c == s, (unsigned char)s == c, h == (unsigned short)-1);
    printf("%d %d\n", c + 1, (unsigned char)(c + 1));
    printf("%u %d\n", u - 2, (int)(u - 2));
    printf("%llu\n", (unsigned long long)i);
    printf("%d %d\n", -1 >> 1, (int)(-1u >> 1));
    printf("%d %d\n", 7 / -2, 7 % -2);
    printf("%d %d\n", -7 / 2, -7 % 2);
    return 0;
}
