/* What the seed of this project measured on its device: 100 sieves of 1024 flags, 1000 times 1024
 * bytes written, 1000 times 1024 bytes read. BYTE is `unsigned char`; the seed's compiler took four
 * bytes for one. */
#define SIZE 1024

BYTE sieve[SIZE];
BYTE membuf[SIZE];

__attribute__((export_name("primes"))) int primes(void) {
    int count = 0;
    for (int pass = 0; pass < 100; pass++) {
        count = 0;
        for (int i = 2; i < SIZE; i++) sieve[i] = 1;
        for (int i = 2; i * i < SIZE; i++)
            if (sieve[i])
                for (int j = i * i; j < SIZE; j += i) sieve[j] = 0;
        for (int i = 2; i < SIZE; i++) count += sieve[i];
    }
    return count;
}

__attribute__((export_name("write"))) int write(void) {
    for (int pass = 0; pass < 1000; pass++)
        for (int i = 0; i < SIZE; i++) membuf[i] = (BYTE)(i + pass);
    return 0;
}

__attribute__((export_name("read"))) int read(void) {
    unsigned sum = 0;
    for (int pass = 0; pass < 1000; pass++)
        for (int i = 0; i < SIZE; i++) sum += membuf[i];
    return (int)sum;
}
