/* Pointers: arithmetic by element size, comparison, pointers to pointers, const, void, casts. */
#include <stdio.h>

static int table[10];
static void set(int *p, int v) { *p = v; }
static void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; }
static int *find(int *from, int *to, int v) {
    while (from < to && *from != v) from++;
    return from == to ? 0 : from;
}
static void advance(const char **s) { ++*s; }

int main(void) {
    int x = 1, y = 2;
    int *p = &x, **pp = &p;
    *p = 5;
    **pp += 1;
    printf("%d %d %d\n", x, *p, **pp);
    *pp = &y;
    *p = 9;
    printf("%d %d\n", x, y);
    swap(&x, &y);
    printf("%d %d\n", x, y);
    for (int i = 0; i < 10; i++) set(table + i, i * i);
    printf("%d %d %d\n", table[3], *(table + 4), 5[table]);
    p = table + 9;
    printf("%d %d %d\n", *p, p[-1], (int)(p - table));
    p -= 4;
    printf("%d ", *p++);
    printf("%d ", *p--);
    printf("%d ", *++p);
    printf("%d\n", *--p);
    p += 2; p++; ++p;
    printf("%d\n", (int)(p - table));
    printf("%d %d %d\n", p > table, p == &table[9], p != table);
    printf("%d %d\n", (int)(find(table, table + 10, 49) - table), find(table, table + 10, 50) == 0);
    double d[3] = {1.5, 2.5, 3.5}, *dp = d;
    printf("%g %g %g\n", *dp, *(dp + 1), dp[2]);
    long long ll[2] = {1, 2}, *lp = &ll[1];
    printf("%d %lld\n", (int)(lp - ll), *lp);
    printf("%d\n", (int)((char *)lp - (char *)ll));
    char text[] = "pointers";
    char *c = text;
    while (*c) c++;
    printf("%d\n", (int)(c - text));
    for (c = text; *c; c += 2) *c -= 32;
    printf("%s\n", text);
    const char *s = "abc";
    advance(&s);
    printf("%s\n", s);
    void *v = &x;
    *(int *)v = 77;
    printf("%d\n", x);
    unsigned bits = 0x11223344;
    unsigned char *bytes = (unsigned char *)&bits;
    printf("%x %x %x %x\n", bytes[0], bytes[1], bytes[2], bytes[3]);
    bytes[3] = 0xff;
    printf("%x\n", bits);
    short *halves = (short *)&bits;
    printf("%d %d\n", halves[0], halves[1]);
    int *null = 0;
    printf("%d %d %d\n", !null, null == 0, null ? 1 : 2);
    int (*row)[3];
    int grid[2][3] = {{1, 2, 3}, {4, 5, 6}};
    row = grid;
    row++;
    printf("%d %d\n", (*row)[1], row[-1][2]);
    printf("%d\n", (int)((char *)(row + 1) - (char *)grid));
    int *const fixed = &y;
    *fixed = 3;
    printf("%d\n", y);
    unsigned long address = (unsigned long)&table[2] - (unsigned long)&table[0];
    printf("%lu\n", address);
    return 0;
}
