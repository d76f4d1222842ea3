/* What is no constant, and what only GNU takes for one. */
enum { LAST = 2147483647, MORE };
enum { TOP = 0xFFFFFFFF };
static const int count = 3;
int same = count + 1, *const nowhere = 0;
int *also = nowhere;
static const volatile int port = 3;
int cannot = port;
extern const int elsewhere;
int unknown = elsewhere;
int sized[count];
int shifted = 1 << -1, wide = 1 << 40;
struct bits { int a : 3; } bits;
int at = __builtin_offsetof(struct bits, a);
int star(int n, int a[*]) { return n + a[0]; }
int prototype(int n, int a[*]);
int reg(void) {
    register int a[3] = { 0 };
    int first = *(a + 1);
    return a[1] + (int)sizeof a + first;
}
void jump(void) { asm goto(""); }
int many = 1'000;
enum small : char { S };
int nothing(void) { return; }
