#include <stdio.h>

int main(void) {
    float f = 0.1f;
    double d = 0.1;
    printf("%.9g %.17g %d\n", f, d, f == d);
    printf("%g %g %g\n", 1e10 + 1, 1e17 + 1 - 1e17, 0.1 + 0.2 - 0.3);
    printf("%d %d %d\n", (int)3.99, (int)-3.99, (int)1e9);
    printf("%g %g\n", 7.0 / 2, (double)(7 / 2));
    printf("%.3f %.0f %.0f %.0f\n", 2.0005, 0.5, 1.5, 2.5);
    float s = 0;
    for (int i = 0; i < 10; i++) s += 0.1f;
    printf("%.8g\n", s);
    return 0;
}
