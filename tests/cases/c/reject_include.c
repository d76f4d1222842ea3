#define ONE 1
#include "does_not_exist.h"
unknown x = ONE;
int main(void) { return missing; }
