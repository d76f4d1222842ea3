// run: exit=134
#include <assert.h>
#include <stdio.h>
int main(void) {
    int x = 4;
    assert(x == 4);
    printf("still here\n");
    assert(x == 5);
    printf("not here\n");
    return 0;
}
