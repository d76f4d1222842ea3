#include <stdio.h>

int main(void) {
    char c = '\x80';
    signed char s = '\x80';
    unsigned char u = '\x80';
    printf("%d %d %d\n", c, s, u);
    printf("%d %d\n", c < 0, "\xff"[0] == '\xff');
    char t[] = "\xe9";
    printf("%d %d\n", t[0], t[0] & 0xff);
    return 0;
}
