int f(void) { return 1; }
int f(void) { return 2; }
int a;
float a;
int main(void) { int b; int b; return 0; }
