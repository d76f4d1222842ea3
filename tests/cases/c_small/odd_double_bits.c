#include <stdio.h>
#include <string.h>

int main(void) {
    double d[] = { 1, -2, 0.1, 1e300, 5e-324 };
    for (int i = 0; i < 5; i++) {
        unsigned long long u;
        memcpy(&u, &d[i], 8);
        printf("%d %d %llx\n", (int)(u >> 63), (int)(u >> 52 & 0x7ff), u & 0xfffffffffffffull);
    }
    float f = 3.14159f;
    unsigned w;
    memcpy(&w, &f, 4);
    printf("%08x\n", w);
    w = 0x5f3759df - (w >> 1);
    memcpy(&f, &w, 4);
    f *= 1.5f - 0.5f * 3.14159f * f * f;
    printf("%.5f\n", f);
    return 0;
}
