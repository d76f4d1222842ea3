// run: std=gnu23
#include <stdio.h>

#if __STDC_VERSION__ < 202311L
#include <stdbool.h>
#include <assert.h>

#define nullptr ((void *)0)
#endif
int main(void) {
    int x = 0b1010'0101;
    bool b = true;
    int *p = nullptr;
    typeof(x) y = 1'000;
    struct {
        int a, b;
    } s = {};
    static_assert(sizeof x == 4);
    [[maybe_unused]] int z;
    switch (b) {
        case 1: y++;
        [[fallthrough]];
        default: y++;
    }
    printf("%d %d %d %d %d\n", x, b, p == nullptr, y, s.b);
    return 0;
}
