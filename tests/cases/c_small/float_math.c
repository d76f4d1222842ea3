#include <stdio.h>
#include <math.h>

int main(void) {
    printf("%.6f %.6f %.6f\n", sqrt(2), pow(2, 0.5), cbrt(27));
    printf("%.6f %.6f %.6f\n", sin(1), cos(1), tan(1));
    printf("%.6f %.6f %.6f\n", exp(1), log(10), log10(1000));
    printf("%.6f %.6f\n", atan2(1, -1), hypot(3, 4));
    printf("%g %g %g %g\n", floor(-1.5), ceil(-1.5), trunc(-1.5), round(-1.5));
    printf("%g %g\n", fmod(10, 3), fabs(-2));
    int e;
    double m = frexp(48, &e);
    printf("%g %d %g\n", m, e, ldexp(0.75, 4));
    double ip;
    double rest = modf(3.25, &ip);
    printf("%g %g\n", rest, ip);
    return 0;
}
