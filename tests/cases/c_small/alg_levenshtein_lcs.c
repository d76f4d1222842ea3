#include <stdio.h>
#include <string.h>

static int lev(const char *a, const char *b) {
    int n = (int)strlen(b), r[32];
    for (int j = 0; j <= n; j++) r[j] = j;
    for (int i = 1; *a; a++, i++) {
        int diag = r[0];
        r[0] = i;
        for (int j = 1; j <= n; j++) {
            int t = r[j], best = diag + (*a != b[j - 1]);
            if (t + 1 < best) best = t + 1;
            if (r[j - 1] + 1 < best) best = r[j - 1] + 1;
            r[j] = best;
            diag = t;
        }
    }
    return r[n];
}

int main(void) {
    printf("%d %d %d\n", lev("kitten", "sitting"), lev("", "abc"), lev("same", "same"));
    return 0;
}
