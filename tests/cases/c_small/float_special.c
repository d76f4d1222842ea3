#include <stdio.h>
#include <ctype.h>
#include <math.h>

int main(void) {
    double z = 0, inf = 1 / z, nan = inf - inf;
    printf("%d %d %d %d\n", nan == nan, nan != nan, nan < 1, !(nan >= 1));
    printf("%d %d\n", inf > 1e308, -inf < -1e308);
    printf("%g %g %g\n", inf, -inf, z);
    printf("%d %d %d\n", isnan(nan) != 0, isinf(inf) != 0, isfinite(z) != 0);
    printf("%d %d\n", signbit(-z) != 0, -z == z);
    printf("%g %g\n", fmax(nan, 1), fmin(2, nan));
    return 0;
}
