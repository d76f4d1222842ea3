#include <errno.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    FILE *file = fopen("new.txt", "wx");
    fputs("line\nlast", file);
    fclose(file);
    errno = 0;
    printf("%d", fopen("new.txt", "wx") == NULL);
    printf(" %d\n", errno == EEXIST);
    /* No room for a letter, with the file at its start and at its end; a full line; the end. */
    char line[10] = "zzz";
    file = fopen("new.txt", "r");
    printf("%d", fgets(line, 1, file) == line);
    printf(" '%s'\n", line);
    printf("%s", fgets(line, 10, file));
    printf("%s\n", fgets(line, 10, file));
    printf("%d", fgets(line, 10, file) == NULL);
    printf(" '%s'\n", line);
    fclose(file);
    remove("new.txt");
}
