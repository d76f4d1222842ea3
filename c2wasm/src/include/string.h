#pragma once
#include <stddef.h>
void *memchr(const void *block, int c, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memcpy(void *__restrict to, const void *__restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *block, int c, size_t size);
char *strcat(char *__restrict to, const char *__restrict from);
char *strchr(const char *text, int c);
int strcmp(const char *a, const char *b);
int strcoll(const char *a, const char *b);
char *strcpy(char *__restrict to, const char *__restrict from);
size_t strcspn(const char *text, const char *reject);
char *strdup(const char *text);
char *strerror(int number);
size_t strlen(const char *text);
char *strncat(char *__restrict to, const char *__restrict from, size_t size);
int strncmp(const char *a, const char *b, size_t size);
char *strncpy(char *__restrict to, const char *__restrict from, size_t size);
char *strndup(const char *text, size_t size);
size_t strnlen(const char *text, size_t size);
char *strpbrk(const char *text, const char *accept);
char *strrchr(const char *text, int c);
size_t strspn(const char *text, const char *accept);
char *strstr(const char *text, const char *part);
char *strtok(char *__restrict text, const char *__restrict separators);
size_t strxfrm(char *__restrict to, const char *__restrict from, size_t size);
#ifndef __STRICT_ANSI__
void *mempcpy(void *__restrict to, const void *__restrict from, size_t size);
void *memrchr(const void *memory, int c, size_t size);
char *stpcpy(char *__restrict to, const char *__restrict from);
char *stpncpy(char *__restrict to, const char *__restrict from, size_t size);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t size);
char *strsep(char **rest, const char *separators);
char *strtok_r(char *__restrict text, const char *__restrict separators, char **__restrict rest);
#endif
