/* Output to stdout in programs that name freopen: stdout may be a file by then. */
#include <stdio.h>

int vprintf(const char *restrict format, va_list args) {
    return vfprintf(stdout, format, args);
}

int printf(const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return vfprintf(stdout, format, args);
}

int putchar(int c) { return fputc(c, stdout); }

int puts(const char *text) {
    return fputs(text, stdout) < 0 ? EOF : fputc('\n', stdout) < 0 ? EOF : 0;
}
