/* Macros: objects, functions, # and ##, rescanning, nesting, conditionals, variadic ones. */
#include <stdio.h>

#define ONE 1
#define ADD(a, b) ((a) + (b))
#define TWICE(x) ADD(x, x)
#define STR(x) #x
#define XSTR(x) STR(x)
#define GLUE(a, b) a##b
#define XGLUE(a, b) GLUE(a, b)
#define EMPTY
#define CALL(f, ...) f(__VA_ARGS__)
#define LOG(fmt, ...) printf(fmt "\n", ##__VA_ARGS__)
#define SELF SELF_VALUE
#define loop(x) (x > 0 ? loop(x - 1) : 0)
#define SEMI ;
#define SWAP(t, a, b) do { t tmp_ = a; a = b; b = tmp_; } while (0)
#define LPAREN (
#define APPLY(m, x) m(x)
#define f(a) a*g
#define g(a) f(a)
#define OUTER(x) INNER(x)
#define INNER(x) [x]
#define MULTI(a, \
              b) \
    a - b

static int SELF_VALUE = 3;
static int (loop)(int x) { return x; }

int main(void) {
    int counter1 = 10, counter2 = 20;
    printf("%d %d %d\n", ONE, ADD(2, 3) * 2, TWICE(ADD(1, 2)));
    printf("%s|%s|%s\n", STR(a + b), STR( "q\n" '\0' ), XSTR(ONE));
    printf("%d %d\n", GLUE(counter, 1), XGLUE(counter, 2));
    printf("%s %s\n", STR(ONE), XSTR(ADD(ONE, x)));
    CALL(printf, "%d %s\n", 5, "five");
    LOG("none");
    LOG("%d", 42);
    printf("%d %d\n", SELF, loop(2));
    SWAP(int, counter1, counter2) SEMI
    printf("%d %d\n", counter1, counter2);
    printf("%s\n", XSTR(OUTER(OUTER(1))));
    printf("%s\n", XSTR(f(2)(9)));
    printf("%d\n", MULTI(5, 3));
    printf("%s\n", XSTR(EMPTY a EMPTY b));
    printf("%d\n", APPLY(TWICE, 4));
    printf("%s\n", STR(  spaces   inside  ));
    printf("%s\n", XSTR(__LINE__) + 0);
    printf("%d\n", __LINE__);
#line 500 "renamed.c"
    printf("%d %s\n", __LINE__, __FILE__);
#if defined ONE && !defined(TWO) && ONE + 1 == 2
    printf("taken\n");
#else
    this is not compiled
#endif
#if 0
    'unbalanced
#elif ONE > 5
    nor this
#elif (1 ? -1 : 0u) > 0 && 0x7fffffffffffffff > 0
    printf("unsigned\n");
#else
    printf("signed\n");
#endif
#ifdef TWO
# define X 1
#else
# ifndef ONE
#  define X 2
# else
#  define X 3
# endif
#endif
    printf("%d\n", X);
#undef X
#define X(x) x + 1
    int X = 7;
    printf("%d %d\n", X, X(X));
#undef ONE
#if ONE
    printf("undefined is zero\n");
#endif
#if '\377' < 0 || 'A' != 65
    printf("char\n");
#endif
    printf("a" "b" /* comment */ "c" // more
           "d\n");
    int spl\
it = 4;
    printf("%d\n", split);
    printf("%s\n", __func__);
    printf("%d\n", __STDC__);
    printf("%d\n", sizeof __DATE__ == 12 && sizeof __TIME__ == 9);
    return 0;
}
