#include <stdio.h>
#include <stddef.h>

struct __attribute__((packed)) p {
    char c;
    int i;
    short s;
};
struct a {
    char c;
    _Alignas(8) char d;
};
int main(void) {
    struct p x = { 1, 0x01020304, 5 };
    printf("%d %d %d %x\n", (int)sizeof x, (int)offsetof(struct p, i), (int)offsetof(struct p, s), x.i);
    printf("%d %d\n", (int)sizeof(struct a), (int)offsetof(struct a, d));
    return 0;
}
