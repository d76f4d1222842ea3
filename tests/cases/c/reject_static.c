// run: std=gnu89
int main(void) { return f(); }
int f(void);
static int f(void) { return 1; }
