#include <stdio.h>

int main(void) {
    int a[10];
    for (int i = 0; i < 10; i++) a[i] = i * i;
    int *p = a + 3, *q = &a[8];
    printf("%d %d %d %d\n", (int)(q - p), *p, p[2], q[-1]);
    printf("%d %d %d\n", p < q, p == &a[3], *(a + 5) == 5[a]);
    char *c = (char *)p;
    printf("%d\n", *(int *)(c + 4));
    void *v = q;
    printf("%d\n", *(int *)v);
    for (p = a; p < a + 10; p += 3) printf("%d ", *p);
    printf("\n");
    return 0;
}
