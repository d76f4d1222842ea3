#include <stdio.h>

static const char *kind(int n) {
    switch (n) {
        case 0: return "zero";
        case 1: case 3: case 5: return "odd";
        case -1: return "neg";
        case 1000000: return "big";
        default: return n & 1 ? "other odd" : "other even";
    }
}

int main(void) {
    int v[] = { 0, 1, 2, 3, -1, 1000000, 7 };
    for (int i = 0; i < 7; i++) puts(kind(v[i]));
    int n = 0;
    for (int i = 0; i < 10; i++) switch (i % 4) {
        case 0: n += 1;
        case 1: n += 10;
        break;
        case 2: continue;
        default: n += 100;
    }
    printf("%d\n", n);
    switch (3) {
        int unreached;
        case 3: unreached = 4;
        printf("%d\n", unreached);
    }
    unsigned long long w = 1ull << 40;
    switch (w) {
        case 1ull << 40: puts("wide");
    }
    return 0;
}
