#include <stdio.h>

int main(void) {
    static unsigned char composite[1000];
    int n = 0;
    for (int i = 2; i < 1000; i++) {
        if (composite[i]) continue;
        n++;
        for (int j = i * i; j < 1000; j += i) composite[j] = 1;
    }
    printf("%d primes:", n);
    for (int i = 950; i < 1000; i++) if (!composite[i]) printf(" %d", i);
    printf("\n");
    return 0;
}
