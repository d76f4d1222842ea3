#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tnode {
    const char *word;
    int count;
    struct tnode *left, *right;
};
static struct tnode *add(struct tnode *p, const char *w) {
    int c;
    if (!p) {
        p = malloc(sizeof *p);
        p->word = w;
        p->count = 1;
        p->left = p->right = 0;
    } else if ((c = strcmp(w, p->word)) == 0) p->count++;
    else if (c < 0) p->left = add(p->left, w);
    else p->right = add(p->right, w);
    return p;
}

static void print(struct tnode *p) {
    if (p) {
        print(p->left);
        printf("%4d %s\n", p->count, p->word);
        print(p->right);
    }
}

int main(void) {
    static const char *words[] = { "now", "is", "the", "time", "for", "all", "good", "men", "is", "the", "the" };
    struct tnode *root = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) root = add(root, words[i]);
    print(root);
    return 0;
}
