#include <stdio.h>
#include <string.h>
#include <ctype.h>

static const struct {
    const char key[8];
    int value;
} table[] = { { "if", 1 }, { "else", 2 }, { "while", 3 }, { "return", 4 } };
static int lookup(const char *s, size_t n) {
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) if (strlen(table[i].key) == n && !strncmp(table[i].key, s, n)) return table[i].value;
    return 0;
}

int main(void) {
    const char *t = "if (x) return while_ else;";
    while (*t) {
        if (isalpha((unsigned char)*t)) {
            const char *b = t;
            while (isalnum((unsigned char)*t) || *t == '_') t++;
            printf("%.*s:%d ", (int)(t - b), b, lookup(b, (size_t)(t - b)));
        } else t++;
    }
    printf("\n");
    return 0;
}
