#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct buf {
    int n;
    char text[];
};
static struct buf *make(const char *s) {
    struct buf *b = malloc(sizeof *b + strlen(s) + 1);
    b->n = (int)strlen(s);
    strcpy(b->text, s);
    return b;
}

int main(void) {
    struct buf *a = make("flexible"), *b = make("");
    printf("%d %s %d %d\n", a->n, a->text, b->n, (int)sizeof *a);
    free(a);
    free(b);
    return 0;
}
