#include <stdio.h>

typedef struct {
    double re, im;
} complex_t;
static complex_t add(complex_t a, complex_t b) {
    return (complex_t){ a.re + b.re, a.im + b.im };
}

static complex_t mul(complex_t a, complex_t b) {
    return (complex_t){ a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re };
}

int main(void) {
    complex_t z = { 0, 0 }, c = { -0.5, 0.5 };
    for (int i = 0; i < 5; i++) {
        z = add(mul(z, z), c);
        printf("%.4f %.4f\n", z.re, z.im);
    }
    printf("%.2f\n", mul(add(c, c), (complex_t){ 2, 0 }).re);
    return 0;
}
