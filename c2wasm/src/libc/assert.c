/* A failed assertion says where and ends the program; without a stream, which is much code. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int console_write(int stream, const void *data, int len);

void __assert_fail(const char *condition, const char *file, int line, const char *function) {
    char text[256];
    snprintf(text, sizeof text, "%s:%d: %s: Assertion `%s' failed.\n", file, line, function,
             condition);
    console_write(2, text, (int)strlen(text));
    abort();
}
