/* K&R definitions, implicit widths of old parameters, declarations without prototypes, commas. */
#include <stdio.h>

static int add(a, b) int a; int b; { return a + b; }
static double scale(x, n, c) float x; short n; char c; { return x * n + c; }
static int count(s) char *s; { int n = 0; while (*s++) n++; return n; }
static int none() { return 5; }
static unsigned int long unsigned_long = 4;
static long int unsigned long order = 1ull << 40;
int static reversed = 3;
const static char *const volatile words = "w";

int main(void) {
    printf("%d %g %d %d\n", add(2, 3), scale(1.5f, 4, 2), count("seven  "), none());
    printf("%lu %llu %d %s\n", unsigned_long, order, reversed, words);
    register int r = 4;
    auto int a = 5;
    volatile int v = 6;
    v += r + a;
    printf("%d\n", v);
    int x, *p = &x, m[2], (*q)[2] = &m, **pp = &p;
    **pp = 8; (*q)[1] = 9;
    printf("%d %d\n", x, m[1]);
    int (x2) = 4, (*(p2)) = &x2;
    printf("%d\n", *p2);
    for (x = 0, m[0] = 10; x < m[0]; x++, m[0]--) ;
    printf("%d %d\n", x, m[0]);
    return 0;
}
