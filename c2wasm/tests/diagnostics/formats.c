#include <stdio.h>

int main(void) {
    int i = 0;
    short h = 0;
    long long ll = 0;
    float f = 0;
    double d = 0;
    char text[8] = "";
    printf("%d %s %f %lld\n", d, i, i, i);
    printf("%d %d\n", ll, text);
    printf("%*d\n", d, i);
    printf("%d\n");
    printf("%d\n", i, i, i);
    printf("100 %!\n");
    scanf("%d %d", i, &h);
    scanf("%f %lf", &d, &f);
    scanf("%s %s", &i, text);
    scanf("%d");
    scanf("%lld %hd %*d", &ll, &h, &i);
    return 0;
}
