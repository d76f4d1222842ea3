#include <stdio.h>

int main(void) {
    int i = 0, j = 0;
    outer: for (; i < 5; i++) for (j = 0; j < 5; j++) {
        if (i * j == 6) goto found;
        if (j > i) {
            i++;
            goto outer;
        }
    }
    found: printf("%d %d\n", i, j);
    int n = 10;
    again: if (n > 0) {
        n -= 3;
        goto again;
    }
    printf("%d\n", n);
    goto skip;
    {
        dead: printf("inside\n");
        goto end;
    }
    skip: goto dead;
    end: return 0;
}
