#include <stdio.h>

static int find(int x, const int v[], int n) {
    int low = 0, high = n - 1;
    while (low <= high) {
        int mid = (low + high) / 2;
        if (x < v[mid]) high = mid - 1;
        else if (x > v[mid]) low = mid + 1;
        else return mid;
    }
    return -1;
}

int main(void) {
    int v[] = { 1, 3, 5, 7, 9, 11, 13 };
    for (int i = 0; i < 15; i++) printf("%d ", find(i, v, 7));
    printf("\n");
    return 0;
}
