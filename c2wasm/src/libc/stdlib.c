/* General utilities (C11 7.22) that need neither streams nor numbers in text. */
#include <stdlib.h>
#include <string.h>

int abs(int value) { return value < 0 ? -value : value; }
long labs(long value) { return value < 0 ? -value : value; }
long long llabs(long long value) { return value < 0 ? -value : value; }

div_t div(int numerator, int denominator) {
    return (div_t){ numerator / denominator, numerator % denominator };
}

ldiv_t ldiv(long numerator, long denominator) {
    return (ldiv_t){ numerator / denominator, numerator % denominator };
}

lldiv_t lldiv(long long numerator, long long denominator) {
    return (lldiv_t){ numerator / denominator, numerator % denominator };
}

/* xorshift64* (Vigna 2016): the upper bits of the product are good. Before any `srand` it is as
 * after `srand(1)` (7.22.2.2). */
static unsigned long long random_state = 88172645463325252u;

void srand(unsigned seed) {
    random_state = (seed - 1) * 0x9E3779B97F4A7C15u + 88172645463325252u;
    if (!random_state)
        random_state = 1;
}

int rand(void) {
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (int)(random_state * 0x2545F4914F6CDD1Du >> 33);
}

void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *)) {
    const char *low = base;
    while (count) {
        const char *middle = low + count / 2 * size;
        int order = compare(key, middle);
        if (!order)
            return (void *)middle;
        if (order > 0) {
            low = middle + size;
            count--;
        }
        count /= 2;
    }
    return 0;
}

static void swap(char *a, char *b, size_t size) {
    if (!(size & 3) && !((size_t)a & 3)) {
        for (int *x = (int *)a, *y = (int *)b; size; size -= 4, x++, y++) {
            int saved = *x;
            *x = *y;
            *y = saved;
        }
        return;
    }
    for (; size; size--, a++, b++) {
        char saved = *a;
        *a = *b;
        *b = saved;
    }
}

/* Heap sort: n log n comparisons at worst, no recursion and no memory. */
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *)) {
    char *items = base;
    size_t start = count / 2, end = count;
    while (end > 1) {
        if (start)
            start--;
        else
            swap(items, items + --end * size, size);
        size_t root = start;
        for (size_t child; (child = 2 * root + 1) < end; root = child) {
            if (child + 1 < end && compare(items + child * size, items + (child + 1) * size) < 0)
                child++;
            if (compare(items + root * size, items + child * size) >= 0)
                break;
            swap(items + root * size, items + child * size, size);
        }
    }
}

char *getenv(const char *name) {
    (void)name;
    return 0;
}

int system(const char *command) {
    return command ? -1 : 0;
}

/* Blocks of the device are 8-aligned; a stricter one is found inside a larger block, which can
 * then not be freed by its own address. */
void *aligned_alloc(size_t alignment, size_t size) {
    if (alignment <= 8)
        return malloc(size < 8 ? 8 : size);
    char *block = malloc(size + alignment);
    return block ? (void *)(((size_t)block + alignment - 1) & -alignment) : 0;
}
