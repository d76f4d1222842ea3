/* Float matrix product, rows by pointer. */
#define N 48
static float a[N * N], b[N * N], c[N * N];

static void multiply(const float *x, const float *y, float *out, int n) {
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            float sum = 0.0f;
            for (int k = 0; k < n; k++)
                sum += x[i * n + k] * y[k * n + j];
            out[i * n + j] = sum;
        }
}

__attribute__((export_name("bench"))) int bench(void) {
    for (int i = 0; i < N * N; i++) {
        a[i] = (float)(i % 17) * 0.25f;
        b[i] = (float)(i % 13) - 6.0f;
    }
    multiply(a, b, c, N);
    float sum = 0.0f;
    for (int i = 0; i < N * N; i++)
        sum += c[i];
    return (int)sum;
}
