// Sums 1 KiB byte by byte, n times over.
static volatile unsigned char buffer[1024];

__attribute__((export_name("run"))) int run(int n) {
    unsigned sum = 0;
    for (int i = 0; i < 1024; i++) buffer[i] = (unsigned char)i;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < 1024; i++) sum += buffer[i];
    return (int)sum;
}
