#include <stdio.h>

int x = 1;
static int get(void) {
    return x;
}

int main(void) {
    printf("%d", x);
    int x = 2;
    {
        printf(" %d", x);
        int x = 3;
        {
            extern int x;
            printf(" %d", x);
            x = 10;
        }
        printf(" %d", x);
    }
    for (int x = 5; x < 7; x++) printf(" %d", x);
    printf(" %d %d\n", x, get());
    return 0;
}
