/* Functions of <inttypes.h> (C11 7.8.2): intmax_t is long long. */
#include <inttypes.h>
#include <stdlib.h>

intmax_t imaxabs(intmax_t value) { return value < 0 ? -value : value; }

imaxdiv_t imaxdiv(intmax_t numerator, intmax_t denominator) {
    return (imaxdiv_t){ numerator / denominator, numerator % denominator };
}

intmax_t strtoimax(const char *restrict text, char **restrict end, int base) {
    return strtoll(text, end, base);
}

uintmax_t strtoumax(const char *restrict text, char **restrict end, int base) {
    return strtoull(text, end, base);
}
