/* No object has address 0; the heap starts behind the data; pointers differ. */
#include <stdio.h>
#include <stdlib.h>
static char first;
static int second;
const char third = 'c';
int main(void) {
    char on_stack;
    void *block = malloc(1);
    printf("%d %d %d %d %d\n", &first != 0, &second != 0, &third != 0, &on_stack != 0, block != 0);
    printf("%d %d\n", (unsigned)&first >= 16, (unsigned)block >= 16);
    printf("%d\n", (void *)&first != block && (void *)&second != block && (void *)&on_stack != block);
    void *a = malloc(0), *b = malloc(0);
    printf("%d\n", a != b);
    printf("%d %d\n", calloc(0x10000, 0x10000) == NULL, malloc(0x7fffffff) == NULL);
    free(a);
    free(a);
    free((void *)12345);
    free(&second);
    free(b);
    free(block);
    printf("done\n");
    return 0;
}
