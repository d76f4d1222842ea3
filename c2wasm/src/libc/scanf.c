/* Scanning text: the host's scanner reads it (C11 7.21.6.7). */
#include <stdio.h>

int host_sscanf(const char *text, const char *format, const void *pointers);

int vsscanf(const char *restrict text, const char *restrict format, va_list args) {
    return host_sscanf(text, format, args);
}

int sscanf(const char *restrict text, const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return host_sscanf(text, format, args);
}
