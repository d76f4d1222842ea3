// run: stdin=one\nline\stwo\n\nlast
#include <stdio.h>
#include <string.h>

int main(void) {
    char line[20];
    int n = 0;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        printf("%d[%s]\n", ++n, line);
    }
    printf("%d %d\n", feof(stdin) != 0, getchar() == EOF);
    return 0;
}
