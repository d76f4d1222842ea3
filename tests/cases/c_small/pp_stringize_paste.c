#include <stdio.h>

#define STR(x) #x
#define XSTR(x) STR(x)
#define CAT(a, b) a##b
#define XCAT(a, b) CAT(a, b)
#define N 42
#define DECLARE(type, name) type XCAT(name, _var) = N; static const char *XCAT(name, _text) = STR(type name)
DECLARE(int, count);
int main(void) {
    printf("%s %s %s %d %s\n", STR(N), XSTR(N), STR("a\n" + 'b'), count_var, count_text);
    printf("%d %d\n", CAT(4, 2), XCAT(N, 0));
    return 0;
}
