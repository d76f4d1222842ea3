#include <stdio.h>

int main(void) {
    int m[3][4] = { { 1, 2, 3, 4 }, { 5, 6 }, { 9 } };
    int (*row)[4] = m;
    int sum = 0;
    for (int i = 0; i < 3; i++) for (int j = 0; j < 4; j++) sum += m[i][j] * (i + 1);
    printf("%d %d %d\n", sum, row[1][1], (*(row + 2))[0]);
    char g[2][3][4] = { { "abc", "def" }, { "ghi" } };
    printf("%s %s %s %d\n", g[0][1], g[1][0], g[1][2], (int)sizeof g);
    int *flat = &m[0][0];
    printf("%d %d\n", flat[5], (int)(&m[2] - &m[0]));
    return 0;
}
