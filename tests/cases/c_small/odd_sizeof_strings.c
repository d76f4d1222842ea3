#include <stdio.h>
#include <string.h>

char a[] = "abc", b[3] = "abc", c[] = { "xyz" }, *d = "long" " " "er", e[2][4] = { "one", "two" };
int main(void) {
    printf("%d %d %d %d %d %c%c\n", (int)sizeof a, (int)sizeof b, (int)sizeof c, (int)strlen(d), (int)sizeof e, b[2], e[1][2]);
    printf("%d %d\n", (int)sizeof "", (int)sizeof(__func__));
    return 0;
}
