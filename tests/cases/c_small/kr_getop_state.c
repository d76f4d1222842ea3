#include <stdio.h>

enum state {
    OUTSIDE, INSIDE
};
int main(void) {
    const char *text = "now is the time\n for  all good\tmen\n";
    int lines = 0, words = 0, chars = 0;
    enum state s = OUTSIDE;
    for (const char *p = text; *p; p++) {
        chars++;
        if (*p == '\n') lines++;
        if (*p == ' ' || *p == '\n' || *p == '\t') s = OUTSIDE;
        else if (s == OUTSIDE) {
            s = INSIDE;
            words++;
        }
    }
    printf("%d %d %d\n", lines, words, chars);
    return 0;
}
