#include <stdio.h>

struct {
    const char *name;
    int flags;
    int utype;
    union {
        int ival;
        float fval;
        const char *sval;
    } u;
} symtab[3] = { { "a", 1, 0, { .ival = 7 } }, { "b", 0, 1, { .fval = 1.5f } }, { "c", 0, 2, { .sval = "text" } } };
int main(void) {
    for (int i = 0; i < 3; i++) switch (symtab[i].utype) {
        case 0: printf("%s %d\n", symtab[i].name, symtab[i].u.ival);
        break;
        case 1: printf("%s %f\n", symtab[i].name, symtab[i].u.fval);
        break;
        case 2: printf("%s %s\n", symtab[i].name, symtab[i].u.sval);
    }
    return 0;
}
