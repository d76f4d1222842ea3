/* Streams (C11 7.21) over the file and console imports. Nothing is buffered here: the host is. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int host_snprintf(char *buffer, int size, const char *format, const void *args);
void print_str(const char *text, int len);
int console_read(void *buffer, int max_len);
int console_write(int stream, const void *data, int len);
int file_open(const char *path, int mode);
void file_close(int handle);
int file_read(int handle, void *buffer, int max_len);
int file_write(int handle, const void *data, int len);
int file_seek(int handle, int offset, int whence);
int file_tell(int handle);
int file_flush(int handle);
int file_delete(const char *path);
int file_rename(const char *from, const char *to);

struct __FILE {
    int handle; /* of the host; -1 input, -2 output, -3 errors; -4 free */
    int pushed; /* a character from ungetc, or EOF */
    unsigned char at_end, failed;
};

enum { INPUT = -1, OUTPUT = -2, ERRORS = -3, FREE = -4 };

static FILE streams[FOPEN_MAX] = {
    { INPUT, EOF }, { OUTPUT, EOF }, { ERRORS, EOF },
    [3 ... FOPEN_MAX - 1] = { FREE, EOF },
};

FILE *stdin = &streams[0];
FILE *stdout = &streams[1];
FILE *stderr = &streams[2];

int __write_stream(FILE *stream, const void *data, int size) {
    if (!size)
        return 0;
    int written = -1;
    if (stream->handle >= 0) {
        written = file_write(stream->handle, data, size);
    } else if (stream->handle == OUTPUT) {
        print_str(data, size);
        written = size;
    } else if (stream->handle == ERRORS) {
        written = console_write(2, data, size);
    }
    if (written < size)
        stream->failed = 1;
    return written < 0 ? 0 : written;
}

int __read_stream(FILE *stream, void *buffer, int size) {
    int count = 0;
    char *to = buffer;
    if (size > 0 && stream->pushed != EOF) {
        *to++ = (char)stream->pushed;
        stream->pushed = EOF;
        size--;
        count++;
    }
    while (size > 0) {
        int got = stream->handle >= 0 ? file_read(stream->handle, to, size)
                : stream->handle == INPUT ? console_read(to, size) : -1;
        if (got <= 0) {
            if (got < 0)
                stream->failed = 1;
            else
                stream->at_end = 1;
            break;
        }
        to += got;
        size -= got;
        count += got;
    }
    return count;
}

size_t fwrite(const void *restrict data, size_t size, size_t count, FILE *restrict stream) {
    if (!size)
        return 0;
    return __write_stream(stream, data, (int)(size * count)) / size;
}

size_t fread(void *restrict buffer, size_t size, size_t count, FILE *restrict stream) {
    if (!size)
        return 0;
    return __read_stream(stream, buffer, (int)(size * count)) / size;
}

int fputc(int c, FILE *stream) {
    char text = (char)c;
    return __write_stream(stream, &text, 1) == 1 ? (unsigned char)c : EOF;
}

int putc(int c, FILE *stream) { return fputc(c, stream); }

int fputs(const char *restrict text, FILE *restrict stream) {
    int length = (int)strlen(text);
    return __write_stream(stream, text, length) == length ? 0 : EOF;
}

int fgetc(FILE *stream) {
    unsigned char c;
    return __read_stream(stream, &c, 1) == 1 ? c : EOF;
}

int getc(FILE *stream) { return fgetc(stream); }
int getchar(void) { return fgetc(stdin); }

int ungetc(int c, FILE *stream) {
    if (c == EOF || stream->pushed != EOF)
        return EOF;
    stream->pushed = (unsigned char)c;
    stream->at_end = 0;
    return stream->pushed;
}

char *fgets(char *restrict buffer, int size, FILE *restrict stream) {
    int length = 0;
    while (length + 1 < size) {
        int c = fgetc(stream);
        if (c == EOF)
            break;
        buffer[length++] = (char)c;
        if (c == '\n')
            break;
    }
    if (!length && size != 1)
        return 0;
    buffer[length] = 0;
    return buffer;
}

