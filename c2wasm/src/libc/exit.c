/* The end of a program (C11 7.22.4). */
#include <stdlib.h>

static void (*handlers[32])(void), (*quick_handlers[32])(void);
static int registered, quick_registered;

static int add(void (**list)(void), int *count, void (*function)(void)) {
    if (*count == 32)
        return -1;
    list[(*count)++] = function;
    return 0;
}

int atexit(void (*function)(void)) { return add(handlers, &registered, function); }

int at_quick_exit(void (*function)(void)) {
    return add(quick_handlers, &quick_registered, function);
}

void __run_atexit(void) {
    while (registered)
        handlers[--registered]();
}

/* The low eight bits, as a shell sees them: to the host -1 means that no program has said it. */
void _Exit(int status) { __builtin_exit_program(status & 0xFF); }

void exit(int status) {
    __run_atexit();
    _Exit(status);
}

void quick_exit(int status) {
    while (quick_registered)
        quick_handlers[--quick_registered]();
    _Exit(status);
}

void abort(void) { _Exit(134); }
