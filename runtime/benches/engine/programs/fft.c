// 1024-point complex radix-2 decimation in time, interleaved floats, precomputed twiddles.
#define N 1024
static float data[2 * N], twiddle[N];

// sin(x) for 0 <= x <= pi/2 by its series: there is no libm here.
static float sine(float x) {
    float x2 = x * x, term = x, sum = x;
    for (int k = 3; k < 13; k += 2) {
        term *= -x2 / (float)(k * (k - 1));
        sum += term;
    }
    return sum;
}

static void init(void) {
    const float half_pi = 1.57079632679f;
    for (int i = 0; i < N / 4; i++) {
        float angle = half_pi * (float)i / (N / 4);
        float s = sine(angle), c = sine(half_pi - angle);
        twiddle[2 * i] = c;
        twiddle[2 * i + 1] = -s;
        twiddle[N / 2 + 2 * i] = -s;
        twiddle[N / 2 + 2 * i + 1] = -c;
    }
}

static void fft(void) {
    for (int i = 0, j = 0; i < N; i++) {
        if (i < j) {
            float re = data[2 * i], im = data[2 * i + 1];
            data[2 * i] = data[2 * j];
            data[2 * i + 1] = data[2 * j + 1];
            data[2 * j] = re;
            data[2 * j + 1] = im;
        }
        int bit = N >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
    }
    for (int half = 1; half < N; half *= 2) {
        int step = N / 2 / half;
        for (int start = 0; start < N; start += 2 * half)
            for (int k = 0; k < half; k++) {
                float wr = twiddle[2 * k * step], wi = twiddle[2 * k * step + 1];
                float *a = &data[2 * (start + k)], *b = &data[2 * (start + k + half)];
                float tr = wr * b[0] - wi * b[1], ti = wr * b[1] + wi * b[0];
                b[0] = a[0] - tr;
                b[1] = a[1] - ti;
                a[0] += tr;
                a[1] += ti;
            }
    }
}

__attribute__((export_name("run"))) int run(int n) {
    init();
    float sum = 0;
    while (n-- > 0) {
        for (int i = 0; i < 2 * N; i++) data[i] = (float)((i * 37) % 101);
        fft();
        sum += data[10] + data[1001];
    }
    return (int)sum;
}
