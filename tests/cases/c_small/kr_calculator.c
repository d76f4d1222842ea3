#include <stdio.h>
#include <ctype.h>

static double stack[100];
static int sp;
static void push(double f) {
    if (sp < 100) stack[sp++] = f;
}

static double pop(void) {
    return sp > 0 ? stack[--sp] : 0;
}

static double run(const char *s) {
    for (; *s; s++) {
        if (isdigit((unsigned char)*s)) {
            double v = 0;
            while (isdigit((unsigned char)*s)) v = v * 10 + (*s++ - '0');
            push(v);
            s--;
        } else {
            double b;
            switch (*s) {
                case '+': push(pop() + pop());
                break;
                case '*': push(pop() * pop());
                break;
                case '-': b = pop();
                push(pop() - b);
                break;
                case '/': b = pop();
                push(b ? pop() / b : 0);
                break;
                case ' ': break;
                default: printf("? %c\n", *s);
            }
        }
    }
    return pop();
}

int main(void) {
    printf("%g %g %g\n", run("1 2 - 4 5 + *"), run("10 4 /"), run("2 3 * 4 5 * + 7 -"));
    return 0;
}
