#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct nlist {
    struct nlist *next;
    char *name, *defn;
};
static struct nlist *tab[101];
static unsigned hash(const char *s) {
    unsigned h;
    for (h = 0; *s; s++) h = (unsigned char)*s + 31 * h;
    return h % 101;
}

static struct nlist *lookup(const char *s) {
    for (struct nlist *np = tab[hash(s)]; np; np = np->next) if (!strcmp(s, np->name)) return np;
    return 0;
}

static char *dup(const char *s) {
    char *p = malloc(strlen(s) + 1);
    return p ? strcpy(p, s) : p;
}

static void install(const char *n, const char *d) {
    struct nlist *np = lookup(n);
    if (!np) {
        np = malloc(sizeof *np);
        np->name = dup(n);
        unsigned h = hash(n);
        np->next = tab[h];
        tab[h] = np;
    } else free(np->defn);
    np->defn = dup(d);
}

int main(void) {
    install("IN", "1");
    install("OUT", "0");
    install("IN", "2");
    char b[8];
    for (int i = 0; i < 200; i++) {
        sprintf(b, "k%d", i);
        install(b, b + 1);
    }
    printf("%s %s %s %s\n", lookup("IN")->defn, lookup("OUT")->defn, lookup("k150")->defn, lookup("nope") ? "?" : "none");
    return 0;
}
