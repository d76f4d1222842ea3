#include <stdio.h>
static void check(int x) {
    if (x > 2)
        __builtin_trap();
    printf("%d\n", x);
}
int main(void) {
    for (int i = 0; i < 5; i++)
        check(i);
    return 0;
}
