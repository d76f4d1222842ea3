// run: exit=7
#include <stdio.h>
#include <stdlib.h>

static void first(void) { puts("first"); }
static void second(void) { puts("second"); }
static void other(void) { puts("never"); }

int main(void) {
    atexit(other);
    at_quick_exit(first);
    at_quick_exit(second);
    quick_exit(7);
}
