/* Variable length arrays and alloca. */
#include <stdio.h>
#include <string.h>
void *alloca(unsigned);

static int sum(int n, int a[n]) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }
static int diagonal(int n, int m[n][n]) { int s = 0; for (int i = 0; i < n; i++) s += m[i][i]; return s; }
static int fill(int n) {
    int a[n];
    for (int i = 0; i < n; i++) a[i] = i;
    return sum(n, a) + (int)sizeof a;
}

int main(void) {
    for (int n = 1; n < 6; n++) printf("%d ", fill(n));
    printf("\n");
    int n = 3, m[n][n];
    for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) m[i][j] = i * n + j;
    printf("%d %d %d\n", diagonal(n, m), (int)sizeof m, (int)sizeof m[0]);
    n = 10;
    printf("%d\n", (int)sizeof m);
    for (int i = 0; i < 1000; i++) { char scratch[100 + i % 7]; memset(scratch, i, sizeof scratch); if (scratch[99] != (char)i) printf("bad\n"); }
    char *p = alloca(20);
    strcpy(p, "on the stack");
    printf("%s\n", p);
    int (*rows)[n] = (int (*)[n])__builtin_alloca(2 * n * sizeof(int));
    rows[1][n - 1] = 5;
    printf("%d %d\n", rows[1][9], (int)((char *)(rows + 1) - (char *)rows));
    typedef int row[n];
    n = 2;
    row r;
    printf("%d\n", (int)(sizeof r / sizeof r[0]));
    int i = 0, before = 0;
    int (*q)[2] = (i++, before = i, (int (*)[++i]){ m });
    printf("%d %d %d\n", before, i, **q);
    int (*both[2])[n] = { m, m + 1 };
    int (**two)[n] = (int (*[])[i++]){ both[0], both[1] };
    printf("%d %d\n", i, **two[1]);
    return 0;
}
