#include <stdio.h>
#include <string.h>

static const char *roman(int n) {
    static char b[32];
    static const struct {
        int v;
        const char *s;
    } t[] = { { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" }, { 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" } };
    b[0] = 0;
    for (int i = 0; n; i++) while (n >= t[i].v) strcat(b, t[i].s), n -= t[i].v;
    return b;
}

int main(void) {
    int v[] = { 1, 4, 1999, 2024, 3888 };
    for (int i = 0; i < 5; i++) puts(roman(v[i]));
    for (int i = 0; i < 8; i++) printf("%d ", i ^ i >> 1);
    printf("\n");
    return 0;
}
