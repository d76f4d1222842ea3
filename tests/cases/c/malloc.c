/* The allocator: zeroed by calloc, contents kept by realloc, reuse after free, lists and trees. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tree { int key; struct tree *left, *right; };

static struct tree *insert(struct tree *t, int key) {
    if (!t) {
        t = malloc(sizeof *t);
        t->key = key;
        t->left = t->right = NULL;
    } else if (key < t->key) t->left = insert(t->left, key);
    else if (key > t->key) t->right = insert(t->right, key);
    return t;
}
static void show(struct tree *t) { if (t) { show(t->left); printf("%d ", t->key); show(t->right); } }
static void drop(struct tree *t) { if (t) { drop(t->left); drop(t->right); free(t); } }
static char *join(const char *a, const char *b) {
    char *s = malloc(strlen(a) + strlen(b) + 1);
    strcpy(s, a);
    return strcat(s, b);
}

int main(void) {
    int *a = calloc(10, sizeof *a), sum = 0;
    for (int i = 0; i < 10; i++) sum += a[i];
    for (int i = 0; i < 10; i++) a[i] = i * i;
    a = realloc(a, 100 * sizeof *a);
    for (int i = 10; i < 100; i++) a[i] = i;
    for (int i = 0; i < 100; i++) sum += a[i];
    printf("%d\n", sum);
    free(a);
    struct tree *root = 0;
    for (int i = 0; i < 20; i++) root = insert(root, i * 7 % 20);
    show(root);
    drop(root);
    printf("\n");
    for (int i = 0; i < 1000; i++) {
        char *s = malloc(1000);
        if (!s) { printf("exhausted at %d\n", i); return 1; }
        s[0] = s[999] = 'x';
        free(s);
    }
    char *s = join("allo", "cate");
    char *t = join(s, "d");
    printf("%s %d\n", t, s != t);
    free(s);
    free(t);
    free(NULL);
    double *d = malloc(3 * sizeof(double));
    printf("%d\n", (int)((unsigned long)d % 8));
    d[2] = 1.25;
    printf("%g\n", d[2]);
    free(d);
    void *blocks[40];
    for (int i = 0; i < 40; i++) { blocks[i] = malloc(16 + i); memset(blocks[i], i, 16 + i); }
    int bad = 0;
    for (int i = 0; i < 40; i++) for (int k = 0; k < 16 + i; k++) bad += ((char *)blocks[i])[k] != i;
    for (int i = 0; i < 40; i += 2) free(blocks[i]);
    for (int i = 1; i < 40; i += 2) { for (int k = 0; k < 16 + i; k++) bad += ((char *)blocks[i])[k] != i; free(blocks[i]); }
    printf("%d\n", bad);
    return 0;
}
