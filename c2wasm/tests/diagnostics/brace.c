int printf(const char *, ...);
int main(void) {
    int a = 1;
    if (a) {
        a = 2;
    }
    }
    a = 3;
    printf("%d\n", a);
    int k = a;
    a++;
    ++a;
    for (int i = 0; i < 3; i++) {
        k += i;
    }
    while (k) { k--; }
    return k;
}
int other(void) { return undeclared_here; }
printf("lost again\n");
