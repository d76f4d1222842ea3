/* Enumerations, typedefs, scopes and name spaces. */
#include <stdio.h>

enum day { MON = 1, TUE, WED = 10, THU, NEG = -5, AFTER };
typedef enum { OFF, ON } state;
typedef unsigned char byte;
typedef int vector[3];
typedef struct list { byte head; struct list *tail; } list;
typedef int (*binary)(int, int);
enum { SIZE = 4, DOUBLE = SIZE * 2, MASK = (1 << SIZE) - 1 };

static int table[DOUBLE];
static int add(int a, int b) { return a + b; }

int main(void) {
    enum day d = WED;
    state s = ON;
    printf("%d %d %d %d %d\n", MON, TUE, THU, NEG, AFTER);
    printf("%d %d %d\n", d, s, (int)sizeof(enum day));
    d++;
    printf("%d\n", d == THU);
    printf("%d %d\n", MASK, (int)(sizeof table / sizeof *table));
    byte b = 255;
    b++;
    vector v = {1, 2, 3};
    list l = {7, 0};
    list m = {8, &l};
    binary f = add;
    printf("%d %d %d %d %d\n", b, v[2], m.tail->head, (int)sizeof v, f(3, 4));
    int x = 1;
    {
        int x = 2;
        {
            extern int counter;
            int x = counter;
            printf("%d ", x);
        }
        printf("%d ", x);
    }
    printf("%d\n", x);
    struct x { int x; } y = {5};
    goto x;
    printf("skipped\n");
x:
    printf("%d %d\n", y.x, x);
    { enum { MON = 50 }; printf("%d ", MON); }
    printf("%d\n", MON);
    { typedef char byte[9]; printf("%d ", (int)sizeof(byte)); }
    printf("%d\n", (int)sizeof(byte));
    for (int SIZE = 0; SIZE < 2; SIZE++) printf("%d ", SIZE);
    printf("%d\n", SIZE);
    return 0;
}
int counter = 42;
