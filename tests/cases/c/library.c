/* ctype.h, stdlib.h and limits.h. */
#include <ctype.h>
#include <float.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) { return *(const char *)a - *(const char *)b; }

int main(void) {
    int letters = 0, digits = 0, spaces = 0, puncts = 0, hexes = 0, controls = 0;
    for (int c = 0; c < 128; c++) {
        letters += !!isalpha(c); digits += !!isdigit(c); spaces += !!isspace(c);
        puncts += !!ispunct(c); hexes += !!isxdigit(c); controls += !!iscntrl(c);
    }
    printf("%d %d %d %d %d %d\n", letters, digits, spaces, puncts, hexes, controls);
    printf("%c%c%c %d %d\n", toupper('q'), tolower('Q'), toupper('1'), !!isalnum('_'), !!isupper('A'));
    printf("%d %d %d %d\n", atoi("42"), atoi("  -17xyz"), atoi("none"), atoi("+5"));
    char *end;
    printf("%ld ", strtol("123abc", &end, 10));
    printf("%s\n", end);
    printf("%ld %ld %ld %ld\n", strtol("ff", 0, 16), strtol("0x1F", 0, 0), strtol("017", 0, 0), strtol("-101", 0, 2));
    printf("%lu %lld %llu\n", strtoul("4000000000", 0, 10), strtoll("-9000000000", 0, 10), strtoull("18446744073709551615", 0, 10));
    printf("%g %g %g %g\n", strtod("2.5e3x", &end), atof("-0.125"), strtod("1e-3", 0), strtod(".5", 0));
    printf("%d %ld %d\n", abs(-5), labs(-6l), (int)llabs(-7ll));
    div_t d = div(-17, 5);
    printf("%d %d\n", d.quot, d.rem);
    char s[] = "sorting";
    qsort(s, 7, 1, compare);
    printf("%s\n", s);
    char key = 'o', *found = bsearch(&key, s, 7, 1, compare);
    printf("%d\n", (int)(found - s));
    printf("%d %d %u %d %d\n", INT_MAX, INT_MIN, UINT_MAX, SCHAR_MIN, USHRT_MAX);
    printf("%d %d %lld\n", CHAR_BIT, CHAR_MIN, LLONG_MAX);
    printf("%d %d %g\n", FLT_DIG, DBL_MANT_DIG, DBL_EPSILON);
    srand(1);
    int a = rand();
    srand(1);
    printf("%d %d\n", a == rand(), a >= 0 && a <= RAND_MAX);
    return 0;
}
