/* The GNU bits that people use: statement expressions, typeof, case ranges, ?:, attributes, builtins. */
#include <stdio.h>

#define MAX(a, b) ({ __typeof__(a) a_ = (a); __typeof__(b) b_ = (b); a_ > b_ ? a_ : b_; })
struct __attribute__((packed)) tight { char c; int i; short s; };
static int aligned_cell __attribute__((aligned(32)));
static __attribute__((noinline)) int slow(int x) { return x + 1; }
static __attribute__((unused)) int spare;

static const char *grade(int n) {
    switch (n) {
    case 90 ... 100: return "A";
    case 50 ... 89: return "B";
    case 0 ... 49: return "C";
    }
    return "?";
}

int main(void) {
    int i = 5, j = 9;
    printf("%d %g\n", MAX(i++, j), MAX(1.5, 0.5));
    printf("%d\n", i);
    printf("%s%s%s%s\n", grade(100), grade(50), grade(0), grade(101));
    printf("%d %d\n", 0 ?: 7, i ?: 7);
    printf("%d %d\n", (int)sizeof(struct tight), (int)((unsigned long)&aligned_cell % 32));
    struct tight t = {1, 0x01020304, 5};
    t.i++;
    printf("%x %d\n", t.i, t.s);
    typeof(i) k = 3;
    __typeof__(&k) p = &k;
    printf("%d\n", *p + slow(1));
    printf("%d %d %d %d\n", __builtin_clz(1), __builtin_ctz(8), __builtin_popcount(255), __builtin_expect(4, 0));
    int hints = 0;
    k = __builtin_speculation_safe_value(7, ++hints);
    printf("%d %d\n", k, hints);
    printf("%x %llx\n", __builtin_bswap32(0x11223344), __builtin_bswap64(0x1122334455667788ull));
    printf("%d %d\n", __builtin_clzll(1), __builtin_popcountll(-1ll));
    printf("%d %d\n", __builtin_constant_p(3), __builtin_offsetof(struct tight, s));
    printf("%d\n", __builtin_abs(-4));
    int table[] = {[0 ... 3] = 7, [4] = 1};
    printf("%d %d\n", table[3], table[4]);
    if (__builtin_expect(i == 100, 0)) __builtin_unreachable();
    __asm__ volatile("" ::: "memory");
    printf("%d\n", ({ int s = 0; for (int n = 0; n < 4; n++) s += n; s; }));
    printf("%d\n", __extension__ 1);
    return 0;
}
