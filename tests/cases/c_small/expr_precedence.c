#include <stdio.h>

int main(void) {
    int a = 5, b = 3, c = 2;
    printf("%d %d %d %d %d\n", a + b * c, (a + b) * c, a - b - c, a / b * c, a % b + c);
    printf("%d %d %d %d\n", a & b | c, a ^ b & c, a | b ^ c, a << 1 + 1);
    printf("%d %d %d\n", a > b == 1, !a == 0, ~a + 1 == -a);
    printf("%d %d\n", a > b ? b > c ? 1 : 2 : 3, a, b);
    a = b = c;
    printf("%d %d\n", a, b);
    return 0;
}
