/* Types and values of integer and character constants. */
#include <stdio.h>

int main(void) {
    printf("%d %d %d %d\n", 0x7fffffff, 0377, 0, 00);
    printf("%d %d\n", 0xffffffff > 0, -1 < 0xffffffff);
    printf("%lld %lld\n", 2147483648, -2147483648);
    printf("%d %d %d %d\n", (int)sizeof 1l, (int)sizeof 1ll, (int)sizeof 1ull, (int)sizeof 1u);
    printf("%llu %llx\n", 18446744073709551615ull, 0xFEDCBA9876543210);
    printf("%d %d %d %d %d\n", 'a', '\n', '\0', '\\', '\'');
    printf("%d %d %d %d\n", '\x41', '\101', '\xff', '\377');
    printf("%d %d %d %d %d %d\n", '\a', '\b', '\t', '\v', '\f', '\r');
    printf("%d\n", (int)sizeof 'a');
    printf("%d %d\n", 0b101, 0B1111);
    return 0;
}
