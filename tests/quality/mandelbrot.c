/* Points of the Mandelbrot set on a grid. */
#define SIZE 40
#define LIMIT 60

__attribute__((export_name("bench"))) int bench(void) {
    int inside = 0, total = 0;
    for (int py = 0; py < SIZE; py++)
        for (int px = 0; px < SIZE; px++) {
            float cx = -2.0f + 3.0f * (float)px / SIZE, cy = -1.5f + 3.0f * (float)py / SIZE;
            float x = 0.0f, y = 0.0f;
            int n = 0;
            while (n < LIMIT && x * x + y * y < 4.0f) {
                float next = x * x - y * y + cx;
                y = 2.0f * x * y + cy;
                x = next;
                n++;
            }
            inside += n == LIMIT;
            total += n;
        }
    return inside * 100000 + total;
}
