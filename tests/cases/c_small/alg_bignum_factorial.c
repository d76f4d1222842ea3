#include <stdio.h>

int main(void) {
    static int d[100];
    int n = 1;
    d[0] = 1;
    for (int i = 2; i <= 40; i++) {
        int c = 0;
        for (int k = 0; k < n; k++) {
            c += d[k] * i;
            d[k] = c % 10;
            c /= 10;
        }
        while (c) d[n++] = c % 10, c /= 10;
    }
    while (n) putchar('0' + d[--n]);
    putchar('\n');
    return 0;
}
