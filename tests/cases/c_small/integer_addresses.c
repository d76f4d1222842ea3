/* Addresses as integers: sums that lead from one object to another, and self-relative offsets. */
#include <stdint.h>
#include <stdio.h>

static int32_t relative[2];
static int near = 5, far = 7;

static void *follow(int32_t *offset) { return (char *)((intptr_t)offset + *offset); }

static int local(void) {
    int i = 1, *p = &i;
    uintptr_t distance;
    distance = (uintptr_t)p - (uintptr_t)&distance;
    p = (int *)((uintptr_t)&distance + distance);
    *p += 2;
    return i;
}

static int across(int n) {
    uintptr_t gap = (uintptr_t)(n ? &near : &far) - (uintptr_t)&relative[1];
    return *(int *)((uintptr_t)&relative[1] + gap) + *(int *)(gap + (uintptr_t)&relative[1]);
}

int main(void) {
    relative[0] = (int32_t)((intptr_t)&far - (intptr_t)&relative[0]);
    relative[1] = (int32_t)((intptr_t)&near - (intptr_t)&relative[1]);
    printf("%d %d %d %d %d\n", local(), *(int *)follow(&relative[0]), *(int *)follow(&relative[1]),
           across(0), across(1));
    return 0;
}
