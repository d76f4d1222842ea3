/* Usual arithmetic conversions, promotions, sign and zero extension. */
#include <stdio.h>

int main(void) {
    signed char sc = -1;
    unsigned char uc = 255;
    short ss = -2;
    unsigned short us = 65534;
    int i = -3;
    unsigned u = 3;
    long long ll = -4;
    unsigned long long ull = 4;

    printf("%d %d %d\n", sc == uc, sc == (signed char)uc, (unsigned char)sc == uc);
    printf("%d %d\n", i < (int)u, i < u);
    printf("%d %d %d\n", ll < ull, ll < u, sc < us);
    printf("%u %u\n", (unsigned)sc, (unsigned)uc);
    printf("%llu %llu %llu\n", (unsigned long long)sc, (unsigned long long)us, (unsigned long long)i);
    printf("%lld %lld %lld\n", (long long)ss, (long long)us, (long long)u);
    printf("%lld\n", (long long)(unsigned)i);
    printf("%d %d\n", (int)ll, (int)(ull << 33 | 7));
    printf("%d %d %d\n", (short)70000, (signed char)300, (unsigned char)-1);
    printf("%d\n", sc + uc);
    printf("%u\n", u - 4);
    printf("%lld\n", u - 4 + 0ll);
    printf("%lld\n", i + 0ll);
    printf("%d\n", -uc);
    printf("%d %d\n", ~uc, (unsigned char)~uc);
    printf("%d %u\n", !uc, -u);
    printf("%d\n", (sc >> 1) + (uc >> 1));
    printf("%d %d\n", (int)sizeof(sc + sc), (int)sizeof(sc + ll));
    printf("%d\n", -1 < 1u ? 1 : 2);
    printf("%d\n", 1 ? -1 : 0u) ;
    printf("%lld\n", 1 ? -1 : 0ll);
    printf("%lld\n", (long long)(1 ? -1 : 0u));
    _Bool t = 256, f = 0, h = 0.5;
    printf("%d %d %d %d\n", t, f, h, (int)sizeof t);
    t = (_Bool)&i;
    f = (char)256;
    printf("%d %d %d\n", t, f, t + t);
    char c = 'A' + 128;
    printf("%d %d\n", c < 0, c == (char)193);
    return 0;
}
