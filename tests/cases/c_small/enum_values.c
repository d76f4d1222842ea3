#include <stdio.h>

enum a {
    A, B = 10, C, D = -5, E, F = B + C
};
typedef enum {
    LOW = 1 << 0, MID = 1 << 1, HIGH = 1 << 4
} flags;
int main(void) {
    printf("%d %d %d %d %d %d\n", A, B, C, D, E, F);
    flags f = LOW | HIGH;
    printf("%d %d %d\n", f, !!(f & MID), (int)sizeof f);
    for (enum a e = A; e < 3; e++) printf("%d ", e);
    printf("\n");
    int arr[C] = { [B] = 7 };
    printf("%d\n", arr[10]);
    return 0;
}
