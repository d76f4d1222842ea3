#include <stdio.h>

#define EACH(M) M(a, 1) M(b, 2) M(c, 3)
#define FIELD(n, v) int n;
#define INIT(n, v) .n = v,
#define SHOW(n, v) printf(#n "=%d ", s.n);
#define PAIR(x, y) (x), (y)
#define ADD(x, y) ((x) + (y))
#define CALL(f, ...) f(__VA_ARGS__)
struct s {
    EACH(FIELD)
};
int main(void) {
    struct s s = { EACH(INIT) };
    EACH(SHOW) printf("%d %d\n", CALL(ADD, PAIR(1, 2)), ADD(PAIR(3, 4), 5));
    return 0;
}
