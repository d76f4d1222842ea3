#include <stdio.h>

static void encipher(unsigned v[2], const unsigned k[4]) {
    unsigned a = v[0], b = v[1], s = 0;
    for (int i = 0; i < 32; i++) {
        s += 0x9e3779b9;
        a += ((b << 4) + k[0]) ^ (b + s) ^ ((b >> 5) + k[1]);
        b += ((a << 4) + k[2]) ^ (a + s) ^ ((a >> 5) + k[3]);
    }
    v[0] = a;
    v[1] = b;
}

static void decipher(unsigned v[2], const unsigned k[4]) {
    unsigned a = v[0], b = v[1], s = 0xc6ef3720;
    for (int i = 0; i < 32; i++) {
        b -= ((a << 4) + k[2]) ^ (a + s) ^ ((a >> 5) + k[3]);
        a -= ((b << 4) + k[0]) ^ (b + s) ^ ((b >> 5) + k[1]);
        s -= 0x9e3779b9;
    }
    v[0] = a;
    v[1] = b;
}

int main(void) {
    unsigned v[2] = { 0x01234567, 0x89abcdef }, k[4] = { 1, 2, 3, 4 };
    encipher(v, k);
    printf("%08x %08x\n", v[0], v[1]);
    decipher(v, k);
    printf("%08x %08x\n", v[0], v[1]);
    return 0;
}
