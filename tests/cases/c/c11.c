/* Compound literals, _Generic, static assertions, alignment, anonymous members, flexible arrays. */
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define KIND(x) _Generic((x), int: "int", unsigned: "unsigned", char: "char", float: "float", double: "double", \
    const char *: "const char *", char *: "char *", long long: "long long", default: "other")

struct point { int x, y; };
struct flex { int n; short tail[]; };
struct outer { int a; struct { int b; union { int c; float d; }; }; };
_Static_assert(sizeof(int) == 4, "int");
_Alignas(16) static char buffer[3];
static int total(const int *v, int n) { int s = 0; while (n--) s += *v++; return s; }
static int dist(struct point p) { return p.x * p.x + p.y * p.y; }
_Noreturn void stop(void);
static inline int doubled(int x) { return 2 * x; }

int main(void) {
    printf("%d\n", total((int[]){1, 2, 3, 4}, 4));
    printf("%d\n", dist((struct point){.y = 3, .x = 4}));
    struct point *p = &(struct point){5, 6};
    p->x++;
    printf("%d %d\n", p->x, p->y);
    printf("%s %s %s %s %s %s %s\n", KIND(1), KIND(1u), KIND((char)1), KIND(1.0f), KIND(1.0), KIND("s"), KIND(1ll));
    printf("%s %s\n", KIND('a'), KIND((short)1));
    printf("%d %d\n", (int)((uintptr_t)buffer % 16), (int)alignof(int));
    struct outer o = {.a = 1, .b = 2, .c = 3};
    printf("%d %d %d\n", o.a, o.b, o.c);
    printf("%d %d\n", (int)sizeof(struct flex), (int)offsetof(struct flex, tail));
    bool yes = 7, no = !yes;
    printf("%d %d %d\n", yes, no, true + false);
    int8_t i8 = INT8_MIN; uint16_t u16 = UINT16_MAX; int64_t i64 = INT64_MAX; uint32_t u32 = UINT32_MAX;
    printf("%d %d %lld %u\n", i8, u16, (long long)i64, u32);
    printf("%d\n", doubled(21));
    int sum = 0;
    for (int i = 0; i < 3; i++) { int *fresh = (int[2]){i}; fresh[1] += i; sum += fresh[0] + fresh[1]; }
    printf("%d\n", sum);
    const char *s = (char[]){'o', 'k', 0};
    printf("%s\n", s);
    return 0;
}
