#include <stdio.h>

static int index_of(const char *s, const char *t) {
    for (int i = 0; s[i]; i++) {
        int j = i, k = 0;
        while (t[k] && s[j] == t[k]) j++, k++;
        if (k > 0 && !t[k]) return i;
    }
    return -1;
}

int main(void) {
    printf("%d %d %d\n", index_of("Ah Love! could you", "ould"), index_of("abc", "x"), index_of("aaab", "aab"));
    return 0;
}
