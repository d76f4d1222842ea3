#include <stdio.h>
#include <stdlib.h>

static int cmp(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

int main(void) {
    double v[] = { 3.5, -1, 1e-9, 1e9, 0, -1e-9, 2.25 };
    qsort(v, 7, sizeof *v, cmp);
    for (int i = 0; i < 7; i++) printf("%g ", v[i]);
    printf("\n");
    return 0;
}
