/* Sieve of Eratosthenes over bytes. */
#define SIZE 4096
static unsigned char composite[SIZE];

__attribute__((export_name("bench"))) int bench(void) {
    int count = 0;
    for (int pass = 0; pass < 40; pass++) {
        count = 0;
        for (int i = 0; i < SIZE; i++)
            composite[i] = 0;
        for (int i = 2; i < SIZE; i++) {
            if (composite[i])
                continue;
            count++;
            for (int j = i + i; j < SIZE; j += i)
                composite[j] = 1;
        }
    }
    return count;
}
