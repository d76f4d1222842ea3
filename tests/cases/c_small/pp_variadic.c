#include <stdio.h>

#define LOG(fmt, ...) printf("[%d] " fmt "\n", line++, ##__VA_ARGS__)
#define COUNT(...) COUNT_(__VA_ARGS__, 5, 4, 3, 2, 1)
#define COUNT_(a, b, c, d, e, n, ...) n
#define FIRST(a, ...) a
#define REST(a, ...) __VA_ARGS__
static int line;
int main(void) {
    LOG("none");
    LOG("%d %s", 5, "two");
    printf("%d %d %d\n", COUNT(a), COUNT(a, b), COUNT(a, b, c, d, e));
    printf("%d %d\n", FIRST(1, 2, 3), FIRST(REST(1, 2, 3)));
    return 0;
}
