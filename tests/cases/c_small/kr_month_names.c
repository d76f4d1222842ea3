#include <stdio.h>

static const char *name(int n) {
    static const char *names[] = { "Illegal month", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" };
    return n < 1 || n > 12 ? names[0] : names[n];
}

static char daytab[2][13] = { { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }, { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 } };
static int day_of_year(int y, int m, int d) {
    int leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    for (int i = 1; i < m; i++) d += daytab[leap][i];
    return d;
}

int main(void) {
    printf("%s %s %s\n", name(0), name(7), name(13));
    printf("%d %d %d\n", day_of_year(2000, 3, 1), day_of_year(1900, 3, 1), day_of_year(2023, 12, 31));
    return 0;
}
