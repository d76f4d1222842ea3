#pragma once
#include <stdarg.h>
#include <stddef.h>
typedef struct __FILE FILE;
typedef long fpos_t;
#define EOF (-1)
#define BUFSIZ 256
#define FILENAME_MAX 64
#define FOPEN_MAX 8
#define L_tmpnam 16
#define TMP_MAX 25
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr
int printf(const char *__restrict format, ...) __attribute__((format(printf, 1, 2)));
int fprintf(FILE *__restrict stream, const char *__restrict format, ...) __attribute__((format(printf, 2, 3)));
int sprintf(char *__restrict buffer, const char *__restrict format, ...) __attribute__((format(printf, 2, 3)));
int snprintf(char *__restrict buffer, size_t size, const char *__restrict format, ...) __attribute__((format(printf, 3, 4)));
int vprintf(const char *__restrict format, va_list args);
int vfprintf(FILE *__restrict stream, const char *__restrict format, va_list args);
int vsprintf(char *__restrict buffer, const char *__restrict format, va_list args);
int vsnprintf(char *__restrict buffer, size_t size, const char *__restrict format, va_list args);
/* -DCONEZ_PRINTF_INLINE: formatting is part of the program, not the host's. */
#ifdef CONEZ_PRINTF_INLINE
int printf(const char *, ...) __asm__("__inline_printf");
int fprintf(FILE *, const char *, ...) __asm__("__inline_fprintf");
int sprintf(char *, const char *, ...) __asm__("__inline_sprintf");
int snprintf(char *, size_t, const char *, ...) __asm__("__inline_snprintf");
int vprintf(const char *, va_list) __asm__("__inline_vprintf");
int vfprintf(FILE *, const char *, va_list) __asm__("__inline_vfprintf");
int vsprintf(char *, const char *, va_list) __asm__("__inline_vsprintf");
int vsnprintf(char *, size_t, const char *, va_list) __asm__("__inline_vsnprintf");
#endif
int scanf(const char *__restrict format, ...) __attribute__((format(scanf, 1, 2)));
int fscanf(FILE *__restrict stream, const char *__restrict format, ...) __attribute__((format(scanf, 2, 3)));
int sscanf(const char *__restrict text, const char *__restrict format, ...) __attribute__((format(scanf, 2, 3)));
int vscanf(const char *__restrict format, va_list args);
int vfscanf(FILE *__restrict stream, const char *__restrict format, va_list args);
int vsscanf(const char *__restrict text, const char *__restrict format, va_list args);
int putchar(int c);
int putc(int c, FILE *stream);
int fputc(int c, FILE *stream);
int puts(const char *text);
int fputs(const char *__restrict text, FILE *__restrict stream);
int getchar(void);
int getc(FILE *stream);
int fgetc(FILE *stream);
int ungetc(int c, FILE *stream);
char *fgets(char *__restrict buffer, int size, FILE *__restrict stream);
FILE *fopen(const char *__restrict path, const char *__restrict mode);
FILE *freopen(const char *__restrict path, const char *__restrict mode, FILE *__restrict stream);
int fclose(FILE *stream);
int fflush(FILE *stream);
size_t fread(void *__restrict buffer, size_t size, size_t count, FILE *__restrict stream);
size_t fwrite(const void *__restrict buffer, size_t size, size_t count, FILE *__restrict stream);
int fseek(FILE *stream, long offset, int origin);
long ftell(FILE *stream);
void rewind(FILE *stream);
int fgetpos(FILE *__restrict stream, fpos_t *__restrict position);
int fsetpos(FILE *stream, const fpos_t *position);
int feof(FILE *stream);
int ferror(FILE *stream);
void clearerr(FILE *stream);
void perror(const char *text);
int fileno(FILE *stream);
FILE *tmpfile(void);
char *tmpnam(char *buffer);
int remove(const char *path);
int rename(const char *from, const char *to);
void setbuf(FILE *__restrict stream, char *__restrict buffer);
int setvbuf(FILE *__restrict stream, char *__restrict buffer, int mode, size_t size);
