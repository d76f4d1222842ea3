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
void say(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));
int ask(const char *format, ...) __attribute__((__format__(__scanf__, 1, 2)));
void say_list(const char *format, void *list) __attribute__((format(printf, 1, 0)));
void wrong(const char *format, ...) __attribute__((format(printf, 2, 1), format(printf)));
void own(int n, double *d, void *list) {
    say(1, "%d %s\n", 2.0, "two");
    say(1, "%d\n", n, n);
    ask("%d", d);
    say_list("%d %s", list);
}
