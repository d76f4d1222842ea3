/* CRC-32 by table (ISO 3309). */
static unsigned int table[256];
static unsigned char message[4096];

static void make_table(void) {
    for (unsigned int n = 0; n < 256; n++) {
        unsigned int c = n;
        for (int bit = 0; bit < 8; bit++)
            c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
        table[n] = c;
    }
}

static unsigned int crc(const unsigned char *bytes, int length) {
    unsigned int c = 0xFFFFFFFFu;
    while (length-- > 0)
        c = table[(c ^ *bytes++) & 0xFF] ^ (c >> 8);
    return c ^ 0xFFFFFFFFu;
}

__attribute__((export_name("bench"))) int bench(void) {
    unsigned int sum = 0;
    make_table();
    for (int i = 0; i < 4096; i++)
        message[i] = (unsigned char)(i * 7 + 3);
    for (int round = 0; round < 10; round++)
        sum += crc(message, 4096 - round);
    return (int)sum;
}
