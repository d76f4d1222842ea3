#include <stdio.h>

int main(void) {
    char c = 'A';
    for (int i = 0; i < 26; i += 5) putchar(c + i);
    putchar('\n');
    printf("%d %d %d\n", 'z' - 'a', '9' - '0', '\n');
    printf("%c%c%c\n", 'a' ^ 32, 'Z' | 32, 'q' & ~32);
    unsigned char u = 200;
    signed char s = (signed char)u;
    printf("%d %d %d\n", u, s, u + s);
    printf("%d %d\n", '\377', (unsigned char)'\377');
    return 0;
}
