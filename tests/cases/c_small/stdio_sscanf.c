#include <stdio.h>

int main(void) {
    int a, b, c;
    char w[10], r[10];
    float f;
    double d;
    printf("%d ", sscanf("10 0x1f 077", "%d %i %i", &a, &b, &c));
    printf("%d %d %d\n", a, b, c);
    printf("%d ", sscanf("3.5 2.25e1 word", "%f %lf %9s", &f, &d, w));
    printf("%g %g %s\n", f, d, w);
    printf("%d ", sscanf("key=value", "%[^=]=%s", w, r));
    printf("%s %s\n", w, r);
    printf("%d %d\n", sscanf("12:34", "%d:%d", &a, &b), sscanf("x", "%d", &c));
    printf("%d %d\n", a, b);
    printf("%d\n", sscanf("", "%d", &a));
    return 0;
}
