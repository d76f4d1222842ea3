#include <stdio.h>

#define N 4
static void mul(const double a[N][N], const double b[N][N], double c[N][N]) {
    for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) {
        c[i][j] = 0;
        for (int k = 0; k < N; k++) c[i][j] += a[i][k] * b[k][j];
    }
}

int main(void) {
    double a[N][N], b[N][N], c[N][N];
    for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) a[i][j] = i + j, b[i][j] = i - j;
    mul(a, b, c);
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) printf("%6.1f", c[i][j]);
        printf("\n");
    }
    return 0;
}
