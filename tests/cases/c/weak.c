/* Weak names that nobody defines are null. */
#include <stdio.h>

extern int missing(void) __attribute__((weak));
extern int absent __attribute__((weak));
int (*table[2])(void) = { missing, missing };
int *pointer_to = &absent;
__attribute__((weak)) int present(void) { return 4; }

int main(void)
{
    int (*pointer)(void) = missing;
    printf("%d %d %d %d\n", missing ? missing() : 1, &absent ? absent : 2, pointer == 0,
           present ? present() : 3);
    printf("%d %d\n", table[1] == 0, pointer_to == 0);
    return 0;
}
