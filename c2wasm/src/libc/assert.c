/* A failed assertion says where and ends the program. It says so where the program's output goes: an
   import for standard error is what ConeZ's firmware does not have. */
#include <stdio.h>
#include <stdlib.h>

void __assert_fail(const char *condition, const char *file, int line, const char *function) {
    printf("%s:%d: %s: Assertion `%s' failed.\n", file, line, function, condition);
    abort();
}
