#include <stdio.h>

static int ack(int m, int n) {
    return m == 0 ? n + 1 : n == 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1));
}

static int odd(int);
static int even(int n) {
    return n == 0 || odd(n - 1);
}

static int odd(int n) {
    return n && even(n - 1);
}

static void hanoi(int n, char a, char b, char c, int *moves) {
    if (!n) return;
    hanoi(n - 1, a, c, b, moves);
    ++*moves;
    hanoi(n - 1, c, b, a, moves);
}

int main(void) {
    int m = 0;
    hanoi(8, 'a', 'b', 'c', &m);
    printf("%d %d %d %d\n", ack(2, 3), even(50), odd(50), m);
    return 0;
}
