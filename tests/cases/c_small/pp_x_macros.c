#include <stdio.h>

#define COLORS X(RED, 0xff0000) X(GREEN, 0x00ff00) X(BLUE, 0x0000ff)
enum color {
#define X(n, v) n,
    COLORS
#undef X
    COUNT
};
static const struct {
    const char *name;
    unsigned rgb;
} table[] = {
#define X(n, v) { #n, v },
COLORS
#undef X
};
int main(void) {
    for (int i = RED; i < COUNT; i++) printf("%s %06x\n", table[i].name, table[i].rgb);
    return 0;
}
