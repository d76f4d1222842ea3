#include <stdio.h>
#include <string.h>
#include <stdint.h>

#pragma pack(push, 1)
typedef struct {
    uint8_t start;
    uint16_t length;
    uint32_t id;
    uint8_t kind : 4, flags : 4;
} header;
#pragma pack(pop)
static uint8_t checksum(const void *p, size_t n) {
    const uint8_t *b = p;
    uint8_t s = 0;
    while (n--) s ^= *b++;
    return s;
}

int main(void) {
    header h = { 0x7e, 300, 0xdeadbeef, 5, 9 };
    uint8_t raw[sizeof h];
    memcpy(raw, &h, sizeof h);
    for (size_t i = 0; i < sizeof raw; i++) printf("%02x ", raw[i]);
    printf("%02x %d\n", checksum(&h, sizeof h), (int)sizeof h);
    header g;
    memcpy(&g, raw, sizeof g);
    printf("%u %x %u %u\n", g.length, (unsigned)g.id, g.kind, g.flags);
    return 0;
}
