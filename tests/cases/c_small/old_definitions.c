// run: std=gnu89
#include <stdio.h>

int add(a, b) int a, b;
{
    return a + b;
}

double mix(c, f, d) char c;
float f;
double d;
{
    return c + f + d;
}

char *pick(n, list) int n;
char **list;
{
    return list[n];
}

int main() {
    static char *l[] = { "zero", "one", "two" };
    printf("%d %g %s\n", add(2, 3), mix('A', 0.5f, 0.25), pick(2, l));
    return 0;
}
