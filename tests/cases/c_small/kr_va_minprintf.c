#include <stdio.h>
#include <stdarg.h>

static void mini(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    for (const char *p = fmt; *p; p++) {
        if (*p != '%') {
            putchar(*p);
            continue;
        }
        switch (*++p) {
            case 'd': printf("%d", va_arg(ap, int));
            break;
            case 'f': printf("%f", va_arg(ap, double));
            break;
            case 's': for (const char *s = va_arg(ap, char *); *s; s++) putchar(*s);
            break;
            default: putchar(*p);
        }
    }
    va_end(ap);
}

int main(void) {
    mini("%d-%s-%f-%%\n", 42, "str", 2.5);
    return 0;
}
