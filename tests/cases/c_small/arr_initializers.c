#include <stdio.h>

int a[] = { [5] = 50, [2] = 20, 21, [0] = 1 };
char s[] = "auto", t[10] = "pad", u[4] = "full";
int m[][3] = { 1, 2, 3, 4 };
struct {
    int n;
    const char *s[3];
} r[] = { { 1, { "a", "b" } }, [2] = { .s[1] = "z", .n = 3 } };
int main(void) {
    for (size_t i = 0; i < sizeof a / sizeof *a; i++) printf("%d ", a[i]);
    printf("\n%d %d %.4s %d\n", (int)sizeof s, t[9], u, (int)(sizeof m / sizeof *m));
    printf("%d %s %d %s %d\n", r[0].n, r[0].s[1], r[2].n, r[2].s[1], r[1].s[0] == 0);
    int l[4] = { 1 };
    printf("%d %d\n", l[0], l[3]);
    return 0;
}
