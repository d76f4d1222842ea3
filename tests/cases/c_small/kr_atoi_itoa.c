#include <stdio.h>
#include <string.h>

static int to_int(const char *s) {
    int i = 0, n = 0, sign;
    while (s[i] == ' ' || s[i] == '\t') i++;
    sign = s[i] == '-' ? -1 : 1;
    if (s[i] == '+' || s[i] == '-') i++;
    for (; s[i] >= '0' && s[i] <= '9'; i++) n = 10 * n + (s[i] - '0');
    return sign * n;
}

static void reverse(char s[]) {
    for (int i = 0, j = (int)strlen(s) - 1; i < j; i++, j--) {
        int c = s[i];
        s[i] = s[j];
        s[j] = c;
    }
}

static void to_text(int n, char s[]) {
    int i = 0;
    unsigned u = n < 0 ? -(unsigned)n : n;
    do s[i++] = u % 10 + '0';
    while ((u /= 10) > 0);
    if (n < 0) s[i++] = '-';
    s[i] = 0;
    reverse(s);
}

int main(void) {
    static const int v[] = { 0, 7, -7, 12345, -2147483647 - 1, 2147483647 };
    char b[20];
    for (int i = 0; i < 6; i++) {
        to_text(v[i], b);
        printf("%s %d\n", b, to_int(b) == v[i]);
    }
    printf("%d\n", to_int("  -42abc"));
    return 0;
}
