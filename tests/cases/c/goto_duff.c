/* goto with any target: into loops, out of them, backwards; Duff's device; computed labels. */
#include <stdio.h>

static void copy(char *to, const char *from, int count) {
    int n = (count + 7) / 8;
    switch (count % 8) {
    case 0: do { *to++ = *from++;
    case 7:      *to++ = *from++;
    case 6:      *to++ = *from++;
    case 5:      *to++ = *from++;
    case 4:      *to++ = *from++;
    case 3:      *to++ = *from++;
    case 2:      *to++ = *from++;
    case 1:      *to++ = *from++;
            } while (--n > 0);
    }
}

static int jump_in(int x) {
    int i = 0, s = 0;
    if (x) goto inside;
    for (i = 0; i < 3; i++) {
        s += 10;
inside:
        s += 1;
    }
    return s;
}

static int two_entries(int a, int n) {
    int steps = 0;
    if (a) goto second;
first:
    steps++;
    if (--n <= 0) return steps;
second:
    steps += 100;
    if (--n <= 0) return steps;
    if (n % 3) goto first;
    goto second;
}

static int machine(const char *s) {
    int count = 0;
start:
    switch (*s++) {
    case 'a': goto on_a;
    case 'b': goto on_b;
    case 0: return count;
    }
    goto start;
on_a:
    count += 1;
    if (*s == 'b') { s++; goto on_b; }
    goto start;
on_b:
    count += 10;
    goto start;
}

static int dispatch(const unsigned char *code) {
    static void *labels[] = {&&push, &&add, &&dup, &&end};
    int stack[8], sp = 0;
    goto *labels[*code++];
push: stack[sp++] = *code++; goto *labels[*code++];
add: sp--; stack[sp - 1] += stack[sp]; goto *labels[*code++];
dup: stack[sp] = stack[sp - 1]; sp++; goto *labels[*code++];
end: return stack[sp - 1];
}

int main(void) {
    char to[40] = {0};
    for (int n = 1; n < 20; n += 3) {
        for (int i = 0; i < 40; i++) to[i] = 0;
        copy(to, "abcdefghijklmnopqrstuvwxyz", n);
        printf("%s\n", to);
    }
    printf("%d %d\n", jump_in(0), jump_in(1));
    for (int n = 1; n < 9; n++) printf("%d,%d ", two_entries(0, n), two_entries(1, n));
    printf("\n%d %d\n", machine("xxabab"), machine("aabbcab"));
    printf("%d\n", dispatch((const unsigned char[]){0, 5, 0, 7, 1, 2, 1, 3}));
    int i = 0, j;
again:
    for (j = 0; j < 5; j++) if (i * j > 6) goto done;
    i++;
    goto again;
done:
    printf("%d %d\n", i, j);
    for (i = 0; i < 3; i++) {
        for (j = 0; j < 3; j++) if (j == i) goto next;
        printf("never\n");
    next:;
    }
    { int k = 0; loop: if (k++ < 3) { printf("%d ", k); goto loop; } }
    printf("\n");
    return 0;
}
