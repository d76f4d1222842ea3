// Primes below 8190 by the sieve of Eratosthenes, n times over.
static unsigned char composite[8190];

__attribute__((export_name("run"))) int run(int n) {
    int count = 0;
    while (n-- > 0) {
        count = 0;
        for (int i = 0; i < 8190; i++) composite[i] = 0;
        for (int i = 2; i < 8190; i++) {
            if (composite[i]) continue;
            count++;
            for (int j = i + i; j < 8190; j += i) composite[j] = 1;
        }
    }
    return count;
}
