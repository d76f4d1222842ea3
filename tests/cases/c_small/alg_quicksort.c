#include <stdio.h>

static void sort(int *a, int n) {
    if (n < 2) return;
    int p = a[n / 2], i = 0, j = n - 1;
    for (;; i++, j--) {
        while (a[i] < p) i++;
        while (a[j] > p) j--;
        if (i >= j) break;
        int t = a[i];
        a[i] = a[j];
        a[j] = t;
    }
    sort(a, i);
    sort(a + i, n - i);
}

int main(void) {
    int a[50];
    unsigned s = 7;
    for (int i = 0; i < 50; i++) a[i] = (int)((s = s * 1664525 + 1013904223) >> 24);
    sort(a, 50);
    int ok = 1;
    for (int i = 1; i < 50; i++) ok &= a[i - 1] <= a[i];
    printf("%d %d %d %d\n", ok, a[0], a[25], a[49]);
    return 0;
}
