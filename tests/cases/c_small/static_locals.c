#include <stdio.h>

static int next(void) {
    static int n = 100;
    return n++;
}

static int *once(void) {
    static int cache[3] = { 7 };
    return cache;
}

int main(void) {
    next();
    next();
    once()[1] = next();
    printf("%d %d %d\n", next(), once()[0], once()[1]);
    for (int i = 0; i < 3; i++) {
        static int s;
        int a = 0;
        s++;
        a++;
        printf("%d%d ", s, a);
    }
    printf("\n");
    return 0;
}
