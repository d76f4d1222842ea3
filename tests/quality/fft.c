/* Radix-2 complex FFT, 256 points, twiddles by recurrence. */
#define N 256
static float re[N], im[N];
static float cosine[N / 2], sine[N / 2];

static void make_twiddles(void) {
    /* cos and sin of 2 pi / 256 */
    float c = 0.99969882f, s = 0.02454123f;
    cosine[0] = 1.0f;
    sine[0] = 0.0f;
    for (int k = 1; k < N / 2; k++) {
        cosine[k] = cosine[k - 1] * c - sine[k - 1] * s;
        sine[k] = sine[k - 1] * c + cosine[k - 1] * s;
    }
}

static void transform(void) {
    for (int i = 1, j = 0; i < N; i++) {
        int bit = N >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            float t = re[i];
            re[i] = re[j];
            re[j] = t;
            t = im[i];
            im[i] = im[j];
            im[j] = t;
        }
    }
    for (int length = 2; length <= N; length <<= 1) {
        int half = length >> 1, step = N / length;
        for (int i = 0; i < N; i += length)
            for (int k = 0; k < half; k++) {
                float wr = cosine[k * step], wi = -sine[k * step];
                float xr = re[i + k + half] * wr - im[i + k + half] * wi;
                float xi = re[i + k + half] * wi + im[i + k + half] * wr;
                re[i + k + half] = re[i + k] - xr;
                im[i + k + half] = im[i + k] - xi;
                re[i + k] += xr;
                im[i + k] += xi;
            }
    }
}

__attribute__((export_name("bench"))) int bench(void) {
    make_twiddles();
    float sum = 0.0f;
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < N; i++) {
            re[i] = (float)((i * (round + 3)) & 31) - 15.5f;
            im[i] = 0.0f;
        }
        transform();
        sum += re[round + 1] + im[round + 2];
    }
    return (int)(sum * 16.0f);
}
