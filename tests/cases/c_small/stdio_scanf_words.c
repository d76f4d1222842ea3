// run: stdin=3\s4\s5\nalpha\sbeta\n2.5\send
#include <stdio.h>

int main(void) {
    int n, s = 0;
    char w[20];
    double d;
    while (scanf("%d", &n) == 1) s += n;
    printf("%d\n", s);
    printf("%d ", scanf("%19s", w));
    puts(w);
    printf("%d ", scanf("%19s%lf", w, &d));
    printf("%s %g\n", w, d);
    printf("%d ", scanf(" %c%19s", w, w + 1));
    puts(w);
    printf("%d\n", scanf("%d", &n));
    return 0;
}
