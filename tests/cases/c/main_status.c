// run: exit=7
#include <stdio.h>
int main(int argc, char **argv) {
    printf("%d %d\n", argc >= 0, argv != 0 || argc == 0);
    return 7;
}
