#include <stdio.h>

static unsigned gcd(unsigned a, unsigned b) {
    while (b) {
        unsigned t = a % b;
        a = b;
        b = t;
    }
    return a;
}

static unsigned long long modpow(unsigned long long b, unsigned e, unsigned m) {
    unsigned long long r = 1;
    for (b %= m; e; e >>= 1, b = b * b % m) if (e & 1) r = r * b % m;
    return r;
}

static int prime(unsigned n) {
    if (n < 4) return n > 1;
    if (!(n & 1)) return 0;
    unsigned d = n - 1;
    int s = 0;
    while (!(d & 1)) d >>= 1, s++;
    static const unsigned w[] = { 2, 7, 61 };
    for (int i = 0; i < 3; i++) {
        unsigned long long x = modpow(w[i], d, n);
        if (w[i] % n == 0 || x == 1 || x == n - 1) continue;
        int k = 1;
        for (; k < s; k++) if ((x = x * x % n) == n - 1) break;
        if (k == s) return 0;
    }
    return 1;
}

int main(void) {
    printf("%u %llu %d %d %d\n", gcd(1071, 462), modpow(3, 200, 1000007), prime(1000000007), prime(1000000011), prime(2147483647));
    return 0;
}
