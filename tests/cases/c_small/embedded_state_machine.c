#include <stdio.h>
#include <stdint.h>
#include <stdbool.h>

typedef enum {
    IDLE, DEBOUNCE, PRESSED, RELEASE
} state;
typedef struct {
    state s;
    uint32_t since;
    unsigned presses;
} button;
static void step(button *b, bool level, uint32_t now) {
    switch (b->s) {
        case IDLE: if (level) b->s = DEBOUNCE, b->since = now;
        break;
        case DEBOUNCE: if (!level) b->s = IDLE;
        else if (now - b->since >= 3) {
            b->s = PRESSED;
            b->presses++;
        }
        break;
        case PRESSED: if (!level) b->s = RELEASE, b->since = now;
        break;
        case RELEASE: if (level) b->s = PRESSED;
        else if (now - b->since >= 3) b->s = IDLE;
    }
}

int main(void) {
    static const char *in = "0101111110001111000000011011111000000";
    button b = { IDLE, 0, 0 };
    for (uint32_t t = 0; in[t]; t++) {
        step(&b, in[t] == '1', t);
        putchar("idpr"[b.s]);
    }
    printf(" %u\n", b.presses);
    return 0;
}
