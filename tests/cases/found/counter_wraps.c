// Counters that wrap before their tests end the loop: only the break does.
#include <limits.h>
#include <stdio.h>

int main(void) {
    int n = 0, i = INT_MAX;
    do {
        n++;
        i = (int)(i + 1u);
        if (n > 100) break;
    } while (i < 5);
    printf("%d\n", n);
    n = 0;
    for (unsigned i = 11; i > 2; i -= 4) {
        n++;
        if (n > 100) break;
    }
    printf("%d\n", n);
    n = 0;
    for (unsigned i = 10; i >= 2; i -= 4) {
        n++;
        if (n > 100) break;
    }
    printf("%d\n", n);
    return 0;
}
