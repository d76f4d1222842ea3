#include <stdio.h>
int add(int a, int b) { return a + b; }
int main(void) {
    int x = 1 +;
    printf("%d\n", x);
    undeclared = 5;
    for (int i = 0; i < 3; i++) {
        x = add(i);
    }
    return x;
}
