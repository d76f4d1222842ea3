#include <stdio.h>

int main(void) {
    int i = 5, a[5] = { 10, 20, 30, 40, 50 }, *p = a;
    printf("%d", i++);
    printf(" %d", ++i);
    printf(" %d", i--);
    printf(" %d\n", --i);
    printf("%d", *p++);
    printf(" %d", *++p);
    printf(" %d", ++*p);
    printf(" %d", (*p)++);
    printf(" %d\n", *p);
    i = 3;
    i += i++ * 0 + 2;
    char c = 127;
    c++;
    printf("%d\n", c);
    float f = 0.5f;
    f++;
    ++f;
    printf("%g\n", f--);
    printf("%g\n", f);
    return 0;
}
