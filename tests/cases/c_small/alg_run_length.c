#include <stdio.h>
#include <ctype.h>

static void pack(const char *s, char *o) {
    while (*s) {
        int n = 1;
        while (s[n] == *s) n++;
        o += sprintf(o, n > 1 ? "%d%c" : "%.0d%c", n > 1 ? n : 0, *s);
        s += n;
    }
    *o = 0;
}

static void unpack(const char *s, char *o) {
    while (*s) {
        int n = 0;
        while (isdigit((unsigned char)*s)) n = n * 10 + *s++ - '0';
        for (n = n ? n : 1; n; n--) *o++ = *s;
        s++;
    }
    *o = 0;
}

int main(void) {
    char a[64], b[64];
    pack("WWWWWWBWWWaabcccc", a);
    puts(a);
    unpack(a, b);
    puts(b);
    return 0;
}
