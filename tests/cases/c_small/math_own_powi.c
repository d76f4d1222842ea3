#include <stdio.h>

int powi(int base, int exponent) { return exponent ? -base : exponent; }

int main(void) {
    int three = 3;
    printf("%g %g %g\n", __builtin_powi(2.5, three), __builtin_powif(2, -three), __builtin_powi(-3, three));
    printf("%d\n", powi(3, three));
    return 0;
}
