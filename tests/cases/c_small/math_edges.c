#include <math.h>
#include <stdio.h>

typedef union { double value; unsigned long long bits; } word;
typedef union { float value; unsigned bits; } half;

static unsigned state = 12345;

static unsigned next(void) { return state = state * 1664525 + 1013904223; }

/* A number with all bits of its fraction at random and an exponent of `least` or up to `range` more. */
static double some(int least, int range) {
    word w = {.bits = (unsigned long long)next() << 32 ^ next() * 0x9E3779B9ULL};
    w.bits = (w.bits & 0x800FFFFFFFFFFFFFULL) | (unsigned long long)(least + (next() >> 8) % range) << 52;
    return w.value;
}

int main(void) {
    double gammas[] = {150, 160.5, 171, 171.5, 171.624, 172, 0.5, 5, 5.5, -0.5, -20.5, 23, 24, -170.5};
    for (unsigned i = 0; i < sizeof gammas / sizeof *gammas; i++)
        printf("%g %.9e\n", gammas[i], tgamma(gammas[i]));
    printf("%g %g %g\n", tgamma(0.0), tgamma(-0.0), tgamma(INFINITY));
    printf("%d %d\n", isnan(tgamma(-3)) != 0, isnan(tgamma(-INFINITY)) != 0);
    double sines[] = {710, -710, 710.4, 711, 0, -0.0, 1e-5, 30, -3, 700, 701, INFINITY};
    for (unsigned i = 0; i < sizeof sines / sizeof *sines; i++)
        printf("%g %.12e %.12e\n", sines[i], sinh(sines[i]), cosh(sines[i]));
    printf("%g %g %g\n", remainder(-0.0, 1), remainder(-3, 1), remainder(5, 3));
    printf("%a\n", fmaf(0x1.000002p0f, 0x1.000002p0f, 0x1p-60f));
    unsigned long long doubles = 0;
    unsigned floats = 0;
    for (int i = 0; i < 3000; i++) {
        double a = some(1020, 7), b = some(1020, 7), c = i % 3 ? some(940, 160) : -a * b;
        word w = {fma(a, b, c)};
        half h = {fmaf((float)a, (float)b, (float)some(980, 60))};
        doubles = doubles * 31 + w.bits;
        floats = floats * 31 + h.bits;
    }
    printf("%llx %x\n", doubles, floats);
    printf("%a %a %a\n", nexttoward(1, 2), nexttowardf(1, 1 + 1e-12L), nexttowardf(0, -1));
    printf("%a %a\n", nexttowardf(1, 1), (double)nexttowardf(1, NAN) != 0 ? 1.0 : 0.0);
    return 0;
}
