#include <stdio.h>

_Static_assert(sizeof(int) == 4, "int");
struct a {
    _Static_assert(1, "in struct");
    int x;
};
int main(void) {
    _Alignas(16) char b[3];
    _Static_assert(_Alignof(short) == 2, "short");
    printf("%d %d %d\n", (int)((size_t)b % 16), (int)_Alignof(char), (int)sizeof(struct a));
    return 0;
}
