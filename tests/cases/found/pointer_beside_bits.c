// A bit-field that is initialised behind a pointer, in the same storage unit or beside it.
#include <stdio.h>

int v = 7;
struct S { unsigned char k; unsigned q : 4; int *p; } h = { .p = &v, .q = 2 };
struct __attribute__((packed)) C { int *p; unsigned r : 13; int *q; unsigned z : 20; } c = { &v, 1, &v, 2 };
struct L { int *p; unsigned long long a : 20; int *q; } l = { .q = &v, .p = &v, .a = 5 };
// A later item that does replace the pointer.
union U { int *p; struct { unsigned char low; unsigned rest : 24; } b; } u[2] = { { .p = &v }, { .p = &v, .b = { 1, 2 } } };

int main(void) {
    printf("%d %d\n", h.p == &v, h.q);
    printf("%d %d %d %d\n", c.p == &v, c.r, c.q == &v, c.z);
    printf("%d %d %d\n", l.p == &v, l.q == &v, (int)l.a);
    printf("%d %d %d\n", u[0].p == &v, u[1].b.low, u[1].b.rest);
    return 0;
}
