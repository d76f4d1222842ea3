/* Strings and blocks of memory (C11 7.24), and what POSIX adds to them. */
#include <string.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size) {
    return __builtin_memcpy(to, from, size);
}

void *mempcpy(void *to, const void *from, size_t size) {
    return (char *)__builtin_memcpy(to, from, size) + size;
}

void *memmove(void *to, const void *from, size_t size) {
    return __builtin_memmove(to, from, size);
}

void *memset(void *block, int c, size_t size) {
    return __builtin_memset(block, c, size);
}

void bzero(void *block, size_t size) {
    __builtin_memset(block, 0, size);
}

void bcopy(const void *from, void *to, size_t size) {
    __builtin_memmove(to, from, size);
}

int memcmp(const void *a, const void *b, size_t size) {
    const unsigned char *x = a, *y = b;
    for (; size; size--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

int bcmp(const void *a, const void *b, size_t size) {
    return memcmp(a, b, size);
}

void *memchr(const void *block, int c, size_t size) {
    const unsigned char *at = block;
    for (; size; size--, at++)
        if (*at == (unsigned char)c)
            return (void *)at;
    return 0;
}

void *memrchr(const void *block, int c, size_t size) {
    const unsigned char *at = (const unsigned char *)block + size;
    while (size--)
        if (*--at == (unsigned char)c)
            return (void *)at;
    return 0;
}

size_t strlen(const char *text) {
    const char *end = text;
    while (*end)
        end++;
    return end - text;
}

size_t strnlen(const char *text, size_t size) {
    size_t length = 0;
    while (length < size && text[length])
        length++;
    return length;
}

char *stpcpy(char *to, const char *from) {
    while ((*to = *from++))
        to++;
    return to;
}

char *strcpy(char *restrict to, const char *restrict from) {
    stpcpy(to, from);
    return to;
}

char *stpncpy(char *to, const char *from, size_t size) {
    while (size && (*to = *from++))
        to++, size--;
    __builtin_memset(to, 0, size);
    return to;
}

char *strncpy(char *restrict to, const char *restrict from, size_t size) {
    stpncpy(to, from, size);
    return to;
}

size_t strlcpy(char *to, const char *from, size_t size) {
    size_t length = strlen(from);
    if (size) {
        size_t copied = length < size ? length : size - 1;
        __builtin_memcpy(to, from, copied);
        to[copied] = 0;
    }
    return length;
}

char *strcat(char *restrict to, const char *restrict from) {
    stpcpy(to + strlen(to), from);
    return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t size) {
    char *end = to + strlen(to);
    while (size-- && *from)
        *end++ = *from++;
    *end = 0;
    return to;
}

int strcmp(const char *a, const char *b) {
    while (*a && *a == *b)
        a++, b++;
    return (unsigned char)*a - (unsigned char)*b;
}

int strcoll(const char *a, const char *b) {
    return strcmp(a, b);
}

int strncmp(const char *a, const char *b, size_t size) {
    for (; size; size--, a++, b++)
        if (*a != *b || !*a)
            return (unsigned char)*a - (unsigned char)*b;
    return 0;
}

static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

int strcasecmp(const char *a, const char *b) {
    while (*a && lower((unsigned char)*a) == lower((unsigned char)*b))
        a++, b++;
    return lower((unsigned char)*a) - lower((unsigned char)*b);
}

int strncasecmp(const char *a, const char *b, size_t size) {
    for (; size; size--, a++, b++) {
        int difference = lower((unsigned char)*a) - lower((unsigned char)*b);
        if (difference || !*a)
            return difference;
    }
    return 0;
}

char *strchr(const char *text, int c) {
    for (;; text++) {
        if (*text == (char)c)
            return (char *)text;
        if (!*text)
            return 0;
    }
}

char *index(const char *text, int c) {
    return strchr(text, c);
}

char *strrchr(const char *text, int c) {
    const char *found = 0;
    do
        if (*text == (char)c)
            found = text;
    while (*text++);
    return (char *)found;
}

char *rindex(const char *text, int c) {
    return strrchr(text, c);
}

size_t strspn(const char *text, const char *accept) {
    size_t length = 0;
    while (text[length] && strchr(accept, text[length]))
        length++;
    return length;
}

size_t strcspn(const char *text, const char *reject) {
    size_t length = 0;
    while (text[length] && !strchr(reject, text[length]))
        length++;
    return length;
}

char *strpbrk(const char *text, const char *accept) {
    text += strcspn(text, accept);
    return *text ? (char *)text : 0;
}

char *strstr(const char *text, const char *part) {
    size_t length = strlen(part);
    for (; *text || !length; text++)
        if (!strncmp(text, part, length))
            return (char *)text;
    return 0;
}

char *strsep(char **rest, const char *separators) {
    char *text = *rest;
    if (text) {
        char *end = text + strcspn(text, separators);
        *rest = *end ? end + 1 : 0;
        *end = 0;
    }
    return text;
}

char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest) {
    if (text)
        *rest = text;
    if (!*rest || !*(*rest += strspn(*rest, separators)))
        return *rest = 0;
    return strsep(rest, separators);
}

size_t strxfrm(char *restrict to, const char *restrict from, size_t size) {
    return strlcpy(to, from, size);
}
