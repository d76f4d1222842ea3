/* Parts that are designated twice: lists override, single values do not; ranges go on at their end. */
#include <stdio.h>

struct text { char name[6]; int n; };
struct inner { int j, k[3], l; };
struct outer { int n; struct inner o[3]; int p; };
union both { int e; double f; struct { int b; short c[2]; } g; };

static struct text whole[] = {{{"foo"}, 1}, [0] = {.name[0] = 'b'}};
static struct text part[] = {{{"foo"}, 1}, [0].name[0] = 'b'};
static struct text again[] = {{{"foo"}, 1}, [0].name = {"a"}, [0].n = 2};
static union both unions[] = {[4] = 1, [4].f = 1.5, [1].g.c[1] = 4};
static struct outer ranges[] = {[0 ... 5].o[1 ... 2].k[0 ... 1] = 4, 5, 6, 7};
static int table[][2][4] = {[2 ... 4][0 ... 1][2 ... 3] = 1, [2] = 2, [2][0][2] = 3};
static int grid[3][3] = {[0 ... 1] = {[1 ... 2] = 23}, [1][2] = 24};

static void ints(const int *p, int n) {
    for (int i = 0; i < n; i++) printf("%d%c", p[i], i + 1 < n ? ' ' : '\n');
}

static void local(int x) {
    struct outer a = {1, {{1, {x, 2, 3}, 4}, {5}}, 6, .o[0] = {.l = x}, .o[0].j = 8};
    ints(&a.n, sizeof a / sizeof(int));
    struct inner b[] = {[0 ... 2] = {.k = {x, x + 1}}, [1] = {7}, [1].l = x};
    ints(&b[0].j, sizeof b / sizeof(int));
}

int main(void) {
    printf("%s %d, %s %d, %s %d\n", whole->name, whole->n, part->name, part->n, again->name, again->n);
    printf("%g %d %d\n", unions[4].f, unions[1].g.b, unions[1].g.c[1]);
    ints(&ranges[0].n, sizeof ranges / sizeof(int));
    ints(table[0][0], sizeof table / sizeof(int));
    ints(grid[0], 9);
    local(10);
    return 0;
}
