/* Every operator: values, short circuits, sequence, compound assignment, precedence. */
#include <stdio.h>

static int calls;
static int t(int x) { calls++; return x; }

int main(void) {
    int a = 7, b = -3;
    printf("%d %d %d %d %d\n", a + b, a - b, a * b, a / b, a % b);
    printf("%d %d %d %d\n", a & b, a | b, a ^ b, ~a);
    printf("%d %d %d %d %d %d\n", a < b, a > b, a <= b, a >= b, a == b, a != b);
    printf("%d %d %d %d\n", a && b, a || 0, !a, !!a);
    calls = 0;
    int r = t(0) && t(1);
    printf("%d %d\n", r, calls);
    r = t(1) || t(0);
    printf("%d %d\n", r, calls);
    r = t(1) ? t(5) : t(6);
    printf("%d %d\n", r, calls);
    r = (t(1), t(2), t(3));
    printf("%d %d\n", r, calls);
    r = a++ + ++b;
    printf("%d %d %d\n", r, a, b);
    r = a-- - --b;
    printf("%d %d %d\n", r, a, b);
    r = 10; r += 5; r -= 3; r *= 4; r /= 5; r %= 7; r <<= 5; r >>= 1; r |= 3; r &= 0x2a; r ^= 0xff;
    printf("%d\n", r);
    int x, y, z;
    x = y = z = 9;
    printf("%d %d %d\n", x, y, z);
    x = (y += 2) * (z -= 1);
    printf("%d %d %d\n", x, y, z);
    printf("%d %d %d\n", 1 + 2 * 3, (1 + 2) * 3, 2 * 3 % 4);
    printf("%d %d %d\n", 1 << 2 + 1, 8 >> 1 & 3, 1 | 2 ^ 3 & 1);
    printf("%d %d\n", 1 < 2 == 1, 5 > 4 > 3);
    printf("%d %d\n", -a * -b, - -a);
    printf("%d\n", 1 ? 2 : 0 ? 3 : 4);
    printf("%d\n", a ? b ? 1 : 2 : 3);
    printf("%d\n", !a == 0);
    printf("%d\n", (int)sizeof(int) * 2 + sizeof a);
    unsigned char c = 250;
    c++;
    printf("%d\n", c);
    c += 10;
    printf("%d\n", c);
    unsigned char arr[4] = {0}, *p = arr;
    *p++ = 1; *p++ = 2; *++p = 4;
    printf("%d %d %d %d %d\n", arr[0], arr[1], arr[2], arr[3], (int)(p - arr));
    arr[t(2)] += 7;
    arr[t(2)]++;
    printf("%d %d\n", arr[2], calls);
    r = 5;
    printf("%d\n", r);
    return 0;
}
