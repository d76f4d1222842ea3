#include <stdio.h>
#include <string.h>

struct date {
    int y, m, d;
};
struct person {
    char name[16];
    struct date born;
    struct {
        int zip;
        char city[12];
    } home;
};
int main(void) {
    struct person p = { "Ada", { 1815, 12, 10 }, { 12345, "London" } }, q = p, *r = &q;
    strcpy(r->name, "Bob");
    r->born.y += 100;
    r->home.zip++;
    printf("%s %d %d %s\n", p.name, p.born.y, p.home.zip, p.home.city);
    printf("%s %d %d %d\n", q.name, q.born.y, q.home.zip, (int)sizeof p);
    return 0;
}
