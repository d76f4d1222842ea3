#include <stdio.h>
#include <string.h>

int main(void) {
    enum {
        W = 10, H = 6
    };
    static char g[2][H][W];
    static const char *start[] = { ".#........", "..#.......", "###.......", "......###.", ".........." , ".........." };
    for (int y = 0; y < H; y++) memcpy(g[0][y], start[y], W);
    for (int t = 0; t < 4; t++) for (int y = 0; y < H; y++) for (int x = 0; x < W; x++) {
        int n = 0;
        for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) n += (dx || dy) && g[t & 1][(y + dy + H) % H][(x + dx + W) % W] == '#';
        g[~t & 1][y][x] = n == 3 || (n == 2 && g[t & 1][y][x] == '#') ? '#' : '.';
    }
    for (int y = 0; y < H; y++) printf("%.*s\n", W, g[0][y]);
    return 0;
}
