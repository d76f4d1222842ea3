/* Every conversion, flag, width, precision and length of printf; its result; snprintf. */
#include <stdio.h>

int main(void) {
    printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%.3d] [%8.3d] [%-8.3d|\n", 42, 42, 42, 42, 42, 42, 42, 42, 42);
    printf("[%d] [%5d] [%05d] [%+d] [% d] [%.0d]\n", -42, -42, -42, -42, -42, 0);
    printf("[%u] [%x] [%X] [%#x] [%o] [%#o] [%08x] [%#010x] [%#x]\n", 4000000000u, 255, 255, 255, 8, 8, 0xbeef, 0xbeef, 0);
    printf("[%ld] [%lu] [%lld] [%llu] [%llx] [%zu] [%zd]\n", -5l, 5ul, -5000000000ll, 18446744073709551615ull, 0x123456789abcdefull, sizeof(int), sizeof(int));
    printf("[%hd] [%hu] [%hhd] [%hhu] [%hx]\n", 70000, 70000, 300, 300, 0x12345);
    printf("[%c] [%3c] [%-3c] [%%]\n", 'a', 'b', 'c');
    printf("[%s] [%6s] [%-6s] [%.2s] [%6.2s] [%s]\n", "text", "text", "text", "text", "text", "");
    printf("[%f] [%.2f] [%8.3f] [%-8.1f] [%08.2f] [%+.1f] [%.0f] [%#.0f]\n", 3.14159, 3.14159, 3.14159, 3.14159, -3.14159, 2.0, 2.5, 3.0);
    printf("[%e] [%.2e] [%E] [%.0e] [%12.3e]\n", 12345.678, 0.00012345, 1e100, 5.5, -1.5);
    printf("[%g] [%g] [%g] [%g] [%.3g] [%#g] [%G]\n", 100000.0, 1000000.0, 0.0001, 0.00001, 1234.5, 1.5, 1e-10);
    printf("[%*d] [%-*d] [%.*f] [%*.*f] [%*d]\n", 6, 42, 6, 42, 2, 3.14159, 9, 3, 2.71828, -6, 42);
    printf("[%f] [%g] [%5.1f]\n", 0.0, -0.0, 1e9);
    printf("[%.10f] [%.15g] [%.17g]\n", 0.1, 0.1, 0.1);
    printf("[%s] [%d] [%s] [%f] [%lld] [%c]\n", "mix", 1, "ed", 2.5, 3ll, '!');
    printf("[%5s]\n", "ab");
    printf("[%.3s] [%.*s]\n", "abcdef", 2, "abcdef");
    int n = printf("%d\n", 12345);
    printf("%d\n", n);
    char buffer[20];
    n = snprintf(buffer, sizeof buffer, "%s-%d", "abc", 7);
    printf("%s %d\n", buffer, n);
    n = snprintf(buffer, 4, "%d", 123456);
    printf("%s %d\n", buffer, n);
    n = sprintf(buffer, "%05.1f|%x", 2.25, 48879);
    printf("%s %d\n", buffer, n);
    n = snprintf(0, 0, "%s", "count me");
    printf("%d\n", n);
    printf("%s\n", "a long string, longer than the host's old buffer of 255 bytes: "
           "0123456789012345678901234567890123456789012345678901234567890123456789"
           "0123456789012345678901234567890123456789012345678901234567890123456789"
           "0123456789012345678901234567890123456789012345678901234567890123456789"
           "0123456789012345678901234567890123456789012345678901234567890123456789");
    printf("\n");
    puts("puts");
    putchar('p');
    putchar('\n');
    return 0;
}
