#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int numeric(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

int main(void) {
    const char *w[] = { "pear", "apple", "fig", "orange", "banana", "kiwi" };
    int v[] = { 5, -3, 99, 0, 42, -3 };
    qsort(w, 6, sizeof *w, compare);
    qsort(v, 6, sizeof *v, numeric);
    for (int i = 0; i < 6; i++) printf("%s %d\n", w[i], v[i]);
    int key = 42, *p = bsearch(&key, v, 6, sizeof *v, numeric);
    printf("%d\n", p ? (int)(p - v) : -1);
    return 0;
}
