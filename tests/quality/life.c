/* Conway's Life on a grid of bytes with a border. */
#define W 48
#define H 32
static unsigned char grids[2][H + 2][W + 2];

static void step(unsigned char (*from)[W + 2], unsigned char (*to)[W + 2]) {
    for (int y = 1; y <= H; y++)
        for (int x = 1; x <= W; x++) {
            int n = from[y - 1][x - 1] + from[y - 1][x] + from[y - 1][x + 1] + from[y][x - 1] + from[y][x + 1] +
                    from[y + 1][x - 1] + from[y + 1][x] + from[y + 1][x + 1];
            to[y][x] = n == 3 || (n == 2 && from[y][x]);
        }
}

__attribute__((export_name("bench"))) int bench(void) {
    unsigned int seed = 99, alive = 0;
    for (int y = 1; y <= H; y++)
        for (int x = 1; x <= W; x++) {
            seed = seed * 1664525u + 1013904223u;
            grids[0][y][x] = seed >> 30 == 0;
        }
    for (int generation = 0; generation < 20; generation++)
        step(grids[generation & 1], grids[~generation & 1]);
    for (int y = 1; y <= H; y++)
        for (int x = 1; x <= W; x++)
            alive += grids[0][y][x] * (unsigned int)(x + y);
    return (int)alive;
}
