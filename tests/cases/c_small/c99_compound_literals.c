#include <stdio.h>

static int sum(const int *p, int n) {
    int s = 0;
    while (n--) s += *p++;
    return s;
}

struct p {
    int x, y;
};
static int dot(struct p a, struct p b) {
    return a.x * b.x + a.y * b.y;
}

int main(void) {
    printf("%d %d\n", sum((int[]){ 1, 2, 3, 4 }, 4), dot((struct p){ 1, 2 }, (struct p){ .y = 3 }));
    struct p *q = &(struct p){ 5, 6 };
    q->x++;
    printf("%d %d\n", q->x, (int){ 9 });
    const char *s = (char[]){ "mutable" };
    printf("%s\n", s);
    int *kept[2];
    for (int i = 0; i < 2; i++) {
        int *p = (int[]){ i };
        *p += 10;
        kept[0] = p;
    }
    (void)kept;
    return 0;
}
