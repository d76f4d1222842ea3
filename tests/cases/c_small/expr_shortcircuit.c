#include <stdio.h>

static int calls;
static int yes(void) {
    calls++;
    return 1;
}

static int no(void) {
    calls++;
    return 0;
}

int main(void) {
    int r = 0;
    r += no() && yes();
    r += yes() || no();
    r += yes() && no() || yes();
    r += !(no() || no());
    printf("%d %d\n", r, calls);
    int *p = 0;
    if (p && *p) printf("bad\n");
    if (!p || *p) printf("good\n");
    return 0;
}
