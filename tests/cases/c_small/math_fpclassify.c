#include <float.h>
#include <math.h>
#include <stdio.h>

static int calls;

static double once(void) {
    calls++;
    return 1;
}

static const char *name(int class) {
    return class == FP_NAN ? "nan" : class == FP_INFINITE ? "infinite" : class == FP_ZERO ? "zero"
         : class == FP_SUBNORMAL ? "subnormal" : class == FP_NORMAL ? "normal" : "?";
}

int main(void) {
    double doubles[] = {0.0, -0.0, 1, -1e308, INFINITY, -INFINITY, NAN, DBL_MIN, DBL_MIN / 2, -5e-324};
    float floats[] = {0.0f, -0.0f, 1, FLT_MAX, INFINITY, NAN, FLT_MIN, FLT_MIN / 2, 1e-45f};
    for (unsigned i = 0; i < sizeof doubles / sizeof *doubles; i++)
        puts(name(fpclassify(doubles[i])));
    for (unsigned i = 0; i < sizeof floats / sizeof *floats; i++)
        puts(name(fpclassify(floats[i])));
    const float small = 1e-40f;
    printf("%s %s", name(fpclassify(small)), name(fpclassify(once())));
    printf(" %d\n", calls);
    return 0;
}
