#define TWO(a, b) a b
#if 1
int x = TWO(1);
int main(void) { return 0; }
