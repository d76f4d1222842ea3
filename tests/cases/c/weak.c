/* Weak names that nobody defines are null. */
#include <stdio.h>

extern int missing(void) __attribute__((weak));
extern int absent __attribute__((weak));
__attribute__((weak)) int present(void) { return 4; }

int main(void)
{
    int (*pointer)(void) = missing;
    printf("%d %d %d %d\n", missing ? missing() : 1, &absent ? absent : 2, pointer == 0,
           present ? present() : 3);
    return 0;
}
