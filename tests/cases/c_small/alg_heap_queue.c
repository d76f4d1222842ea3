#include <stdio.h>

static int h[64], n;
static void push(int v) {
    int i = n++;
    while (i && h[(i - 1) / 2] > v) {
        h[i] = h[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h[i] = v;
}

static int pop(void) {
    int top = h[0], v = h[--n], i = 0;
    for (int c; (c = 2 * i + 1) < n; i = c) {
        if (c + 1 < n && h[c + 1] < h[c]) c++;
        if (h[c] >= v) break;
        h[i] = h[c];
    }
    h[i] = v;
    return top;
}

int main(void) {
    for (int i = 0; i < 30; i++) push(i * 37 % 31);
    while (n) printf("%d ", pop());
    printf("\n");
    return 0;
}
