#include <stdio.h>

#define f(x) (f)(x + 1)
#define x x + 0
#define SWAP(a, b) do { int t = a; a = b; b = t; } while (0)
static int (f)(int n) {
    return n * 10;
}
#undef x
int main(void) {
    int p = 1, q = 2;
    if (p) SWAP(p, q);
    else puts("?");
    printf("%d %d %d\n", f(4), p, q);
    return 0;
}
