/* A 1024-point complex FFT: radix 2, decimation in time, interleaved floats, twiddles computed
 * once. A host may load this as a library and call the two exports; run as a program, it checks
 * itself on a signal whose spectrum is known. */
#include <math.h>
#include <stdio.h>

#define POINTS 1024
#define LOG2_POINTS 10
#define TONE 37

static float data[2 * POINTS];   /* re, im, re, im, ... */
static float twiddle[POINTS];    /* cos, -sin of 2 pi k / POINTS for k < POINTS / 2 */

static void swap_points(int a, int b) {
    for (int part = 0; part < 2; part++) {
        float saved = data[2 * a + part];
        data[2 * a + part] = data[2 * b + part];
        data[2 * b + part] = saved;
    }
}

static void bit_reverse(void) {
    int j = 0;
    for (int i = 0; i < POINTS - 1; i++) {
        if (i < j)
            swap_points(i, j);
        int bit = POINTS >> 1;
        while (j & bit) {
            j ^= bit;
            bit >>= 1;
        }
        j |= bit;
    }
}

static void butterflies(void) {
    for (int half = 1, step = POINTS / 2; half < POINTS; half *= 2, step /= 2) {
        for (int first = 0; first < POINTS; first += 2 * half) {
            for (int k = 0; k < half; k++) {
                float wr = twiddle[2 * k * step], wi = twiddle[2 * k * step + 1];
                float *a = &data[2 * (first + k)], *b = &data[2 * (first + k + half)];
                float tr = wr * b[0] - wi * b[1], ti = wr * b[1] + wi * b[0];
                b[0] = a[0] - tr;
                b[1] = a[1] - ti;
                a[0] += tr;
                a[1] += ti;
            }
        }
    }
}

static void load_tone(void) {
    for (int i = 0; i < POINTS; i++) {
        int phase = (i * TONE) % POINTS;
        float sign = phase < POINTS / 2 ? 1.0f : -1.0f;
        int k = phase % (POINTS / 2);
        data[2 * i] = sign * twiddle[2 * k];
        data[2 * i + 1] = -sign * twiddle[2 * k + 1];
    }
}

__attribute__((export_name("fft_init"))) void fft_init(void) {
    for (int k = 0; k < POINTS / 2; k++) {
        float angle = 6.2831853f * (float)k / (float)POINTS;
        twiddle[2 * k] = cosf(angle);
        twiddle[2 * k + 1] = -sinf(angle);
    }
}

/* Transforms the tone `count` times; the largest bin of the last spectrum. */
__attribute__((export_name("fft_bench"))) int fft_bench(int count) {
    int peak = 0;
    for (int round = 0; round < count; round++) {
        load_tone();
        bit_reverse();
        butterflies();
    }
    for (int i = 1; i < POINTS; i++) {
        float here = data[2 * i] * data[2 * i] + data[2 * i + 1] * data[2 * i + 1];
        float best = data[2 * peak] * data[2 * peak] + data[2 * peak + 1] * data[2 * peak + 1];
        if (here > best)
            peak = i;
    }
    return peak;
}

int main(void) {
    fft_init();
    int peak = fft_bench(10);
    printf("%d-point FFT, 2^%d: the peak is bin %d, its height %.1f\n", POINTS, LOG2_POINTS, peak,
           sqrtf(data[2 * peak] * data[2 * peak] + data[2 * peak + 1] * data[2 * peak + 1]));
    return peak == TONE ? 0 : 1;
}
