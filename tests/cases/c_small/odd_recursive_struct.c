#include <stdio.h>

struct a;
struct b {
    struct a *p;
    int v;
};
struct a {
    struct b in;
    struct a *next;
};
int main(void) {
    struct a x = { { 0, 1 }, 0 }, y = { { &x, 2 }, &x };
    x.next = &y;
    x.in.p = &y;
    printf("%d %d %d\n", y.next->in.v, x.next->next->in.p->in.v, y.in.p == &x);
    return 0;
}
