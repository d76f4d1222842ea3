/* Toggles a pin as fast as it can, forever: how fast is a host call? Stop it with Ctrl-C,
 * `--timeout` or `--fuel`. */
#include <conez_api.h>

#define PIN 4

int main(void) {
    for (;;) {
        pin_set(PIN);
        pin_clear(PIN);
    }
}
