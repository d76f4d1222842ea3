int main(void) {
    int a = 5;
    int *p = 10;
    float *f = &a;
    const int *c = &a;
    int *lost = c;
    unsigned char byte = 300;
    int huge = 2147483647 + 1;
    int none = a / 0;
    int shifted = a << 40;
    int list[2] = { 1, 2, 3 };
    return (p == f) + *lost + byte + huge + none + shifted + list[0] + (p > 5);
}
