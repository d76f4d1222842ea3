#include <stdio.h>

union u {
    float f;
    unsigned i;
    unsigned char b[4];
    double d;
    unsigned long long q;
};
int main(void) {
    union u x = { .f = 1.0f };
    printf("%x %d\n", x.i, x.b[3]);
    x.i ^= 0x80000000u;
    printf("%g\n", x.f);
    x.d = -2.5;
    printf("%llx\n", x.q);
    x.q = 0x4000000000000000ull;
    printf("%g\n", x.d);
    return 0;
}
