#include <stdio.h>
#include <math.h>

static double det(int n, double m[n][n]) {
    double r = 1;
    for (int i = 0; i < n; i++) {
        int p = i;
        for (int k = i + 1; k < n; k++) if (fabs(m[k][i]) > fabs(m[p][i])) p = k;
        if (m[p][i] == 0) return 0;
        if (p != i) {
            r = -r;
            for (int j = 0; j < n; j++) {
                double t = m[i][j];
                m[i][j] = m[p][j];
                m[p][j] = t;
            }
        }
        r *= m[i][i];
        for (int k = i + 1; k < n; k++) {
            double f = m[k][i] / m[i][i];
            for (int j = i; j < n; j++) m[k][j] -= f * m[i][j];
        }
    }
    return r;
}

int main(void) {
    double m[3][3] = { { 2, -1, 0 }, { -1, 2, -1 }, { 0, -1, 2 } }, z[2][2] = { { 1, 2 }, { 2, 4 } };
    printf("%.3f %.3f\n", det(3, m), det(2, z));
    return 0;
}
