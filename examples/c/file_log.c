/* Appends lines to a file, then reads it back. */
#include <conez_api.h>
#include <stdio.h>

#define PATH "/log.txt"

static int append(const char *text) {
    int file = file_open(PATH, FILE_APPEND);
    if (file < 0)
        return -1;
    int failed = file_writeln(file, text);
    file_close(file);
    return failed;
}

int main(void) {
    char line[64];
    file_delete(PATH);
    for (int i = 1; i <= 3; i++) {
        snprintf(line, sizeof line, "entry %d", i);
        if (append(line) < 0) {
            printf("cannot write %s\n", PATH);
            return 1;
        }
    }
    int file = file_open(PATH, FILE_READ);
    while (!file_eof(file)) {
        int length = file_readln(file, line, sizeof line);
        printf("%d: %s\n", length, line);
    }
    file_close(file);
    return 0;
}
