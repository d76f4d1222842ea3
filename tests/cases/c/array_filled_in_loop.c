#include <stdio.h>
short g_21[9]; int g_241; int bad; short *g_x; short **g_952 = &g_x;
int main(void) {
    for (g_241 = -24; g_241 < 0; g_241++) {
        short *l[1][5];
        int i, j;
        for (i = 0; i < 1; i++)
            for (j = 0; j < 5; j++)
                l[i][j] = &g_21[2];
        if ((*g_952 = l[0][2]) == (void *)0) bad++;
    }
    printf("%d\n", bad);
    return 0;
}
