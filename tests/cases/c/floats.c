/* float and double arithmetic, conversions, comparisons, special values. */
#include <stdio.h>

static float third(float x) { return x / 3; }
static double dthird(double x) { return x / 3; }

int main(void) {
    volatile double zero = 0;
    float f = 0.1f;
    double d = 0.1;
    printf("%.9g %.17g\n", f, d);
    printf("%d %d\n", f == d, (float)d == f);
    printf("%.9g %.17g\n", third(1), dthird(1));
    printf("%.9g\n", f + 0.2f);
    printf("%.17g %.17g\n", f + 0.2, f * d);
    printf("%d %d %d %d\n", (int)2.9, (int)-2.9, (int)2.9f, (int)-0.5);
    printf("%u %lld %llu\n", (unsigned)3000000000.0, (long long)-1e15, (unsigned long long)1e19);
    printf("%d %d\n", (signed char)-100.7, (unsigned char)200.9);
    printf("%.1f %.1f %.1f\n", (double)4294967295u, (double)-5, (double)18446744073709551615ull);
    printf("%.9g %.9g\n", (float)16777217, (float)2147483647);
    printf("%.9g\n", (float)123456789012345ll);
    double inf = 1 / zero, nan = zero / zero;
    printf("%d %d %d\n", inf > 1e308, -inf < -1e308, inf == inf);
    printf("%d %d %d %d %d %d\n", nan == nan, nan != nan, nan < 1, nan > 1, nan <= 1, !(nan >= 1));
    printf("%f %f\n", inf, -inf);
    printf("%d %d\n", 0.0 == -0.0, 1 / -zero < 0);
    printf("%g %g %g\n", 1e300 * 1e10 > 1e308 ? 1.0 : 2.0, 1e-320, 5e-324);
    printf("%d %d %d\n", !0.0, !0.5, 0.25 && 1);
    if (f) printf("yes\n");
    if (zero) printf("no\n");
    f += 1; f *= 2; f -= 0.5f; f /= 3;
    d += 1; d *= 2; d -= 0.5; d /= 3;
    printf("%.9g %.17g\n", f, d);
    f++; d--;
    printf("%.9g %.17g %.9g\n", f, d, -f);
    int i = 10;
    i *= 1.75;
    printf("%d\n", i);
    i += 0.9;
    printf("%d\n", i);
    unsigned char c = 10;
    c *= 2.57;
    printf("%d\n", c);
    printf("%g %g\n", 0x1p-3, 0x1.8p1);
    printf("%g %g %g %g\n", 1., .5, 1e3, 1E-2);
    printf("%d %d %d\n", (int)sizeof 1.0f, (int)sizeof 1.0, (int)sizeof(1.0f + 1));
    double sum = 0;
    for (int k = 1; k <= 100; k++) sum += 1.0 / k;
    printf("%.15f\n", sum);
    float fs = 0;
    for (int k = 1; k <= 100; k++) fs += 1.0f / k;
    printf("%.6f\n", fs);
    return 0;
}
