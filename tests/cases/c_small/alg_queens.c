#include <stdio.h>
#include <stdlib.h>

static int n, count;
static void place(int row, unsigned cols, unsigned left, unsigned right) {
    if (row == n) {
        count++;
        return;
    }
    for (unsigned free = ((1u << n) - 1) & ~(cols | left | right); free; free &= free - 1) {
        unsigned bit = free & -free;
        place(row + 1, cols | bit, (left | bit) << 1, (right | bit) >> 1);
    }
}

int main(void) {
    for (n = 1; n <= 8; n++) {
        count = 0;
        place(0, 0, 0, 0);
        printf("%d ", count);
    }
    printf("\n");
    return 0;
}
