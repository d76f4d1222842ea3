/* Bit-fields: packing, sign, wrap on store, neighbours untouched, zero width, in expressions. */
#include <stdio.h>

struct flags { unsigned a : 1, b : 3, c : 4; int d : 5; unsigned e : 19; };
struct split { unsigned a : 20; unsigned b : 20; };
struct aligned { unsigned a : 3; unsigned : 0; unsigned b : 3; };
struct mixed { char c; int x : 7; short s; _Bool t : 1; unsigned char u : 6; };
struct wide { unsigned long long a : 40, b : 24; };

static struct flags global = {1, 5, 9, -3, 70000};

int main(void) {
    printf("%d %d %d %d\n", (int)sizeof(struct flags), (int)sizeof(struct split), (int)sizeof(struct aligned), (int)sizeof(struct wide));
    printf("%d %d %d %d %d\n", global.a, global.b, global.c, global.d, global.e);
    struct flags f = {0};
    f.b = 13;
    f.d = 17;
    f.e = 524287;
    printf("%d %d %d %d %d\n", f.a, f.b, f.c, f.d, f.e);
    f.e++;
    f.a = ~f.a;
    f.c -= 1;
    printf("%d %d %d %d %d\n", f.a, f.b, f.c, f.d, f.e);
    printf("%d\n", f.d = 31);
    f.b |= 2; f.b ^= 7; f.b <<= 1;
    printf("%d\n", f.b);
    struct split s = {0xABCDE, 0x12345};
    s.a += 1;
    printf("%x %x\n", s.a, s.b);
    struct mixed m = {'z', -64, -1, 1, 63};
    m.x--;
    m.t = 4;
    m.u += 3;
    printf("%c %d %d %d %d\n", m.c, m.x, m.s, m.t, m.u);
    struct wide w = {0xFFFFFFFFFFull, 0x123456};
    w.a += 2;
    printf("%llx %llx\n", (unsigned long long)w.a, (unsigned long long)w.b);
    struct flags *p = &f;
    p->d = -16;
    printf("%d %d\n", p->d, p->d < 0);
    unsigned three = 7;
    f.b = three + 1;
    printf("%d %d\n", f.b, (f.c = 18) + 1);
    return 0;
}
