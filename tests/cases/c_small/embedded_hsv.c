#include <stdio.h>
#include <stdint.h>

typedef struct {
    uint8_t r, g, b;
} rgb;
static rgb hsv(uint8_t h, uint8_t s, uint8_t v) {
    uint8_t region = h / 43, rest = (uint8_t)((h - region * 43) * 6);
    uint8_t p = (uint8_t)(v * (255 - s) >> 8), q = (uint8_t)(v * (255 - (s * rest >> 8)) >> 8), t = (uint8_t)(v * (255 - (s * (255 - rest) >> 8)) >> 8);
    switch (region) {
        case 0: return (rgb){ v, t, p };
        case 1: return (rgb){ q, v, p };
        case 2: return (rgb){ p, v, t };
        case 3: return (rgb){ p, q, v };
        case 4: return (rgb){ t, p, v };
        default: return (rgb){ v, p, q };
    }
}

int main(void) {
    for (int h = 0; h < 256; h += 37) {
        rgb c = hsv((uint8_t)h, 200, 255);
        printf("%02x%02x%02x ", c.r, c.g, c.b);
    }
    printf("\n");
    return 0;
}
