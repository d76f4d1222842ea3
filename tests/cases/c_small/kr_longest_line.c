#include <stdio.h>

static const char *input[] = { "short", "a much longer line", "mid line", "", "x" };
static int length(const char *s) {
    int i;
    for (i = 0; s[i] != '\0'; ++i) ;
    return i;
}

static void copy(char to[], const char from[]) {
    int i = 0;
    while ((to[i] = from[i]) != '\0') ++i;
}

int main(void) {
    int max = 0;
    char longest[100];
    for (int i = 0; i < 5; i++) {
        int n = length(input[i]);
        if (n > max) {
            max = n;
            copy(longest, input[i]);
        }
    }
    printf("%d %s\n", max, longest);
    return 0;
}
