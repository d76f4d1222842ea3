#include <stdio.h>

struct item {
    const char *name;
    int price, count;
};
static int total(const struct item *i, int n) {
    int t = 0;
    while (n--) {
        t += i->price * i->count;
        i++;
    }
    return t;
}

int main(void) {
    struct item shop[] = { { "apple", 30, 5 }, { "pear", 45, 2 }, { "fig", 99, 1 } };
    shop[1].count *= 2;
    struct item t = shop[0];
    shop[0] = shop[2];
    shop[2] = t;
    for (int i = 0; i < 3; i++) printf("%-6s %3d x %d\n", shop[i].name, shop[i].price, shop[i].count);
    printf("%d\n", total(shop, 3));
    return 0;
}
