/* Recursion: simple, mutual, with arrays and addresses of locals on the stack. */
#include <stdio.h>

static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
static unsigned long long fact(unsigned n) { return n ? n * fact(n - 1) : 1; }
static int odd(int n);
static int even(int n) { return n == 0 ? 1 : odd(n - 1); }
static int odd(int n) { return n == 0 ? 0 : even(n - 1); }
static int ackermann(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)); }
static int moves;
static void hanoi(int n, char from, char to, char via) {
    if (n == 0) return;
    hanoi(n - 1, from, via, to);
    moves++;
    hanoi(n - 1, via, to, from);
}
static void permute(char *s, int k) {
    if (!s[k]) { printf("%s ", s); return; }
    for (int i = k; s[i]; i++) {
        char t = s[k]; s[k] = s[i]; s[i] = t;
        permute(s, k + 1);
        t = s[k]; s[k] = s[i]; s[i] = t;
    }
}
static void digits(unsigned n) { if (n >= 10) digits(n / 10); printf("%c", (char)('0' + n % 10)); }
static int walk(int depth, int *parent) {
    int mine[4] = {depth, *parent, 0, 0};
    if (depth == 0) return mine[1];
    mine[2] = walk(depth - 1, &mine[0]);
    mine[3] = walk(depth - 1, &mine[2]);
    return mine[0] + mine[1] + mine[2] + mine[3];
}
static int queens(int row, unsigned cols, unsigned left, unsigned right) {
    if (row == 6) return 1;
    int count = 0;
    for (int c = 0; c < 6; c++) {
        unsigned bit = 1u << c;
        if ((cols | left | right) & bit) continue;
        count += queens(row + 1, cols | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return count;
}
static void sort(int *a, int n) {
    if (n < 2) return;
    int pivot = a[n / 2], i = 0, j = n - 1;
    for (;;) {
        while (a[i] < pivot) i++;
        while (a[j] > pivot) j--;
        if (i >= j) break;
        int t = a[i]; a[i] = a[j]; a[j] = t;
        i++; j--;
    }
    sort(a, i);
    sort(a + i, n - i);
}

int main(void) {
    printf("%d %llu %d %d\n", fib(20), fact(20), even(50), odd(50));
    printf("%d\n", ackermann(2, 9));
    hanoi(10, 'A', 'B', 'C');
    printf("%d\n", moves);
    char s[] = "abc";
    permute(s, 0);
    printf("\n");
    digits(4000000000u);
    printf("\n");
    int root = 1;
    printf("%d %d\n", walk(4, &root), queens(0, 0, 0, 0));
    int a[30];
    for (int i = 0; i < 30; i++) a[i] = i * 37 % 101;
    sort(a, 30);
    for (int i = 0; i < 30; i++) printf("%d ", a[i]);
    printf("\n");
    return 0;
}
