// std: c17
// Where specifiers, qualifiers and jumps may not stand.
static extern int twice;
static static int again;
int restrict number;
int (*restrict handler)(void);
int sized[static 3];
inline int variable;
_Noreturn void (*pointer)(void);
typedef _Alignas(8) int aligned;
_Alignas(1) double narrow;
void parameter(static int x, int y[2][static 3]);
void dots(...);
typedef int word;
enum kind { ONE };
typedef enum kind kind;
typedef int kind;
typedef struct outer { struct outer { int x; } inner; } outer;
struct alone { int rest[]; };
union open { int n; int rest[]; };
struct stored { static int x; };
enum later forward;
struct tail { int n; char text[]; };
register int in_register(void) { return 0; }
int old(a) int a = 1; { return a; }
int old(int, int);
void jumps(int n) {
    goto in;
    {
        int list[n];
    in:
        list[0] = 1;
    }
    switch (n) {
        int more[n];
    case 1:
        more[0] = 1;
    }
    for (static int i = 0; i < n; i++) {}
    for (typedef int local;;) {}
}
int generic(int n) {
    struct tail t = { 1, "abc" };
    struct tail list[2] = { { 1, "abc" } };
    int none = {};
    static int fixed;
    extern int fixed;
    _Generic(n, default: 1, default: 2);
    _Generic(n, struct missing: 1, void(void): 2, default: 3);
    return generic[0] + (int)sizeof(static int) + t.n + list[0].n + none;
}
enum missing value = 3;
void blocks(int n) {
    static int inner(void);
    register struct tail r;
    if (n) int x = n;
    int *p = &r.n;
}
#include <stdarg.h>
int last(int n, ...) {
    va_list list;
    va_start(list, count);
    for (int i = 0, more(void); i < n; i++) {}
    return va_arg(list, int);
}
