/* Integers in text (C11 7.22.1). */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

static int digit_of(int c) {
    if (isdigit(c))
        return c - '0';
    return isalpha(c) ? (c | 32) - 'a' + 10 : 99;
}

/* The number's magnitude, up to `limit` (`limit + 1` if it is negative and `is_signed`). */
static unsigned long long scan(const char *text, char **end, int base, int is_signed,
                               unsigned long long limit) {
    const char *at = text;
    int negative = 0, any = 0, overflow = 0;
    unsigned long long value = 0;
    while (isspace((unsigned char)*at))
        at++;
    if (*at == '+' || *at == '-')
        negative = *at++ == '-';
    if ((base == 0 || base == 16) && at[0] == '0' && (at[1] | 32) == 'x'
        && digit_of((unsigned char)at[2]) < 16) {
        at += 2;
        base = 16;
    }
    if (base == 0)
        base = *at == '0' ? 8 : 10;
    if (negative && is_signed)
        limit++;
    for (int digit; (digit = digit_of((unsigned char)*at)) < base; at++) {
        any = 1;
        if (value > (limit - digit) / base)
            overflow = 1;
        else
            value = value * base + digit;
    }
    if (end)
        *end = (char *)(any ? at : text);
    if (overflow) {
        errno = ERANGE;
        return negative && !is_signed ? limit : negative ? -limit : limit;
    }
    return negative ? -value : value;
}

long strtol(const char *restrict text, char **restrict end, int base) {
    return (long)scan(text, end, base, 1, 0x7FFFFFFF);
}

unsigned long strtoul(const char *restrict text, char **restrict end, int base) {
    return (unsigned long)scan(text, end, base, 0, 0xFFFFFFFF);
}

long long strtoll(const char *restrict text, char **restrict end, int base) {
    return (long long)scan(text, end, base, 1, 0x7FFFFFFFFFFFFFFF);
}

unsigned long long strtoull(const char *restrict text, char **restrict end, int base) {
    return scan(text, end, base, 0, 0xFFFFFFFFFFFFFFFF);
}

int atoi(const char *text) { return (int)strtol(text, 0, 10); }
long atol(const char *text) { return strtol(text, 0, 10); }
long long atoll(const char *text) { return strtoll(text, 0, 10); }
