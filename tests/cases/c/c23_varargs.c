// run: std=gnu23
/* C23: va_start needs no name, and `...` no parameter before it. */
#include <stdarg.h>
#include <stdio.h>

static int sum(int n, ...) {
    va_list list;
    int all = 0;
    va_start(list);
    while (n-- > 0) all += va_arg(list, int);
    va_end(list);
    return all;
}

static double any(...) {
    va_list list;
    va_start(list);
    double first = va_arg(list, double);
    va_end(list);
    return first;
}

int main() {
    printf("%d %g\n", sum(3, 10, 20, 30), any(2.5));
    return 0;
}
