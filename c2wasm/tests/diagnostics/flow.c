#include <stdio.h>
static int never(void) { return 1; }
int half(int x) { if (x) return x / 2; }
int old();
int main(void) {
    int unused, shadow = 1, unset;
    unsigned u = 3;
    int i = -1;
    if (i = 2) printf("%s %d\n", 5);
    if (i < u) { int shadow = 2; i += shadow; }
    if (u >= 0) ;
    i == 3;
    switch (i) {
    case 1: i = 4;
    case 2: i = 5; break;
    }
    if (i) ;
    __attribute__((blue)) int odd = unset;
    ;
    return shadow + odd;
    i = 7;
}
int;
