#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *s;
static double expr(void);
static double atom(void) {
    while (*s == ' ') s++;
    if (*s == '(') {
        s++;
        double v = expr();
        s++;
        return v;
    }
    if (*s == '-') {
        s++;
        return -atom();
    }
    char *e;
    double v = strtod(s, &e);
    s = e;
    return v;
}

static double term(void) {
    double v = atom();
    for (;;) {
        while (*s == ' ') s++;
        if (*s == '*') {
            s++;
            v *= atom();
        } else if (*s == '/') {
            s++;
            v /= atom();
        } else return v;
    }
}

static double expr(void) {
    double v = term();
    for (;;) {
        if (*s == '+') {
            s++;
            v += term();
        } else if (*s == '-') {
            s++;
            v -= term();
        } else return v;
    }
}

int main(void) {
    static const char *t[] = { "1 + 2 * 3", "(1+2)*3 - 4/8", "-(2.5*-2)", "2*(3+(4-1))/9" };
    for (int i = 0; i < 4; i++) {
        s = t[i];
        printf("%g\n", expr());
    }
    return 0;
}
