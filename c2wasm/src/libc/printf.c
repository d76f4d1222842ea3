/* The printf family over the host's formatter: a `va_list` is the argument block it reads. */
#include <stdio.h>

int host_printf(const char *format, const void *args);
int host_snprintf(char *buffer, int size, const char *format, const void *args);

int vprintf(const char *restrict format, va_list args) {
    return host_printf(format, args);
}

int printf(const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return host_printf(format, args);
}

int vsnprintf(char *restrict buffer, size_t size, const char *restrict format, va_list args) {
    return host_snprintf(buffer, (int)size, format, args);
}

int snprintf(char *restrict buffer, size_t size, const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return host_snprintf(buffer, (int)size, format, args);
}

/* Without a size: the length first, so that the host never writes past the end. */
int vsprintf(char *restrict buffer, const char *restrict format, va_list args) {
    int length = host_snprintf(0, 0, format, args);
    return length < 0 ? length : host_snprintf(buffer, length + 1, format, args);
}

int sprintf(char *restrict buffer, const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return vsprintf(buffer, format, args);
}
