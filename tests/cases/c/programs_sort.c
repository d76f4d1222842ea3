/* Five sorts over the same data, checked against each other. */
#include <stdio.h>
#include <string.h>

#define N 60
static short data[N], work[N], scratch[N];

static unsigned seed = 12345;
static int next(void) { seed = seed * 1103515245u + 12345u; return (int)(seed >> 16 & 0x7fff); }
static void bubble(short *a, int n) { for (int i = 0; i < n; i++) for (int j = 0; j + 1 < n - i; j++) if (a[j] > a[j + 1]) { short t = a[j]; a[j] = a[j + 1]; a[j + 1] = t; } }
static void insertion(short *a, int n) { for (int i = 1; i < n; i++) { short v = a[i]; int j = i; while (j > 0 && a[j - 1] > v) { a[j] = a[j - 1]; j--; } a[j] = v; } }
static void shell(short *a, int n) { for (int gap = n / 2; gap; gap /= 2) for (int i = gap; i < n; i++) for (int j = i - gap; j >= 0 && a[j] > a[j + gap]; j -= gap) { short t = a[j]; a[j] = a[j + gap]; a[j + gap] = t; } }
static void sift(short *a, int i, int n) { for (;;) { int c = 2 * i + 1; if (c >= n) return; if (c + 1 < n && a[c + 1] > a[c]) c++; if (a[i] >= a[c]) return; short t = a[i]; a[i] = a[c]; a[c] = t; i = c; } }
static void heap(short *a, int n) { for (int i = n / 2; i >= 0; i--) sift(a, i, n); while (--n > 0) { short t = a[0]; a[0] = a[n]; a[n] = t; sift(a, 0, n); } }
static void merge(short *a, int n) {
    if (n < 2) return;
    int m = n / 2, i = 0, j = m, k = 0;
    merge(a, m);
    merge(a + m, n - m);
    while (i < m && j < n) scratch[k++] = a[i] <= a[j] ? a[i++] : a[j++];
    while (i < m) scratch[k++] = a[i++];
    while (j < n) scratch[k++] = a[j++];
    memcpy(a, scratch, (unsigned)n * sizeof *a);
}

int main(void) {
    static void (*const sorts[])(short *, int) = {bubble, insertion, shell, heap, merge};
    for (int i = 0; i < N; i++) data[i] = (short)(next() - 16384);
    for (unsigned s = 0; s < sizeof sorts / sizeof *sorts; s++) {
        memcpy(work, data, sizeof data);
        sorts[s](work, N);
        unsigned hash = 0;
        for (int i = 0; i < N; i++) {
            hash = hash * 31 + (unsigned short)work[i];
            if (i && work[i - 1] > work[i]) printf("unsorted at %d\n", i);
        }
        printf("%d..%d %08x\n", work[0], work[N - 1], hash);
    }
    return 0;
}
