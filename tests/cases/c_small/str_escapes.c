#include <stdio.h>
#include <string.h>

int main(void) {
    const char *s = "tab\there\\ \"q\" \x41\102\e[0m";
    for (; *s; s++) printf("%d ", *s);
    printf("\n%s\n", "con" "cat" "\x31" "23");
    printf("%d %d\n", (int)sizeof "\0ab", (int)strlen("a\0b"));
    printf("??/ %c\n", '\'');
    return 0;
}
