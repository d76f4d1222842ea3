/* Functions with ... : every class of argument, va_copy, passing va_list on. */
#include <stdarg.h>
#include <stdio.h>

static int sum(int n, ...) {
    va_list ap;
    va_start(ap, n);
    int s = 0;
    while (n--) s += va_arg(ap, int);
    va_end(ap);
    return s;
}
static double mixed(const char *kinds, ...) {
    va_list ap;
    double total = 0;
    va_start(ap, kinds);
    for (; *kinds; kinds++)
        switch (*kinds) {
        case 'i': total += va_arg(ap, int); break;
        case 'l': total += (double)va_arg(ap, long long); break;
        case 'd': total += va_arg(ap, double); break;
        case 's': total += *va_arg(ap, char *); break;
        case 'u': total += va_arg(ap, unsigned); break;
        }
    va_end(ap);
    return total;
}
static int vtotal(int n, va_list ap) { int s = 0; while (n--) s += va_arg(ap, int); return s; }
static int twice(int n, ...) {
    va_list ap, again;
    va_start(ap, n);
    va_copy(again, ap);
    int s = vtotal(n, ap) + 2 * vtotal(n, again);
    va_end(again);
    va_end(ap);
    return s;
}
static int log_line(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    printf("log: ");
    int n = vprintf(fmt, ap);
    va_end(ap);
    return n;
}
static void none(int a, ...) { printf("%d\n", a); }
static int (*indirect)(int, ...) = sum;

int main(void) {
    printf("%d %d %d\n", sum(0), sum(1, 5), sum(5, 1, 2, 3, 4, 5));
    printf("%g\n", mixed("idlsui", 1, 2.5, 3000000000ll, "A", 4000000000u, -7));
    char c = 'x'; short s = -3; float f = 1.5f;
    printf("%g\n", mixed("iid", c, s, f));
    printf("%d\n", twice(3, 10, 20, 30));
    printf("%d\n", log_line("%d %s %lld %.1f\n", 7, "seven", 7000000000ll, 7.7));
    none(4);
    none(5, "ignored", 2.0);
    printf("%d\n", indirect(2, 20, 22));
    printf("%d\n", sum(3, sum(2, 1, 2), sum(1, 4), sum(0)));
    char buffer[32];
    int n = snprintf(buffer, sizeof buffer, "%d%c%g", 1, 'b', 2.5);
    printf("%d %s\n", n, buffer);
    return 0;
}
