#include <stdio.h>
#include <string.h>

static int v[4] = { 1, 2, 3, 4 };
static int *p = &v[2], **pp = &p;
static struct {
    int *q;
    const char *s;
} g = { v + 1, "glob" + 1 };
static int (*cmp)(const char *, const char *) = strcmp;
static long diff = (char *)&v[3] - (char *)&v[0];
int main(void) {
    printf("%d %d %d %s %d %ld\n", *p, **pp, *g.q, g.s, cmp("a", "a"), diff);
    *pp = v;
    printf("%d\n", *p);
    return 0;
}
