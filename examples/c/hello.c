/* The smallest program that says something. */
#include <stdio.h>

int main(void) {
    printf("hello, world\n");
    return 0;
}
