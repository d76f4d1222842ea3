/* Static locals, extern, tentative definitions, initial order, addresses of locals in recursion. */
#include <stdio.h>

int tentative;
int tentative;
extern int later;
static int shared = 5;
static int next(void) { static int n = 10; return n++; }
static int *keep(int v) { static int cell; cell += v; return &cell; }
static const char *name(int i) { static const char *names[] = {"zero", "one", "two"}; return names[i]; }
static int depth(int n) {
    static int deepest;
    int here = n;
    int *p = &here;
    if (n > deepest) deepest = n;
    if (n < 5) depth(n + 1);
    return *p * 100 + deepest;
}
static int fresh(void) { int local = 3; int *p = &local; (*p)++; return local; }
static int two(void) { static int a = 1, b[2] = {2, 3}; { static int a = 50; a++; b[0] += a; } a++; return a + b[0]; }

int main(void) {
    printf("%d %d %d\n", next(), 0, later);
    printf("%d\n", next());
    printf("%d\n", *keep(2));
    printf("%d\n", *keep(3));
    printf("%s %s\n", name(2), name(0));
    printf("%d\n", depth(0));
    printf("%d %d\n", fresh(), fresh());
    printf("%d\n", two());
    printf("%d\n", two());
    tentative += shared;
    printf("%d\n", tentative);
    { extern int shared_name(void); printf("%d\n", shared_name()); }
    return 0;
}
int later = 7;
int shared_name(void) { return ++shared; }
