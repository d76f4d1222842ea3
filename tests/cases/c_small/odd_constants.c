/* Constants that GNU C takes in static initializers, pragmas from macros, offsets through arrays. */
#include <stddef.h>
#include <stdio.h>

#define UPPER(c) ((c) & ~0x20)
#define WORD(s) (s[1] ? UPPER(s[0]) << 8 | UPPER(s[1]) : UPPER(s[0]))
#define TEXT(x) #x
#define QUIET(name) _Pragma(TEXT(GCC diagnostic ignored "-Wunused")) int name = 3

struct flexible { int n; char rest[]; };
struct holder { int c; struct { short f[2]; } sa[2]; };
union room { struct flexible head; char bytes[16]; };

static const unsigned word = WORD("the");
static int wide = "abc"[1], last = "xyz"[2];
static int left, right, apart = &left != &right, same = &left == &left;
static struct flexible list = {3, "abc"};
static union room roomy = {{4, "text"}};
static size_t at = __builtin_offsetof(struct holder, sa->f), in = offsetof(struct holder, sa[1].f[1]);

int main(void) {
    QUIET(kept);
    printf("%x %d %d %d %d %d\n", word, wide, last, apart, same, kept);
    printf("%d %s %s %d\n", list.n, list.rest, roomy.head.rest, (int)sizeof list);
    printf("%d %d\n", (int)at, (int)in);
    for (struct { int i; } v = {0}; v.i < 2; v.i++) printf("%d\n", v.i);
    return 0;
}
