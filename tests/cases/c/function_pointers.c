/* Function pointers: tables, parameters, results, comparison, members, arrays, casts. */
#include <stdio.h>
#include <stdlib.h>

static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int mul(int a, int b) { return a * b; }
static double half(double x) { return x / 2; }
static void hello(void) { printf("hello\n"); }
static int apply(int (*f)(int, int), int a, int b) { return f(a, b); }
static int (*pick(char op))(int, int) { return op == '+' ? add : op == '-' ? sub : op == '*' ? mul : 0; }
static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static int descending(const void *a, const void *b) { return ascending(b, a); }
static long long wide(long long x, float y) { return x * (long long)y; }

struct op { char name; int (*run)(int, int); };
static const struct op ops[] = {{'+', add}, {'-', sub}, {'*', mul}};
static double (*const real[])(double) = {half, half};

int main(void) {
    int (*f)(int, int) = add;
    printf("%d %d %d\n", f(2, 3), (*f)(4, 5), (**f)(6, 7));
    f = &mul;
    printf("%d\n", f(6, 7));
    for (int i = 0; i < 3; i++) printf("%c %d ", ops[i].name, ops[i].run(10, 3));
    printf("\n");
    printf("%d %d\n", apply(sub, 9, 4), apply(pick('*'), 3, 3));
    printf("%d %d %d\n", pick('+') == add, pick('?') == 0, pick('-') != mul);
    printf("%g\n", real[1](5));
    void (*h)(void) = hello;
    h();
    (*h)();
    int v[] = {5, 2, 8, 1, 9, 3};
    qsort(v, 6, sizeof v[0], ascending);
    for (int i = 0; i < 6; i++) printf("%d ", v[i]);
    qsort(v, 6, sizeof v[0], descending);
    for (int i = 0; i < 6; i++) printf("%d ", v[i]);
    printf("\n");
    long long (*w)(long long, float) = wide;
    printf("%lld\n", w(1ll << 33, 3.5f));
    void *p = (void *)add;
    printf("%d\n", ((int (*)(int, int))p)(20, 1));
    printf("%d\n", (1 ? add : sub)(1, 1));
    int (*table[2][2])(int, int) = {{add, sub}, {mul, add}};
    printf("%d\n", table[1][0](5, 5));
    if (f) printf("set\n");
    f = 0;
    if (!f) printf("null\n");
    return 0;
}
