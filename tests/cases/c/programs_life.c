/* Conway's glider on a torus, a maze solved by a queue, primes, a matrix power, a bignum. */
#include <stdio.h>
#include <string.h>

enum { W = 12, H = 8 };
static unsigned char cells[H][W], next_cells[H][W];
static void step(void) {
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            int n = 0;
            for (int dy = -1; dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++)
                    if (dx || dy) n += cells[(y + dy + H) % H][(x + dx + W) % W];
            next_cells[y][x] = n == 3 || (n == 2 && cells[y][x]);
        }
    memcpy(cells, next_cells, sizeof cells);
}
static const char *maze[] = {"#########", "#S..#...#", "##.##.#.#", "#.....#E#", "#########"};
static int solve(void) {
    static int dist[5][9];
    struct { signed char x, y; } queue[45];
    static const int dx[] = {1, -1, 0, 0}, dy[] = {0, 0, 1, -1};
    int head = 0, tail = 0;
    memset(dist, -1, sizeof dist);
    queue[tail].x = 1; queue[tail++].y = 1;
    dist[1][1] = 0;
    while (head < tail) {
        int x = queue[head].x, y = queue[head].y;
        head++;
        if (maze[y][x] == 'E') return dist[y][x];
        for (int k = 0; k < 4; k++) {
            int nx = x + dx[k], ny = y + dy[k];
            if (maze[ny][nx] == '#' || dist[ny][nx] >= 0) continue;
            dist[ny][nx] = dist[y][x] + 1;
            queue[tail].x = (signed char)nx; queue[tail++].y = (signed char)ny;
        }
    }
    return -1;
}
static void factorial(int n) {
    unsigned char d[100] = {1};
    int len = 1;
    for (int i = 2; i <= n; i++) {
        int carry = 0;
        for (int k = 0; k < len; k++) { int v = d[k] * i + carry; d[k] = (unsigned char)(v % 10); carry = v / 10; }
        while (carry) { d[len++] = (unsigned char)(carry % 10); carry /= 10; }
    }
    while (len--) printf("%c", '0' + d[len]);
    printf("\n");
}
static unsigned long long fibonacci(int n) {
    unsigned long long m[2][2] = {{1, 1}, {1, 0}}, r[2][2] = {{1, 0}, {0, 1}};
    for (; n; n >>= 1) {
        unsigned long long t[2][2];
        if (n & 1) { for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) t[i][j] = r[i][0] * m[0][j] + r[i][1] * m[1][j]; memcpy(r, t, sizeof r); }
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) t[i][j] = m[i][0] * m[0][j] + m[i][1] * m[1][j];
        memcpy(m, t, sizeof m);
    }
    return r[0][1];
}

int main(void) {
    cells[1][2] = cells[2][3] = cells[3][1] = cells[3][2] = cells[3][3] = 1;
    for (int i = 0; i < 20; i++) step();
    for (int y = 0; y < H; y++) { for (int x = 0; x < W; x++) putchar(cells[y][x] ? '#' : '.'); putchar('\n'); }
    printf("%d\n", solve());
    factorial(50);
    printf("%llu %llu\n", fibonacci(50), fibonacci(93));
    return 0;
}
