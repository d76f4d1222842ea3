#include <stdio.h>
#include <stdlib.h>

static int closed;
static void bye(void) {
    printf("bye %d\n", closed);
}

int main(void) {
    atexit(bye);
    div_t d = div(-17, 5);
    ldiv_t l = ldiv(100, 7);
    printf("%d %d %ld %ld\n", d.quot, d.rem, l.quot, l.rem);
    printf("%d %ld\n", abs(-5), labs(-6l));
    int *a = calloc(4, sizeof *a);
    a[3] = 9;
    a = realloc(a, 8 * sizeof *a);
    printf("%d %d\n", a[0], a[3]);
    free(a);
    srand(1);
    int r1 = rand();
    srand(1);
    printf("%d %d\n", r1 == rand(), r1 >= 0);
    printf("%s\n", getenv("NO_SUCH_VARIABLE") ? "?" : "none");
    closed = 1;
    exit(0);
}
