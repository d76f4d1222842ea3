/* Beyond memory: the line of the access, not of the call. */
#include <stdio.h>
static int peek(const int *p) {
    return *p;
}
int main(void) {
    printf("%d\n", peek((const int *)0x7ffffff0));
    return 0;
}
