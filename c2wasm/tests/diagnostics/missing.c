extern int nowhere(int x);
int main(void) { return nowhere(1); }
