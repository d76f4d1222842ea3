#include <stdio.h>

static void expand(const char *s, char *t) {
    for (; *s; s++) {
        if (s[1] == '-' && s[2] > s[0]) {
            for (char c = s[0]; c < s[2]; c++) *t++ = c;
            s++;
        } else *t++ = *s;
    }
    *t = 0;
}

int main(void) {
    char b[100];
    expand("a-e0-9-x", b);
    puts(b);
    expand("-a-c-e", b);
    puts(b);
    return 0;
}
