// Characters of several bytes are UTF-8; gcc says the same in the locale C.UTF-8.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    wchar_t wide[20], c = 0;
    char text[20];
    printf("%u\n", mbstowcs(wide, "h\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80!", 20));
    for (int i = 0; i < 6; i++)
        printf("%x ", (unsigned)wide[i]);
    puts("");
    printf("%u %u %u\n", wcstombs(0, wide, 0), wcstombs(text, wide, 20), wcstombs(text, wide, 4));
    printf("%u %u\n", mbstowcs(0, "abc", 0), mbstowcs(wide, "abcdef", 3));
    printf("%d %d %d\n", mblen("a", 1), mblen("", 1), mblen("\xc3\xa9", 2));
    /* Cut, too long a form, a surrogate, and no first byte. */
    printf("%d %d %d %d %d\n", mblen("\xc3", 2), mblen("\xe2\x82\xac", 2), mblen("\xc0\x80", 2),
           mblen("\xed\xa0\x80", 3), mblen("\x80", 1));
    printf("%d", mbtowc(&c, "\xf4\x8f\xbf\xbf", MB_CUR_MAX));
    printf(" %x\n", (unsigned)c);
    printf("%d %d %d\n", wctomb(text, 0x20ac), wctomb(text, 0), wctomb(0, 0));
    errno = 0;
    printf("%d", wctomb(text, 0xd800));
    printf(" %d\n", errno == EILSEQ);
    printf("%d %d\n", (int)mbstowcs(wide, "\xff", 5), (int)wcstombs(text, (wchar_t[]){0xdfff, 0}, 5));
}
