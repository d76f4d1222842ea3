#include <stdio.h>

int main(void) {
    printf("%d %d %d %d\n", __builtin_clz(0x00ffffff), __builtin_ctz(0x100), __builtin_popcount(0xff00ff), __builtin_parity(7));
    printf("%d %d %d\n", __builtin_clzll(1), __builtin_ffs(0), __builtin_ffs(24));
    printf("%x %llx %x\n", __builtin_bswap32(0x11223344), __builtin_bswap64(0x1122334455667788), __builtin_bswap16(0xabcd));
    printf("%d %d\n", __builtin_expect(3, 1), __builtin_constant_p(3));
    printf("%d %d\n", __builtin_abs(-4), __builtin_types_compatible_p(int, signed));
    printf("%d\n", __builtin_choose_expr(1, 5, "x"));
    if (0) __builtin_unreachable();
    return 0;
}
