#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void show(const char *text) {
    char *end;
    errno = 0;
    double d = strtod(text, &end);
    printf("%s: %.17g %d '%s'", text, isnan(d) ? 0 : d, errno == ERANGE, end);
    errno = 0;
    float f = strtof(text, &end);
    printf(" %a %d '%s'\n", isnan(f) ? 0 : f, errno == ERANGE, end);
}

int main(void) {
    const char *texts[] = {
        "1e400", "-1e400", "1e-400", "-1e-400", "0", "0e5", "0.0e-999", "0 1", "-0.0", "1e-310", "1e-50",
        "3.5e38", "1e308", "2.2250738585072014e-308", "1.17549435e-38", "inf", "-infinity",
        "nan", "nan(123)z", "nan(1", "NAN()q", "nan(a-b)", "3.4028235677973365e38", "3.4028236e38",
        "1.00000017881393432617187499", "0x0p5", "0x1p-2000", "0x1p2000", "0x1.8p1", "0x.p1",
        "0x1.000001fffffffffffffp0", "0x1.000000000000080000000000000001p0", "", "abc", "  +12x", ".e1",
    };
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
        show(texts[i]);
    return 0;
}
