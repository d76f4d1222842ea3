// `#pragma GCC diagnostic` and the same by `_Pragma`, from where it stands.
int noisy(void) { int unused; return 0 + 1; }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wmissing-prototypes"
int quiet(void) { int unused; return 1; }
#pragma GCC diagnostic pop
int again(void) { int unused; return 2; }
#define QUIET _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wunused\"")
#define LOUD _Pragma("GCC diagnostic pop")
int inside(void) {
    QUIET
    int first;
    LOUD
    int second;
    return 3;
}
#pragma clang diagnostic error "-Wshift-count"
int shifted(void) { return 1 << 40; }
#pragma GCC warning "old board"
#define AND&
#line 30 "else.c" more
