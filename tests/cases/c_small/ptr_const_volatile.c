#include <stdio.h>

static size_t count(const char *s) {
    size_t n = 0;
    while (*s++) n++;
    return n;
}

int main(void) {
    const int c = 5;
    const int *pc = &c;
    int v = 3;
    int *const cp = &v;
    *cp = 4;
    pc = cp;
    const char *const names[] = { "x", "yy" };
    volatile int flag = 0;
    while (flag < 3) flag++;
    printf("%d %d %d %d\n", *pc, v, (int)count(names[1]), flag);
    return 0;
}
