/* Structs by value: parameters, results, in expressions, in conditional expressions. */
#include <stdio.h>

struct small { short a, b; };
struct pair { int x; double y; };
struct big { int v[10]; };
struct one { char c; };
struct nested { struct small s; struct one o; long long l; };

static struct small flip(struct small s) { short t = s.a; s.a = s.b; s.b = t; return s; }
static struct pair make(int x, double y) { struct pair p; p.x = x; p.y = y; return p; }
static int sum(struct big b) { int s = 0; for (int i = 0; i < 10; i++) { s += b.v[i]; b.v[i] = 0; } return s; }
static struct big fill(int from) { struct big b; for (int i = 0; i < 10; i++) b.v[i] = from + i; return b; }
static struct one next(struct one o) { o.c++; return o; }
static struct nested join(struct small s, struct one o, long long l) { struct nested n = {s, o, l}; return n; }
static int mixed(int a, struct pair p, char c, struct small s, double d) { return a + p.x + (int)p.y + c + s.a * 100 + s.b * 1000 + (int)d; }
static struct big count(struct big b, int depth) { if (!depth) return b; b.v[0]++; return count(b, depth - 1); }

int main(void) {
    struct small s = {1, 2};
    struct small t = flip(s);
    printf("%d %d %d %d\n", s.a, s.b, t.a, t.b);
    printf("%d\n", flip(t).a);
    struct pair p = make(3, 4.5);
    printf("%d %g %g\n", p.x, p.y, make(1, 2.25).y);
    struct big b = fill(5);
    printf("%d %d %d\n", sum(b), sum(b), b.v[9]);
    printf("%d\n", sum(fill(100)));
    struct one o = {'a'};
    printf("%c %c\n", next(o).c, next(next(next(o))).c);
    struct nested n = join(s, o, 1ll << 40);
    printf("%d %d %c %lld\n", n.s.a, n.s.b, n.o.c, n.l);
    printf("%d\n", mixed(1, p, 2, t, 7.9));
    printf("%d\n", count(b, 20).v[0]);
    struct small chosen = s.a > t.a ? s : t;
    printf("%d %d\n", chosen.a, chosen.b);
    struct small list[3] = {{1, 2}, {3, 4}};
    list[2] = flip(list[1]);
    list[0] = list[1] = list[2];
    printf("%d %d %d %d\n", list[0].a, list[0].b, list[1].a, list[2].b);
    struct big (*f)(int) = fill;
    printf("%d\n", f(7).v[3]);
    b = fill(b.v[0] + 1);
    printf("%d\n", b.v[0]);
    return 0;
}
