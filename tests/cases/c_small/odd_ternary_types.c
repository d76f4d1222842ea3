#include <stdio.h>

int main(void) {
    int i = 1;
    unsigned u = 2;
    char c = 3;
    double d = 4;
    printf("%d %d %d\n", (int)sizeof(i ? c : c), (int)sizeof(i ? i : d), (i ? -1 : u) > 0);
    const char *s = i ? "yes" : 0;
    void *v = i ? (void *)s : &i;
    printf("%s %d\n", s, v == s);
    i ? (void)(i = 5) : (void)0;
    printf("%d\n", i);
    printf("%s\n", i < 3 ? "small" : i < 10 ? "medium" : "large");
    return 0;
}
