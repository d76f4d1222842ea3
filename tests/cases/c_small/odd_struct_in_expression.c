#include <stdio.h>

struct s {
    int a[3];
    int n;
};
static struct s make(int n) {
    struct s r = { { n, n + 1, n + 2 }, n };
    return r;
}

int main(void) {
    printf("%d %d\n", make(5).n, make(7).a[2]);
    struct s a, b = (a = make(1), make(2));
    b = a.n ? make(9) : a;
    printf("%d %d\n", b.a[1], (a = b).n);
    struct s c[2] = { make(3), { .n = 4 } };
    c[1] = c[0];
    printf("%d\n", c[1].a[0]);
    return 0;
}
