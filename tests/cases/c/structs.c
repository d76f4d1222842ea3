/* Structs: layout, assignment, nesting, arrays of them, pointers into them, linked lists. */
#include <stddef.h>
#include <stdio.h>

struct point { int x, y; };
struct mixed { char a; short b; char c; int d; char e; double f; char g; long long h; };
struct line { struct point from, to; char name[6]; };
struct node { int value; struct node *next; };
typedef struct { unsigned char r, g, b; } rgb;

static struct point origin;
static struct line lines[2] = {{{1, 2}, {3, 4}, "first"}, {.to = {7, 8}, .name = "sec"}};
static rgb palette[3] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}};
static struct node pool[5];

static int length2(const struct point *a, const struct point *b) {
    int dx = a->x - b->x, dy = a->y - b->y;
    return dx * dx + dy * dy;
}

int main(void) {
    printf("%d %d %d\n", (int)sizeof(struct point), (int)sizeof(struct mixed), (int)sizeof(rgb));
    printf("%d %d %d %d %d %d\n", (int)offsetof(struct mixed, b), (int)offsetof(struct mixed, c), (int)offsetof(struct mixed, d),
           (int)offsetof(struct mixed, f), (int)offsetof(struct mixed, g), (int)offsetof(struct mixed, h));
    struct point p = {3, 4}, q;
    q = p;
    q.x++;
    printf("%d %d %d %d %d\n", p.x, p.y, q.x, q.y, length2(&p, &origin));
    struct mixed m = {.d = 5, .a = 1, .h = -1};
    printf("%d %d %d %d %g %lld\n", m.a, m.b, m.c, m.d, m.f, m.h);
    m.b = (short)70000; m.c = (char)300; m.f = 2.5;
    struct mixed copy = m;
    m.h = 0;
    printf("%d %d %g %lld\n", copy.b, copy.c, copy.f, copy.h);
    printf("%d %d %s %d %s\n", lines[0].to.y, lines[1].to.x, lines[0].name, lines[1].from.x, lines[1].name);
    struct point *pp = &lines[1].to;
    pp->x = 100;
    (*pp).y = 200;
    printf("%d %d\n", lines[1].to.x, lines[1].to.y);
    lines[0].from = *pp;
    printf("%d %d\n", lines[0].from.x, lines[0].from.y);
    for (int i = 0; i < 3; i++) printf("%d%d%d ", palette[i].r, palette[i].g, palette[i].b);
    printf("\n");
    palette[1] = palette[2];
    palette[1].r -= 1;
    printf("%d %d\n", palette[1].r, palette[1].b);
    for (int i = 0; i < 4; i++) { pool[i].value = i * 3; pool[i].next = &pool[i + 1]; }
    pool[4].value = 99;
    int sum = 0;
    for (struct node *n = pool; n; n = n->next) sum += n->value;
    printf("%d %d\n", sum, pool[0].next->next->value);
    struct { int a; struct { int b, c; } in; } nested = {1, {2, 3}};
    nested.in.b += 10;
    printf("%d %d %d\n", nested.a, nested.in.b, nested.in.c);
    struct point grid[2][2] = {{{1, 2}, {3, 4}}, {{5, 6}}};
    printf("%d %d %d\n", grid[0][1].y, grid[1][0].x, grid[1][1].x);
    struct point a = {1, 1}, b = {2, 2}, *which = &a;
    *which = b;
    which->x ^= 7;
    printf("%d %d\n", a.x, a.y);
    return 0;
}
