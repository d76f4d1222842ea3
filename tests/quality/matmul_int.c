/* Integer matrix product. */
#define N 48
static int a[N][N], b[N][N], c[N][N];

__attribute__((export_name("bench"))) int bench(void) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = i * 3 + j;
            b[i][j] = i - j * 2;
        }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            int sum = 0;
            for (int k = 0; k < N; k++)
                sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
    int trace = 0;
    for (int i = 0; i < N; i++)
        trace += c[i][i] ^ c[i][N - 1 - i];
    return trace;
}
