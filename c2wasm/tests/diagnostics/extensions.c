// std: c99
enum color { RED, GREEN, BLUE, CYAN = 7 };
struct nothing {};
struct outer { int kind; struct { int a; }; int zero[0]; };
_Static_assert(1, "C11");
int table[] = { [0 ... 3] = 1 };
int pair[2] = {};
static void quiet(void) {}
[[nodiscard]] int must(void);
__attribute__((warn_unused_result)) int check(void);
__attribute__((deprecated("use `fresh`"))) int stale(void);
[[deprecated]] extern int old_value;
static void chain(void) { return quiet(); }
int all(enum color c, void *p, int n) {
    must();
    (void)check();
    int (*later)(void) = stale;
    switch (c) {
    case RED: return 1;
    case GREEN ... BLUE: return old_value;
    }
    switch (c) {
    case BLUE:;
    }
    switch (c) {
    case RED: break;
    default: break;
    }
    void *target = &&out;
    goto *target;
out:
    chain();
    n = ({ n + 1; });
    n = n ?: 3;
    p = p + n;
    return _Generic(n, int: later()) + (int)sizeof(void) + ((struct outer){0}).kind;
}
