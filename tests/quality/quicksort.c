/* Quicksort, recursive, of pseudo-random integers. */
#define N 2000
static int values[N];

static void sort(int *v, int low, int high) {
    while (low < high) {
        int pivot = v[(low + high) / 2], i = low, j = high;
        while (i <= j) {
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i <= j) {
                int t = v[i];
                v[i++] = v[j];
                v[j--] = t;
            }
        }
        sort(v, low, j);
        low = i;
    }
}

__attribute__((export_name("bench"))) int bench(void) {
    unsigned int seed = 12345, sum = 0;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < N; i++) {
            seed = seed * 1103515245u + 12345u;
            values[i] = (int)(seed >> 8) % 100000;
        }
        sort(values, 0, N - 1);
        for (int i = 1; i < N; i++)
            sum = sum * 31 + (unsigned int)values[i] + (values[i - 1] > values[i]);
    }
    return (int)sum;
}
