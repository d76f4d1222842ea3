#include <stdio.h>

static volatile int port;
static int reads;
static int get(void) {
    reads++;
    return port;
}

int main(void) {
    port = 1;
    port = 2;
    int a = port + port;
    port++;
    port += 3;
    int b = get();
    printf("%d %d %d %d\n", a, b, port, reads);
    volatile struct {
        int x;
    } s = { 4 };
    s.x *= 2;
    printf("%d\n", s.x);
    return 0;
}
