/* Every integer type wraps at its own width, in memory, in locals and through parameters. */
#include <stdio.h>

static signed char sc;
static unsigned char uc;
static short ss;
static unsigned short us;
static int si;
static unsigned ui;
static long sl;
static unsigned long ul;
static long long sll;
static unsigned long long ull;

static signed char pass_sc(signed char x) { return x; }
static unsigned char pass_uc(unsigned char x) { return x; }
static short pass_ss(short x) { return x; }
static unsigned short pass_us(unsigned short x) { return x; }

int main(void) {
    printf("%d %d %d %d %d\n", (int)sizeof sc, (int)sizeof ss, (int)sizeof si, (int)sizeof sl, (int)sizeof sll);
    sc = 127; sc++;
    uc = 255; uc++;
    ss = 32767; ss++;
    us = 65535; us++;
    ui = 4294967295u; ui++;
    ul = 4294967295ul; ul += 2;
    sll = 9223372036854775807ll; sll -= 1;
    ull = 18446744073709551615ull; ull++;
    printf("%d %d %d %d %u %lu %lld %llu\n", sc, uc, ss, us, ui, ul, sll, ull);
    sc = -128; sc--;
    uc = 0; uc--;
    ss = -32768; ss--;
    us = 0; us--;
    ui = 0; ui--;
    ull = 0; ull--;
    printf("%d %d %d %d %u %llu\n", sc, uc, ss, us, ui, ull);
    int big = 0x12345678;
    printf("%d %d %d %d\n", pass_sc((signed char)big), pass_uc((unsigned char)big), pass_ss((short)big), pass_us((unsigned short)big));
    big = (int)0xfedcba98;
    printf("%d %d %d %d\n", pass_sc((signed char)big), pass_uc((unsigned char)big), pass_ss((short)big), pass_us((unsigned short)big));
    for (int i = 0; i < 3; i++) {
        unsigned char local = (unsigned char)(250 + i);
        local += 5;
        signed char narrow = (signed char)(126 + i);
        printf("%d %d\n", local, narrow);
    }
    unsigned char a = 200, b = 100;
    int sum = a + b;
    unsigned char wrapped = a + b;
    printf("%d %d %d\n", sum, wrapped, (a + b) / 2);
    si = 5; sl = -7;
    printf("%d %ld %d\n", si, sl, a < -1);
    return 0;
}
