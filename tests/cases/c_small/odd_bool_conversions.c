#include <stdio.h>

int main(void) {
    _Bool b;
    b = 0.1;
    printf("%d", b);
    b = (void *)&b;
    printf("%d", b);
    b = 256;
    printf("%d", b);
    b = -1;
    printf("%d", b);
    b--;
    printf("%d", b);
    b--;
    printf("%d", b);
    struct {
        _Bool f : 1;
    } s = { 2 };
    printf("%d %d\n", s.f, (int)sizeof b);
    return 0;
}
