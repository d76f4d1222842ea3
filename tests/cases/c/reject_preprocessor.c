#define TWO(a, b) a b
#include "does_not_exist.h"
#if 1
int x = TWO(1);
int main(void) { return 0; }
