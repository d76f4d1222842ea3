#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
    char *e;
    printf("%ld ", strtol("  -123abc", &e, 10));
    puts(e);
    printf("%ld %ld %ld\n", strtol("0x1F", 0, 16), strtol("077", 0, 0), strtol("zz", 0, 36));
    printf("%g ", strtod("3.5e2xyz", &e));
    puts(e);
    printf("%d %ld\n", atoi("42"), atol("-7"));
    printf("%lu\n", strtoul("4294967295", 0, 10));
    printf("%lld\n", strtoll("-9223372036854775808", 0, 10));
    printf("%g\n", atof("1e-3"));
    return 0;
}
