/* Alignments beyond the stack's: locals, arrays of variable length, literals, in calls at any depth. */
#include <stdint.h>
#include <stdio.h>

struct line { _Alignas(64) char bytes[64]; };

static unsigned bits;
static void check(const void *p, unsigned align) { bits |= (unsigned)(uintptr_t)p & (align - 1); }

static int deep(int n) {
    char first = n;
    _Alignas(128) int word = n;
    struct line record = {{[3] = n}};
    char array[n + 1] __attribute__((aligned(32)));
    array[n] = n;
    check(&word, 128);
    check(&record, 64);
    check(array, 32);
    check(&(_Alignas(64) int){n}, 64);
    if (n % 2) {
        _Alignas(256) char inner[3] = "ab";
        check(inner, 256);
        word += inner[2];
    }
    return n == 0 ? 0 : first + word + record.bytes[3] + array[n] - 3 * n + deep(n - 1);
}

int main(void) {
    int sum = deep(12);
    printf("%d %u\n", sum, bits);
    return 0;
}
