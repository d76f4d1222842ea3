#include <stdio.h>
int zero;
int main(void) {
    unsigned long long big = 5;
    printf("before\n");
    big %= zero;
    printf("after %llu\n", big);
    return 0;
}
