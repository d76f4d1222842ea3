#include <stdio.h>

int main(void) {
    const char *t = "the quick brown fox jumps over the lazy dog";
    int n[12] = { 0 }, len = 0;
    for (;; t++) {
        if (*t == ' ' || !*t) {
            n[len]++;
            len = 0;
        } else len++;
        if (!*t) break;
    }
    for (int i = 1; i < 12; i++) {
        if (!n[i]) continue;
        printf("%2d ", i);
        for (int j = 0; j < n[i]; j++) putchar('*');
        putchar('\n');
    }
    return 0;
}
