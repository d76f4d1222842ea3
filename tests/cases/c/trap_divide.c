/* Integer division by zero stops the program and names the line. */
#include <stdio.h>

static int divide(int a, int b) {
    return a / b;
}

int main(void) {
    printf("%d\n", divide(7, 2));
    printf("%d\n", divide(7, 0));
    return 0;
}
