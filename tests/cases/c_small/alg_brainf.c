#include <stdio.h>

int main(void) {
    const char *p = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.", *stack[8];
    unsigned char tape[30] = { 0 }, *t = tape;
    int sp = 0;
    for (; *p; p++) switch (*p) {
        case '>': t++;
        break;
        case '<': t--;
        break;
        case '+': ++*t;
        break;
        case '-': --*t;
        break;
        case '.': putchar(*t);
        break;
        case '[': if (*t) stack[sp++] = p;
        else {
            int d = 1;
            while (d) {
                p++;
                d += *p == '[';
                d -= *p == ']';
            }
        }
        break;
        case ']': if (*t) p = stack[sp - 1];
        else sp--;
    }
    putchar('\n');
    return 0;
}
