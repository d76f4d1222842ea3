#include <stdio.h>
#include <ctype.h>

static int collatz(unsigned n) {
    int s = 0;
    while (n != 1) {
        n = n & 1 ? 3 * n + 1 : n / 2;
        s++;
    }
    return s;
}

static int digits(unsigned n) {
    return n < 10 ? n : n % 10 + digits(n / 10);
}

static unsigned isqrt(unsigned n) {
    unsigned r = 0, b = 1u << 30;
    while (b > n) b >>= 2;
    while (b) {
        if (n >= r + b) {
            n -= r + b;
            r = (r >> 1) + b;
        } else r >>= 1;
        b >>= 2;
    }
    return r;
}

int main(void) {
    printf("%d %d %u %u\n", collatz(27), digits(987654321), isqrt(1000000), isqrt(4294967295u));
    for (int i = 1; i <= 15; i++) printf(i % 15 == 0 ? "FizzBuzz " : i % 5 == 0 ? "Buzz " : i % 3 == 0 ? "Fizz " : "%d ", i);
    printf("\n");
    return 0;
}