int vfprintf(FILE *restrict stream, const char *restrict format, va_list args) {
    char small[128];
    int length = host_snprintf(small, sizeof small, format, args);
    if (length < 0)
        return length;
    if (length < (int)sizeof small)
        return __write_stream(stream, small, length) == length ? length : -1;
    char *large = malloc(length + 1);
    if (!large)
        return -1;
    host_snprintf(large, length + 1, format, args);
    int written = __write_stream(stream, large, length);
    free(large);
    return written == length ? length : -1;
}

int fprintf(FILE *restrict stream, const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return vfprintf(stream, format, args);
}

/* The host's number of a mode: r 0, w 1, a 2, and 3 more with a plus. */
static int mode_number(const char *mode) {
    int number = *mode == 'r' ? 0 : *mode == 'w' ? 1 : *mode == 'a' ? 2 : -1;
    if (number >= 0 && strchr(mode, '+'))
        number += 3;
    return number;
}

/* The device has no current folder: a path without a slash in front is one from the root. */
static const char *from_root(const char *path, char buffer[FILENAME_MAX]) {
    if (*path == '/' || !*path)
        return path;
    if (path[0] == '.' && path[1] == '/')
        return path + 1;
    snprintf(buffer, FILENAME_MAX, "/%s", path);
    return buffer;
}

static FILE *open_as(FILE *stream, const char *path, const char *mode) {
    char buffer[FILENAME_MAX];
    int number = mode_number(mode);
    if (number < 0) {
        errno = EINVAL;
        return 0;
    }
    path = from_root(path, buffer);
    int handle = strchr(mode, 'x') ? file_open(path, 0) : -1;
    if (handle >= 0) {
        file_close(handle);
        errno = EEXIST;
        return 0;
    }
    handle = file_open(path, number);
    if (handle < 0) {
        errno = ENOENT;
        return 0;
    }
    *stream = (FILE){ handle, EOF };
    return stream;
}

FILE *fopen(const char *restrict path, const char *restrict mode) {
    for (int i = 0; i < FOPEN_MAX; i++)
        if (streams[i].handle == FREE)
            return open_as(&streams[i], path, mode);
    errno = EMFILE;
    return 0;
}

int fclose(FILE *stream) {
    if (stream->handle >= 0)
        file_close(stream->handle);
    stream->handle = FREE;
    return 0;
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict stream) {
    fclose(stream);
    return open_as(stream, path, mode);
}

int fflush(FILE *stream) {
    return stream && stream->handle >= 0 ? file_flush(stream->handle) : 0;
}

int fseek(FILE *stream, long offset, int origin) {
    if (origin == SEEK_CUR && stream->pushed != EOF)
        offset--;
    stream->pushed = EOF;
    stream->at_end = 0;
    return stream->handle >= 0 ? file_seek(stream->handle, (int)offset, origin) : -1;
}

long ftell(FILE *stream) {
    if (stream->handle < 0)
        return -1;
    return file_tell(stream->handle) - (stream->pushed != EOF);
}

void rewind(FILE *stream) {
    fseek(stream, 0, SEEK_SET);
    stream->failed = 0;
}

int fgetpos(FILE *restrict stream, fpos_t *restrict position) {
    return (*position = ftell(stream)) < 0 ? -1 : 0;
}

int fsetpos(FILE *stream, const fpos_t *position) { return fseek(stream, *position, SEEK_SET); }
int feof(FILE *stream) { return stream->at_end; }
int ferror(FILE *stream) { return stream->failed; }
int fileno(FILE *stream) { return (int)(stream - streams); }

void clearerr(FILE *stream) { stream->at_end = stream->failed = 0; }

int remove(const char *path) {
    char buffer[FILENAME_MAX];
    return file_delete(from_root(path, buffer));
}

int rename(const char *from, const char *to) {
    char old[FILENAME_MAX], new[FILENAME_MAX];
    return file_rename(from_root(from, old), from_root(to, new));
}

char *tmpnam(char *buffer) {
    static char own[L_tmpnam];
    static int number;
    if (!buffer)
        buffer = own;
    snprintf(buffer, L_tmpnam, "/tmp%d", number++);
    return buffer;
}

FILE *tmpfile(void) { return fopen(tmpnam(0), "w+"); }

void setbuf(FILE *restrict stream, char *restrict buffer) { (void)stream, (void)buffer; }

int setvbuf(FILE *restrict stream, char *restrict buffer, int mode, size_t size) {
    (void)stream, (void)buffer, (void)mode, (void)size;
    return 0;
}
