#include <stdio.h>
int main(void) {
    prinft("typo\n");
    return 0;
}
