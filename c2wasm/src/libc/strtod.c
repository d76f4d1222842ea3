/* Floating numbers in text (C11 7.22.1.3): the host rounds them right. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double host_strtod(const char *text, char **end);
int host_sscanf(const char *text, const char *format, const void *pointers);

/* Gives `value`, which stands between `text` and `end`; errno says it if that is infinite or less
 * than `least` and the text is not. */
static double checked(double value, double least, const char *text, const char *end) {
    text += strspn(text, "\t\n\v\f\r +-0xX.");
    int first = text < end ? *text | 32 : 0;
    if (isinf(value) ? first != 'i' : fabs(value) < least && first != 'e' && isxdigit(first))
        errno = ERANGE;
    return value;
}

double strtod(const char *restrict text, char **restrict end) {
    char *stop;
    double value = host_strtod(text, &stop);
    if (end)
        *end = stop;
    return checked(value, 0x1p-1022, text, stop);
}

float strtof(const char *restrict text, char **restrict end) {
    float value = 0;
    int length = 0;
    const void *results[] = { &value, &length };
    host_sscanf(text, "%f%n", results);
    if (end)
        *end = (char *)text + length;
    return (float)checked(value, 0x1p-126, text, text + length);
}

long double strtold(const char *restrict text, char **restrict end) { return strtod(text, end); }
double atof(const char *text) { return strtod(text, 0); }
