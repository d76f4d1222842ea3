#include <stdio.h>
#include <stdint.h>

typedef union {
    uint16_t all;
    struct {
        uint16_t enable : 1, mode : 2, : 1, divider : 4, level : 8;
    };
} control;
int main(void) {
    control c = { 0 };
    c.enable = 1;
    c.mode = 2;
    c.divider = 9;
    c.level = 0x5a;
    printf("%04x\n", c.all);
    c.all &= (uint16_t)~0x00f0;
    c.all |= 0x0030;
    printf("%u %u %u %u\n", c.enable, c.mode, c.divider, c.level);
    uint8_t port = 0;
    port |= 1 << 3;
    port ^= 1 << 0;
    printf("%u\n", port);
    return 0;
}
