/* The end of a program (C11 7.22.4). */
#include <stdlib.h>

static void (*handlers[32])(void);
static int registered;

int atexit(void (*function)(void)) {
    if (registered == 32)
        return -1;
    handlers[registered++] = function;
    return 0;
}

void __run_atexit(void) {
    while (registered)
        handlers[--registered]();
}

void _Exit(int status) { __builtin_exit_program(status); }

void exit(int status) {
    __run_atexit();
    __builtin_exit_program(status);
}

void abort(void) { __builtin_exit_program(134); }
