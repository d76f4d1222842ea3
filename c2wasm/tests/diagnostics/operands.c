struct point { int x, y; };
int main(void) {
    struct point p = { 1, 2 };
    const int fixed = 3;
    int a = 5, *q = &a;
    double d = 2.5;
    a = p + 1;
    a = d % 2;
    fixed = 4;
    5 = a;
    q = d;
    a = *a;
    a = q.x;
    break;
    switch (a) {
    case 1: case 1: break;
    }
    if (p) return 1;
    return a[2];
}
