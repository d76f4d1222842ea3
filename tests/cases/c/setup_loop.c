// run: loops=4
#include <conez_api.h>
#include <stdio.h>
static int count;
void setup(void) { printf("setup at %d\n", millis()); }
void loop(void) {
    delay_ms(10);
    printf("loop %d at %d\n", ++count, millis());
}
