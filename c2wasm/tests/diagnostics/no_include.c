/* What a missing file would have declared is unknown, and nobody's fault. */
#include <stido.h>
size_t length;
int main(void) {
    FILE *f = fopen("a", "r");
    return puts("x");
}
