#include <stdio.h>

#line 200 "virtual.c"
int main(void) {
    printf("%d %s\n", __LINE__, __FILE__);
    printf("%s %d\n", __func__, __LINE__);
    return 0;
}
