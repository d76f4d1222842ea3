/* Floating numbers in text (C11 7.22.1.3): the host rounds them right. */
#include <stdlib.h>

double host_strtod(const char *text, char **end);

double strtod(const char *restrict text, char **restrict end) { return host_strtod(text, end); }
float strtof(const char *restrict text, char **restrict end) { return host_strtod(text, end); }
long double strtold(const char *restrict text, char **restrict end) { return host_strtod(text, end); }
double atof(const char *text) { return host_strtod(text, 0); }
