/* Arrays of several dimensions, of several types, as parameters, partly initialised. */
#include <stdio.h>

static int matrix[3][4];
static short cube[2][3][4];
static char words[3][8] = {"one", "two", "three"};
static const int primes[] = {2, 3, 5, 7, 11};
static unsigned char partial[10] = {1, 2, 3};
static long long wide[2][2] = {1, 2, 3};
static double weights[3] = {[1] = 2.5};

static int total(int a[], int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }
static int trace(int m[][4], int n) { int s = 0; for (int i = 0; i < n; i++) s += m[i][i]; return s; }

int main(void) {
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++) matrix[i][j] = 10 * i + j;
    printf("%d %d %d\n", matrix[2][3], *matrix[1], (*matrix)[2]);
    printf("%d %d\n", total(matrix[1], 4), trace(matrix, 3));
    printf("%d %d\n", total(&matrix[0][0], 12), total((int *)primes, 5));
    printf("%d %d %d\n", (int)sizeof matrix, (int)sizeof matrix[0], (int)(sizeof primes / sizeof *primes));
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 4; k++) cube[i][j][k] = (short)(i * 100 + j * 10 + k);
    printf("%d %d %d\n", cube[1][2][3], cube[0][2][1], (int)((char *)&cube[1][1][1] - (char *)cube));
    printf("%s %s %s %c\n", words[0], words[1], words[2], words[2][4]);
    int sum = 0;
    for (int i = 0; i < 10; i++) sum += partial[i];
    printf("%d %lld %lld %g %g\n", sum, wide[1][0], wide[1][1], weights[0], weights[1]);
    int local[5] = {9, 8};
    printf("%d %d %d\n", local[0], local[1], local[4]);
    int filled[2][2] = {{1}, {2, 3}};
    printf("%d %d %d %d\n", filled[0][0], filled[0][1], filled[1][0], filled[1][1]);
    char text[] = "size";
    char raw[3] = "abc";
    printf("%d %d %c\n", (int)sizeof text, (int)sizeof raw, raw[2]);
    int sparse[] = {[5] = 1, 2, [1] = 7};
    printf("%d %d %d %d\n", (int)(sizeof sparse / sizeof *sparse), sparse[1], sparse[6], sparse[0]);
    unsigned char ring[4] = {0};
    for (unsigned char i = 0; i < 200; i++) ring[i & 3] += i;
    printf("%d %d %d %d\n", ring[0], ring[1], ring[2], ring[3]);
    const char *names[] = {"zero", "one", "two", 0};
    int n = 0;
    while (names[n]) n++;
    printf("%d %s\n", n, names[n - 1]);
    for (int round = 0; round < 2; round++) {
        int fresh[3] = {1, 2, 3};
        fresh[round] = 50;
        printf("%d %d %d\n", fresh[0], fresh[1], fresh[2]);
    }
    return 0;
}
