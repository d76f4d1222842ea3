/* What sizeof, typeof, casts and auto types with arrays of variable length evaluate, and when. */
#include <stdio.h>
#include <stdlib.h>

static int count;
static char one[1];

static int rows(void) {
    int n = 0;
    return sizeof *({ n = 10; int x[n]; &x; });
}

static int element(void) {
    return (*({ int n = 20; char (*x)[n][n] = malloc(n * n); (*x)[12][1] = 7; x; }))[12][1];
}

static void order(void *p) {
    int i = 0, j = -1, k = -1;
    (j = ++i), (void)(__typeof__(int (*)[(k = ++i)]))p;
    printf("%d %d %d\n", i, j, k);
    p = (int (*)[++i])p;
    printf("%d\n", i);
}

/* What alloca gave outlives the block of the array before it. */
static int kept(int n) {
    char *p = 0, *q;
    if (n) {
        char list[n];
        list[0] = 3;
        p = __builtin_alloca(8);
        p[0] = list[0];
    }
    q = __builtin_alloca(64);
    for (int i = 0; i < 64; i++) q[i] = 9;
    return p[0] + q[63];
}

int main(void) {
    printf("%d\n", kept(48));
    int a = 1, n = 3;
    printf("%d\n", (int)sizeof(*(++a, (char (*)[a])one)));
    int grid[n][n + 1];
    int size = sizeof grid[count++], none = sizeof n++;
    printf("%d %d %d %d\n", size, none, count, n);
    __typeof__(grid[count++]) row;
    printf("%d %d\n", (int)sizeof row, count);
    printf("%d %d\n", (int)_Alignof(__typeof__(grid[count++])), count);
    __auto_type p = (int (*)[++a])0;
    printf("%d %d\n", a, (int)sizeof *p);
    printf("%d %d\n", rows(), element());
    order(one);
    for (int i = 0, sum = 0; i < 3000; i++) {
        sum += ({ int all[i % 50 + 1]; all[i % 50] = i; all[i % 50]; });
        if (i == 2999) printf("%d\n", sum);
    }
    if (sizeof(struct in_if { int x, y; }) == 8) printf("%d\n", (int)sizeof(struct in_if));
    return 0;
}
