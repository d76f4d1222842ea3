/* errno and its text. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

int errno;

void perror(const char *text) {
    if (text && *text)
        fprintf(stderr, "%s: ", text);
    fprintf(stderr, "%s\n", strerror(errno));
}
