#include <stdio.h>

int main(void) {
    for (int a = 0; a < 2; a++) for (int b = 0; b < 2; b++) {
        if (a) if (b) printf("both ");
        else printf("a only ");
        else if (b) printf("b only ");
        else printf("none ");
    }
    printf("\n");
    return 0;
}
