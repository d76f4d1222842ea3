/* A line of pixels is filtered over and over: what is hot does not fit the window, and was declared
   after what is cold. */
static unsigned char font[3000];
static short history[900];
static int taps[16];
static short line[1200], out[1200];
static int histogram[256];

int main(void) {
    for (int i = 0; i < 3000; i++)
        font[i] = (unsigned char)(i * 7);
    for (int i = 0; i < 16; i++)
        taps[i] = 8 - i;
    for (int i = 0; i < 1200; i++)
        line[i] = (short)(font[i] * 3 - 200);
    for (int pass = 0; pass < 6; pass++) {
        for (int i = 0; i + 16 <= 1200; i++) {
            int sum = 0;
            for (int k = 0; k < 16; k++)
                sum += taps[k] * line[i + k];
            out[i] = (short)(sum >> 4);
            histogram[sum >> 6 & 255]++;
        }
        for (int i = 0; i < 1200; i += 4)
            line[i] = out[i];
        history[pass] = out[pass];
    }
    return histogram[7] & 127;
}
