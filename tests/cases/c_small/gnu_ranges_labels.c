#include <stdio.h>

int main(void) {
    static const void *const op[] = { &&add, &&twice, &&stop };
    int code[] = { 0, 1, 0, 1, 2 }, pc = 0, acc = 1;
    goto *op[code[pc]];
    add: acc += 5;
    goto *op[code[++pc]];
    twice: acc *= 2;
    goto *op[code[++pc]];
    stop: printf("%d\n", acc);
    for (char c = '0'; c < 'z'; c += 13) switch (c) {
        case '0' ... '9': putchar('d');
        break;
        case 'A' ... 'Z': putchar('U');
        break;
        case 'a' ... 'z': putchar('l');
        break;
        default: putchar('?');
    }
    putchar('\n');
    int a[] = { [0 ... 3] = 7, [2] = 1 };
    printf("%d %d\n", a[2], a[3]);
    return 0;
}
