#include <stdio.h>

typedef int op(int, int);
static int add(int a, int b) {
    return a + b;
}

static int sub(int a, int b) {
    return a - b;
}

static int mul(int a, int b) {
    return a * b;
}

static op *choose(char c) {
    switch (c) {
        case '+': return add;
        case '-': return sub;
        default: return &mul;
    }
}

static int apply(int (*f)(int, int), int a, int b) {
    return (*f)(a, b);
}

static int (*pick(int n))(int, int) {
    static op *const t[] = { add, sub, mul };
    return t[n];
}

int main(void) {
    printf("%d %d %d\n", choose('+')(2, 3), (*choose('-'))(2, 3), (**choose('*'))(2, 3));
    for (int i = 0; i < 3; i++) printf("%d ", apply(pick(i), 10, 4));
    printf("%d\n", choose('+') == add);
    return 0;
}
