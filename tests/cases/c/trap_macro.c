/* A trap inside a macro names the line where the user used it. */
#define DIVIDE(a, b) \
    ((a) / (b))
int zero;
int main(void) {
    int x = 1;
    x = DIVIDE(x, zero);
    return x;
}
