#include <stdio.h>

struct point {
    int x, y;
};
struct rect {
    struct point pt1, pt2;
};
static struct point makepoint(int x, int y) {
    struct point t;
    t.x = x;
    t.y = y;
    return t;
}

static struct point addpoint(struct point a, struct point b) {
    a.x += b.x;
    a.y += b.y;
    return a;
}

static int inside(struct point p, struct rect r) {
    return p.x >= r.pt1.x && p.x < r.pt2.x && p.y >= r.pt1.y && p.y < r.pt2.y;
}

int main(void) {
    struct rect s = { makepoint(0, 0), makepoint(10, 20) };
    struct point m = addpoint(s.pt1, makepoint(5, 19));
    printf("%d %d %d %d\n", m.x, m.y, inside(m, s), inside(makepoint(10, 0), s));
    return 0;
}
