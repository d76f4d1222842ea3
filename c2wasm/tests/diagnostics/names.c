#include <stdio.h>
struct point { int x, y; };
int total;
float total;
int twice(void) { return 1; }
int twice(void) { return 2; }
int print_total(int a, int b);
int main(void) {
    struct point p = { 1, 2 };
    int count = 0;
    int count = 1;
    cuont = 3;
    cuont = 4;
    p.z = 4;
    print_totl(1, 2);
    char *copy = strdup("a");
    print_total(1);
    p();
    goto nowhere;
    _Static_assert(sizeof(int) == 8, "int is wide");
    return count;
}
