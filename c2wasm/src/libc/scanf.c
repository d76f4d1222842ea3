/* The scanf family over the host's scanner, which reads text: streams are read by the line. */
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

static int scan_line(FILE *stream, const char *format, va_list args) {
    static char line[256];
    if (!fgets(line, sizeof line, stream))
        return EOF;
    return host_sscanf(line, format, args);
}

int fscanf(FILE *restrict stream, const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return scan_line(stream, format, args);
}

int scanf(const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return scan_line(stdin, format, args);
}
