#include <stdio.h>

int x;
extern int x;
int x = 3;
static int y;
static int y;
extern int z;
int z;
int arr[];
int arr[3];
int main(void) {
    arr[2] = z + y;
    printf("%d %d %d %d\n", x, y, z, arr[2]);
    return 0;
}
