#include <stdio.h>

int main(void) {
    unsigned n = 3;
    for (unsigned i = n; i-- > 0;) printf("%u ", i);
    unsigned char c = 250;
    int steps = 0;
    do steps++;
    while (++c);
    printf("%d\n", steps);
    unsigned short s = 0;
    s--;
    printf("%u %u\n", s, (unsigned)(s + 1));
    size_t z = 0;
    z -= 1;
    printf("%d\n", z > 1000);
    return 0;
}
