#include <stdio.h>

#define kind(x) _Generic((x), int: "int", unsigned: "unsigned", float: "float", double: "double", char *: "text", const char *: "const text", default: "other")
int main(void) {
    char c = 1;
    short s = 1;
    const char *t = "x";
    int a[2];
    printf("%s %s %s %s %s\n", kind(1), kind(1u), kind(1.f), kind(1.), kind("s"));
    printf("%s %s %s %s %s\n", kind(c), kind(s + 0), kind(t), kind(a), kind(1ll));
    return 0;
}
