#include <stdio.h>

int main(void) {
    int a[4], *p = a, *end = a + 4;
    int n = 0;
    while (p != end) *p++ = n++;
    printf("%d %d %d\n", (int)(end - a), end[-1], p - 1 == a + 3);
    char *c = 0;
    printf("%d %d\n", !c, c == NULL);
    void *v = a;
    printf("%d %d\n", v == a, (char *)v + sizeof(int) == (char *)(a + 1));
    return 0;
}
