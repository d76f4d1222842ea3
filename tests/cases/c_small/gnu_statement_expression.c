#include <stdio.h>

#define MAX(a, b) ({ __typeof__(a) a_ = (a); __typeof__(b) b_ = (b); a_ > b_ ? a_ : b_; })
int main(void) {
    int i = 3;
    printf("%d %g\n", MAX(i++, 2), MAX(1.5, 1));
    printf("%d\n", i);
    int v = ({ int s = 0; for (int k = 0; k < 5; k++) s += k; s; });
    printf("%d %d\n", v, v ?: 9);
    printf("%d\n", 0 ?: 9);
    return 0;
}
