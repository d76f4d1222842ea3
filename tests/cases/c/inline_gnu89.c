// run: std=gnu89
/* An `extern inline` definition of gnu89 stands beside the real one; `inline` alone is a real one. */
#include <stdio.h>

extern inline int twice(int n) { return 2 * n; }
int twice(int n) { return 2 * n; }

inline int thrice(int n) { return 3 * n; }
int thrice(int n);

int main(void) {
    int (*f)(int) = thrice;
    printf("%d %d\n", twice(4), f(5));
    return 0;
}
