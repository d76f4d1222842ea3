/* Single characters and lines to the console. */
#include <stdio.h>
#include <string.h>

void print_str(const char *text, int len);

int putchar(int c) {
    char text = (char)c;
    print_str(&text, 1);
    return (unsigned char)c;
}

int puts(const char *text) {
    print_str(text, (int)strlen(text));
    print_str("\n", 1);
    return 0;
}
