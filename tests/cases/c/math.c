/* math.h, rounded enough that every libm agrees. */
#include <math.h>
#include <stdio.h>

int main(void) {
    printf("%.6f %.6f %.6f\n", sin(1), cos(1), tan(1));
    printf("%.6f %.6f %.6f %.6f\n", asin(0.5), acos(0.5), atan(0.5), atan2(-1, -1));
    printf("%.6f %.6f %.6f %.6f\n", exp(1), log(10), pow(2, 0.5), fmod(7.5, 2));
    printf("%.6f %.6f %.6f %.6f %.6f\n", sqrt(2), fabs(-1.5), floor(-1.5), ceil(-1.5), trunc(-1.5));
    printf("%.4f %.4f %.4f %.4f\n", sinf(2), cosf(2), sqrtf(3), powf(2, 10));
    printf("%.4f %.4f %.4f %.4f\n", fabsf(-2.5f), floorf(2.7f), ceilf(2.2f), logf(2));
    printf("%g %g\n", round(2.5), round(-2.5));
    printf("%g %g %g %g\n", fmin(1, 2), fmax(1, 2), pow(0, 0), pow(-2, 3));
    printf("%.6f %.6f\n", log2(10), log10(1000));
    printf("%d %d\n", isnan(sqrt(-1)) != 0, isinf(1e308 * 10) != 0);
    return 0;
}
