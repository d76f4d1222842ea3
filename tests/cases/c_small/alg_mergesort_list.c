#include <stdio.h>

struct n {
    int v;
    struct n *next;
};
static struct n *merge(struct n *a, struct n *b) {
    struct n head, *t = &head;
    while (a && b) {
        struct n **m = a->v <= b->v ? &a : &b;
        t = t->next = *m;
        *m = (*m)->next;
    }
    t->next = a ? a : b;
    return head.next;
}

static struct n *sort(struct n *l) {
    if (!l || !l->next) return l;
    struct n *s = l, *f = l->next;
    while (f && f->next) s = s->next, f = f->next->next;
    f = s->next;
    s->next = 0;
    return merge(sort(l), sort(f));
}

int main(void) {
    struct n pool[20];
    unsigned s = 3;
    for (int i = 0; i < 20; i++) pool[i] = (struct n){ (int)((s = s * 69069 + 1) >> 26), i < 19 ? &pool[i + 1] : 0 };
    for (struct n *p = sort(pool); p; p = p->next) printf("%d ", p->v);
    printf("\n");
    return 0;
}
