#pragma once
#include <stddef.h>
int bcmp(const void *a, const void *b, size_t size);
void bcopy(const void *from, void *to, size_t size);
void bzero(void *memory, size_t size);
int ffs(int value);
char *index(const char *text, int c);
char *rindex(const char *text, int c);
int strcasecmp(const char *a, const char *b);
size_t strlcpy(char *__restrict to, const char *__restrict from, size_t size);
int strncasecmp(const char *a, const char *b, size_t size);
