/* One mistake, one message: what has no type is not complained about again. */
Foo q;
Foo *r;
struct S { Foo a; int b; Foo *c; Foo d[3]; Foo bits : 3; };
Foo make(Foo x, int y);
typedef Foo Bar;
static Foo st = { 1, 2, 3 };
int all(void) {
    Bar b = { .x = 1 };
    struct S s = { 0 };
    s.a.x = 5;
    s.c->y = 3;
    s.d[1].z = 4;
    q.x = 1;
    r->x = 2;
    b.x++;
    Foo z = make(q, 2);
    int k = make(z, 3).n + sizeof(Foo) + (Foo)3;
    if (z) return 1;
    for (Foo i = 0; i < 3; i++) k++;
    return k;
}
int use(Foo *p, Bar *t) { return p->x + t->y; }
void a[3];
struct U; struct U u[2];
int array(void)[3];
int user = array()[2];
__attribute__((constructor)) static void start(void) {}
__attribute__((destructor)) static void stop(void) {}
