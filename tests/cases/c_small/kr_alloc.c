#include <stdio.h>

#define ALLOCSIZE 100
static char buffer[ALLOCSIZE], *next = buffer;
static char *take(int n) {
    if (buffer + ALLOCSIZE - next >= n) {
        next += n;
        return next - n;
    }
    return 0;
}

static void give(char *p) {
    if (p >= buffer && p < buffer + ALLOCSIZE) next = p;
}

int main(void) {
    char *a = take(40), *b = take(40), *c = take(40);
    printf("%d %d %d\n", (int)(b - a), c == 0, (int)(next - buffer));
    give(b);
    c = take(60);
    printf("%d\n", c == b);
    return 0;
}
