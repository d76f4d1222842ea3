// run: stdin=12+34*2\n
#include <stdio.h>
#include <ctype.h>

static int number(void) {
    int c, n = 0;
    while (isdigit(c = getchar())) n = n * 10 + c - '0';
    ungetc(c, stdin);
    return n;
}

int main(void) {
    int n = number(), c;
    while ((c = getchar()) != '\n' && c != EOF) {
        int m = number();
        n = c == '+' ? n + m : n * m;
    }
    printf("%d\n", n);
    return 0;
}
