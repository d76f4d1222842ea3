#include <stdio.h>

static int trace(int n, int m[n][n]) {
    int t = 0;
    for (int i = 0; i < n; i++) t += m[i][i];
    return t;
}

int main(void) {
    for (int n = 1; n < 5; n++) {
        int m[n][n];
        for (int i = 0; i < n * n; i++) m[i / n][i % n] = i;
        printf("%d %d %d\n", n, trace(n, m), (int)sizeof m);
    }
    return 0;
}
