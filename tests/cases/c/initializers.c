/* Initializers: nested, designated, ranges of scope, addresses, strings, partial, elided braces. */
#include <stdio.h>

struct point { int x, y; };
struct shape { const char *name; struct point at[2]; int *link; int (*area)(int); };

static int square(int n) { return n * n; }
static int target[4] = {10, 20, 30, 40};
static struct shape shapes[] = {
    {"first", {{1, 2}, {3, 4}}, &target[1], square},
    [2] = {.name = "third", .at[1].y = 9, .link = target + 3},
    {.area = square},
};
static int *ends[2] = {target, &target[4] - 1};
static const char *const lists[2][2] = {{"a", "b"}, {"c"}};
static int elided[2][3] = {1, 2, 3, 4, 5};
static struct point points[] = {1, 2, 3};
static char padded[6] = {'h', 'i'}, exact[2][3] = {"ab", "cde"};
static int folded = (3 + 4) * 2 - (7 > 3 ? 1 : 100), shifted = 1 << 10 | 1, sized = sizeof(struct shape);
static double real = 1.0 / 4 + 2;
static float single = 3;
static unsigned char small = 300 & 255;
static long long large = 1ll << 40;
static unsigned mask = ~0u >> 4;
static char *text = "middle" + 3;
static int overridden[3] = {1, 2, 3, [1] = 20, 30};
static int zeroed[100];
static struct point *where = &shapes[0].at[1];
static int *inner = &shapes[0].at[1].y;

int main(void) {
    printf("%d\n", (int)(sizeof shapes / sizeof *shapes));
    printf("%s %d %d %d %d\n", shapes[0].name, shapes[0].at[1].x, *shapes[0].link, shapes[0].area(5), shapes[1].at[0].x);
    printf("%s %d %d %d\n", shapes[2].name, shapes[2].at[1].y, *shapes[2].link, shapes[2].area == 0);
    printf("%d %d\n", shapes[3].area(6), shapes[3].name == 0);
    printf("%d %d\n", *ends[0], *ends[1]);
    printf("%s%s%s %d\n", lists[0][0], lists[0][1], lists[1][0], lists[1][1] == 0);
    printf("%d %d %d\n", elided[0][2], elided[1][1], elided[1][2]);
    printf("%d %d %d\n", (int)sizeof points, points[1].x, points[1].y);
    printf("%s %d %.2s %.3s\n", padded, padded[5], exact[0], exact[1]);
    printf("%d %d %d %g %g %d %lld %x\n", folded, shifted, sized, real, single, small, large, mask);
    printf("%s %d %d %d %d\n", text, overridden[0], overridden[1], overridden[2], zeroed[99]);
    printf("%d %d\n", where->x, *inner);
    int n = 3;
    struct shape local = {.at = {{n, n * 2}, {.y = n + 1}}, .name = "local"};
    printf("%s %d %d %d %d %d\n", local.name, local.at[0].x, local.at[0].y, local.at[1].x, local.at[1].y, local.link == 0);
    int computed[4] = {n, square(n), [3] = n + 9};
    printf("%d %d %d %d %d\n", computed[0], computed[1], computed[2], computed[3], n);
    struct point pair[2] = {[1] = {5, 6}, [0].y = 4}, copy = pair[1], list[] = {copy, {7}};
    printf("%d %d %d %d %d\n", pair[0].x, pair[0].y, pair[1].x, copy.y, list[1].x);
    char word[] = "auto", bytes[8] = "abc";
    printf("%d %d %d\n", (int)sizeof word, bytes[2], bytes[7]);
    int scalar = {5};
    printf("%d\n", scalar);
    return 0;
}
