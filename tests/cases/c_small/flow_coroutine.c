#include <stdio.h>

static int gen(void) {
    static int state, i;
    switch (state) {
        case 0: for (i = 0; i < 3; i++) {
            state = 1;
            return i * 10;
            case 1:;
        }
    }
    state = 0;
    return -1;
}

int main(void) {
    for (int n = 0; n < 6; n++) printf("%d ", gen());
    printf("\n");
    return 0;
}
