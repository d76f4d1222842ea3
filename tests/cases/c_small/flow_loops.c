#include <stdio.h>

int main(void) {
    int n = 0;
    do n++;
    while (n < 5);
    while (n --> 0) if (n == 2) break;
    printf("%d\n", n);
    for (;;) {
        if (++n > 20) break;
        if (n % 5) continue;
        printf("%d ", n);
    }
    printf("\n");
    int i, j;
    for (i = 0, j = 9; i < j; ++i, --j) ;
    printf("%d %d\n", i, j);
    do {
        n--;
        if (n == 15) continue;
    } while (n > 10);
    printf("%d\n", n);
    return 0;
}
