// run: exit=42
#include <stdio.h>
#include <stdlib.h>
static void leave(void) {
    printf("leaving\n");
    exit(42);
}
int main(void) {
    leave();
    printf("never\n");
    return 1;
}
