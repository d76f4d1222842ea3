#include <stdio.h>

struct f {
    unsigned a : 3, b : 5;
    int c : 4;
    unsigned : 0;
    unsigned d : 1, e : 31;
};
int main(void) {
    struct f x = { 5, 17, -3, 1, 123456789 };
    x.a += 4;
    x.c--;
    x.d ^= 1;
    printf("%u %u %d %u %u\n", x.a, x.b, x.c, x.d, x.e);
    struct f y = x;
    y.b = 33;
    y.c = 7;
    y.c++;
    printf("%u %d %d\n", y.b, y.c, (int)sizeof y);
    unsigned char *p = (unsigned char *)&x;
    printf("%x %x\n", p[0], p[1] & 15);
    return 0;
}
