#include <stdio.h>
#include <string.h>
#include <stdarg.h>

static double sum(const char *kinds, ...) {
    va_list ap, again;
    va_start(ap, kinds);
    va_copy(again, ap);
    double t = 0;
    for (const char *k = kinds; *k; k++) switch (*k) {
        case 'i': t += va_arg(ap, int);
        break;
        case 'l': t += va_arg(ap, long long);
        break;
        case 'd': t += va_arg(ap, double);
        break;
        case 's': t += strlen(va_arg(ap, char *));
    }
    printf("%d ", va_arg(again, int));
    va_end(ap);
    va_end(again);
    return t;
}

static int v(char *to, const char *f, ...) {
    va_list ap;
    va_start(ap, f);
    int n = vsprintf(to, f, ap);
    va_end(ap);
    return n;
}

int main(void) {
    printf("%g\n", sum("ildsi", 1, 10000000000ll, 0.5, "four", (char)3));
    char b[40];
    printf("%d ", v(b, "%d/%s/%.1f", 3, "x", 2.5));
    puts(b);
    return 0;
}
