#include <stdio.h>

static void set(int **pp, int *to) {
    *pp = to;
}

static void swap(const char **a, const char **b) {
    const char *t = *a;
    *a = *b;
    *b = t;
}

int main(void) {
    int x = 1, y = 2, *p = &x;
    set(&p, &y);
    **&p = 7;
    printf("%d %d\n", x, y);
    const char *a = "first", *b = "second";
    swap(&a, &b);
    printf("%s %s\n", a, b);
    char *m[3] = { "abc", "def", "ghi" }, **mp = m;
    printf("%c %s %c\n", *mp[1], *(mp + 2), *(*mp + 2));
    int ***ppp = &(int **){ &p };
    printf("%d\n", ***ppp);
    return 0;
}
