#include <stdio.h>

int main(void) {
    char b[64];
    int n = sprintf(b, "%05d|%-6s|%+.2e|%x", -42, "ab", 12345.678, 255);
    printf("%d %s\n", n, b);
    n = snprintf(b, 6, "truncated");
    printf("%d %s\n", n, b);
    printf("%*d|%-*d|%.*s\n", 6, 42, 6, 42, 3, "abcdef");
    printf("%c%c%%%5.1f%%\n", 'o', 'k', 99.44);
    printf("%hhd %hu %ld %llu %zu\n", 300, 65537, -1l, 1ull << 63, sizeof(int));
    printf("%o %#o %#x %X\n", 8, 8, 255, 48879);
    int at;
    printf("12345%n678\n", &at);
    printf("%d\n", at);
    return 0;
}
