/* Integers may go from one object to another; pointers may not. */
#include <stdint.h>
#include <stdio.h>

int first = 1, second = 2;

static int through(uintptr_t base, uintptr_t distance) {
    return *(int *)(base + distance);
}

int main(void) {
    int i = 3, j = 4;
    uintptr_t distance = (uintptr_t)&i - (uintptr_t)&j;
    int *p = (int *)((uintptr_t)&j + distance);
    printf("%d", *p);
    i = 5;
    printf(" %d", *(int *)((uintptr_t)&j + ((uintptr_t)&i - (uintptr_t)&j)));
    printf(" %d", *(int *)((uintptr_t)&i + ((uintptr_t)&j - (uintptr_t)&i)));
    printf(" %d", *(int *)((uintptr_t)&first + ((uintptr_t)&second - (uintptr_t)&first)));
    second = 6;
    printf(" %d", *(int *)((uintptr_t)&first + ((uintptr_t)&second - (uintptr_t)&first)));
    *(int *)((uintptr_t)&second + ((uintptr_t)&first - (uintptr_t)&second)) = 7;
    printf(" %d", first);
    printf(" %d %d\n", through((uintptr_t)&first, (uintptr_t)&second - (uintptr_t)&first),
           through((uintptr_t)&i, (uintptr_t)&j - (uintptr_t)&i));
    return 0;
}
