#include <stdio.h>

int main(void) {
    for (int f = 0; f <= 300; f += 60) printf("%3d %6.1f\n", f, 5.0 / 9.0 * (f - 32));
    return 0;
}
