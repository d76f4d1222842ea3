#include <stdio.h>

typedef int T, *PT, AT[3];
typedef char *string;
typedef void (*handler)(int);
static int last;
static void keep(int n) {
    last = n;
}

int main(void) {
    T x = 5;
    PT p = &x;
    AT a = { 1, 2, 3 };
    string s = "typedef";
    handler h = keep;
    h(*p + a[2]);
    {
        int T = 3;
        x = T * 2;
    }
    printf("%d %d %s %d\n", x, last, s, (int)sizeof(AT));
    const PT cp = &x;
    *cp = 9;
    printf("%d\n", x);
    return 0;
}
