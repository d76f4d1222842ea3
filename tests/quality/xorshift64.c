/* xorshift64* (Vigna 2016), and a histogram of it. */
static unsigned int histogram[64];

static unsigned long long next(unsigned long long *state) {
    unsigned long long x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 0x2545F4914F6CDD1Dull;
}

__attribute__((export_name("bench"))) int bench(void) {
    unsigned long long state = 88172645463325252ull;
    for (int i = 0; i < 64; i++)
        histogram[i] = 0;
    for (int i = 0; i < 20000; i++)
        histogram[next(&state) >> 58]++;
    unsigned int sum = (unsigned int)state;
    for (int i = 0; i < 64; i++)
        sum = sum * 17 + histogram[i];
    return (int)sum;
}
