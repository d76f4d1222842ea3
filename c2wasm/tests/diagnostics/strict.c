// std: c17
int nothing(void) { return; }
void something(void) { return 1; }
