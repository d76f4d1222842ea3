#include <stdio.h>

struct s {
    char c;
    double d;
    short h;
};
union u {
    char c[5];
    int i;
};
int main(void) {
    int a[10];
    char *p = (char *)a;
    printf("%d %d %d %d\n", (int)sizeof a, (int)sizeof a[0], (int)sizeof p, (int)sizeof *p);
    printf("%d %d %d\n", (int)sizeof 'a', (int)sizeof "hello", (int)sizeof(1.0f + 1));
    printf("%d %d %d\n", (int)sizeof(char[3][4]), (int)sizeof(union u), (int)sizeof(a + 0));
    int i = 3;
    printf("%d", (int)sizeof(i++));
    printf(" %d\n", i);
    return 0;
}
