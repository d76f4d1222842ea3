#include <stdio.h>

static void shellsort(int v[], int n) {
    int gap, i, j, temp;
    for (gap = n / 2; gap > 0; gap /= 2) for (i = gap; i < n; i++) for (j = i - gap; j >= 0 && v[j] > v[j + gap]; j -= gap) {
        temp = v[j];
        v[j] = v[j + gap];
        v[j + gap] = temp;
    }
}

int main(void) {
    int v[20];
    unsigned s = 1;
    for (int i = 0; i < 20; i++) v[i] = (int)((s = s * 1103515245 + 12345) >> 16 & 0xff);
    shellsort(v, 20);
    for (int i = 0; i < 20; i++) printf("%d%c", v[i], i == 19 ? '\n' : ' ');
    return 0;
}
