/* Characters of several bytes (C11 7.22.7, 7.22.8): UTF-8, as printf and scanf have it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

int wctomb(char *to, wchar_t c) {
    if (!to)
        return 0;
    if (c < 0 || c > 0x10FFFF || c >> 11 == 0x1B) {
        errno = EILSEQ;
        return -1;
    }
    if (c < 0x80)
        return *to = (char)c, 1;
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    to[0] = (char)(0xFF00 >> (more + 1) | c >> 6 * more);
    for (int i = 1; i <= more; i++)
        to[i] = (char)(0x80 | (c >> 6 * (more - i) & 0x3F));
    return more + 1;
}

int mbtowc(wchar_t *restrict to, const char *restrict text, size_t size) {
    if (!text)
        return 0;
    char again[4];
    int c = size ? (unsigned char)*text : 0;
    size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    c &= 0xFF >> length;
    for (size_t i = 1; i < length && i < size; i++)
        c = c << 6 | (text[i] & 0x3F);
    /* Whatever is not the shortest form of a character is not what that is written as. */
    if (length > size || wctomb(again, c) != (int)length || memcmp(again, text, length)) {
        errno = EILSEQ;
        return -1;
    }
    if (to)
        *to = c;
    return c ? (int)length : 0;
}

int mblen(const char *text, size_t size) { return mbtowc(0, text, size); }

size_t mbstowcs(wchar_t *restrict to, const char *restrict text, size_t size) {
    size_t count = 0;
    for (; !to || count < size; count++) {
        wchar_t c;
        int length = mbtowc(&c, text, strnlen(text, 3) + 1);
        if (length < 0)
            return -1;
        if (to)
            to[count] = c;
        if (!length)
            break;
        text += length;
    }
    return count;
}

size_t wcstombs(char *restrict to, const wchar_t *restrict text, size_t size) {
    size_t count = 0;
    for (;; text++) {
        char bytes[4];
        int length = wctomb(bytes, *text);
        if (length < 0)
            return -1;
        if (to && count + length > size)
            break;
        if (to)
            memcpy(to + count, bytes, length);
        if (!*text)
            break;
        count += length;
    }
    return count;
}
