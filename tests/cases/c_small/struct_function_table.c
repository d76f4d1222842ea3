#include <stdio.h>

struct shape;
struct ops {
    double (*area)(const struct shape *);
    const char *name;
};
struct shape {
    const struct ops *ops;
    double a, b;
};
static double rect(const struct shape *s) {
    return s->a * s->b;
}

static double circle(const struct shape *s) {
    return 3 * s->a * s->a;
}

static const struct ops rects = { rect, "rect" }, circles = { circle, "circle" };
int main(void) {
    struct shape s[] = { { &rects, 2, 3 }, { &circles, 2, 0 } };
    for (int i = 0; i < 2; i++) printf("%s %g\n", s[i].ops->name, s[i].ops->area(&s[i]));
    return 0;
}
