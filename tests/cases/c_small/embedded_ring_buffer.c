#include <stdio.h>
#include <stdint.h>
#include <stdbool.h>

typedef struct {
    volatile uint8_t head, tail;
    uint8_t data[16];
} ring;
static bool put(ring *r, uint8_t b) {
    uint8_t n = (r->head + 1) & 15;
    if (n == r->tail) return false;
    r->data[r->head] = b;
    r->head = n;
    return true;
}

static int get(ring *r) {
    if (r->head == r->tail) return -1;
    uint8_t b = r->data[r->tail];
    r->tail = (r->tail + 1) & 15;
    return b;
}

int main(void) {
    ring r = { 0 };
    int n = 0, s = 0, b;
    for (int i = 0; i < 20; i++) n += put(&r, (uint8_t)(i * 50));
    while ((b = get(&r)) >= 0) s += b;
    printf("%d %d\n", n, s);
    for (int i = 0; i < 40; i++) {
        put(&r, i);
        s += get(&r);
    }
    printf("%d %d\n", s, get(&r));
    return 0;
}
