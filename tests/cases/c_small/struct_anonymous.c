#include <stdio.h>

struct v {
    union {
        struct {
            float x, y;
        };
        float at[2];
    };
    enum {
        RED, GREEN
    } color;
};
int main(void) {
    struct v a = { .x = 1, .y = 2, .color = GREEN };
    a.at[0] += 5;
    printf("%g %g %d %d\n", a.x, a.at[1], a.color, (int)sizeof a);
    return 0;
}
