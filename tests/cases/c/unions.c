/* Unions: size, sharing, initialisers, inside structs, anonymous members. */
#include <stdio.h>

union bits { unsigned u; unsigned char b[4]; unsigned short h[2]; };
union number { float f; unsigned u; };
union wide { char c; long long l; double d; };
struct value { int kind; union { int i; double d; const char *s; } as; };
struct variant { int tag; union { int i; float f; }; struct { char x, y; }; };

static union bits first = {0x01020304};
static union wide second = {.l = 77};

static void show(struct value v) {
    switch (v.kind) {
    case 0: printf("int %d\n", v.as.i); break;
    case 1: printf("double %g\n", v.as.d); break;
    default: printf("text %s\n", v.as.s);
    }
}

int main(void) {
    printf("%d %d %d %d\n", (int)sizeof(union bits), (int)sizeof(union wide), (int)sizeof(struct value), (int)sizeof(struct variant));
    printf("%d %d %x\n", first.b[0], first.b[3], first.h[1]);
    first.b[0] = 0xff;
    printf("%x\n", first.u);
    union number n;
    n.f = 1.5f;
    printf("%x\n", n.u);
    n.u = 0x40490fdb;
    printf("%.5f\n", n.f);
    printf("%lld\n", second.l);
    second.c = 1;
    printf("%lld\n", second.l);
    struct value v = {0, {5}};
    show(v);
    v.kind = 1; v.as.d = 0.25; show(v);
    v.kind = 2; v.as.s = "hello"; show(v);
    struct variant a = {1, {2}, {3, 4}};
    printf("%d %d %d\n", a.i, a.x, a.y);
    a.f = 2.0f;
    printf("%x\n", a.i);
    union bits copy = first, *p = &copy;
    p->h[0] = 0;
    printf("%x %x\n", first.u, copy.u);
    return 0;
}
