#include <stdio.h>

struct in {
    int x, y;
};
struct out {
    struct in a, b[2];
    int c;
} v[] = { 1, 2, 3, 4, 5, 6, 7, { { 8 }, { { 9, 10 } }, 11 }, [3].b[1].y = 12 };
int main(void) {
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) printf("%d %d %d %d %d %d %d\n", v[i].a.x, v[i].a.y, v[i].b[0].x, v[i].b[0].y, v[i].b[1].x, v[i].b[1].y, v[i].c);
    return 0;
}
