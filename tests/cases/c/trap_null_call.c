/* A null function pointer. */
typedef int (*handler)(int);
static handler handlers[2];
int main(void) {
    int x = 3;
    x += handlers[1](x);
    return x;
}
