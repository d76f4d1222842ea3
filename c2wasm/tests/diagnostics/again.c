/* Declared once more, and not alike. */
static int inside;
int inside;
static int known;
extern int known;
int twice(a, b) int a, b; int a; { return a + b; }
int outside(int m) {
    extern int varies[m];
    return varies[0];
}
enum nothing {};
