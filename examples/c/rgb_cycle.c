/* A strip of LEDs, each a step further around the colour wheel, turning: setup and loop, as on
 * Arduino. Try it with `--leds 50`. */
#include <conez_api.h>

#define CHANNEL 1

static int hue;

void setup(void) {
    led_set_gamma(0);
    led_fill(CHANNEL, 0, 0, 0);
}

void loop(void) {
    int count = led_count(CHANNEL);
    for (int i = 0; i < count; i++)
        led_set_pixel_hsv(CHANNEL, i, hue + i * 256 / count, 255, 128);
    led_show();
    hue = (hue + 4) & 255;
    delay_ms(33);
}
