#include <stdio.h>

int (*(*table[2])(int))[3];
static int rows[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
static int (*row(int n))[3] {
    return &rows[n];
}

static char *(*const names[])(void);
static char *a(void) {
    return "a";
}

static char *(*const names[])(void) = { a };
int main(void) {
    table[0] = table[1] = row;
    printf("%d %d %s\n", (*table[0](1))[2], (*(*table[1])(0))[1], names[0]());
    int *const *volatile p = (int *const[]){
        rows[1]
    }
    ;
    printf("%d\n", **p);
    return 0;
}
