/* Loops, breaks, continues, nested ones. */
#include <stdio.h>

int main(void) {
    int i, j, n = 0;
    for (i = 0; i < 3; i++)
        for (j = 0; j < 5; j++) {
            if (j == 1) continue;
            if (j == 3) break;
            printf("%d%d ", i, j);
        }
    printf("\n");
    i = 0;
    while (1) {
        i++;
        if (i % 2) continue;
        if (i > 10) break;
        n += i;
    }
    printf("%d %d\n", i, n);
    i = 0;
    do {
        i++;
        if (i == 3) continue;
        printf("%d ", i);
    } while (i < 5);
    printf("\n");
    do printf("once\n"); while (0);
    i = 3;
    do { if (i == 2) continue; printf("[%d]", i); } while (--i);
    printf("\n");
    for (;;) { if (++n > 40) break; }
    printf("%d\n", n);
    for (int a = 0, b = 10; a < b; a++, b--) printf("%d,%d ", a, b);
    printf("\n");
    for (int i = 0; i < 2; i++) { int i = 7; printf("%d ", i); }
    printf("%d\n", i);
    if (n > 40) if (n > 100) printf("a\n"); else printf("b\n");
    if (n) ; else printf("never\n");
    while (n-- > 38) printf("%d ", n);
    printf("%d\n", n);
    int count = 0;
    for (unsigned u = 5; u < 6; u--) count++;
    printf("%d\n", count);
    for (signed char c = 125; c > 0; c++) printf("%d ", c);
    printf("\n");
    return 0;
}
