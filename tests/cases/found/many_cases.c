// Blocks nest as deep as there are cases.
#include <stdio.h>

#define TEN(one, n) one(n) one(n + 1) one(n + 2) one(n + 3) one(n + 4) \
    one(n + 5) one(n + 6) one(n + 7) one(n + 8) one(n + 9)
#define TENS(ten, one, n) ten(one, n) ten(one, n + 10) ten(one, n + 20) ten(one, n + 30) ten(one, n + 40) \
    ten(one, n + 50) ten(one, n + 60) ten(one, n + 70) ten(one, n + 80) ten(one, n + 90)
#define HUNDREDS(one, n) TENS(TEN, one, n) TENS(TEN, one, n + 100) TENS(TEN, one, n + 200) \
    TENS(TEN, one, n + 300) TENS(TEN, one, n + 400) TENS(TEN, one, n + 500)
#define MANY(one) HUNDREDS(one, 0) HUNDREDS(one, 600) HUNDREDS(one, 1200) HUNDREDS(one, 1800)
#define CASE(n) case n: return (n) * 37 % 101;
#define TEST(n) if (x == n) return (n) * 17 % 103;

static int table(int x) {
    switch (x) {
        MANY(CASE)
    }
    return -1;
}

static int chain(int x) {
    MANY(TEST)
    return -1;
}

int main(void) {
    int sum = 0;
    for (int i = -2; i < 2403; i += 7) sum = sum * 3 % 10007 + table(i) + chain(i);
    printf("%d\n", sum);
    return 0;
}
