// run: stdin=12\s34\nhello\sworld\nlast
#include <stdio.h>
int main(void) {
    int a, b;
    char line[40], word[10];
    fgets(line, sizeof line, stdin);
    printf("%d\n", sscanf(line, "%d %d", &a, &b));
    printf("%d\n", a + b);
    fgets(line, sizeof line, stdin);
    printf("[%s]\n", line);
    printf("%d\n", sscanf(line, "%9s", word));
    int first = getchar();
    printf("[%s] %c\n", word, first);
    while (first != EOF) first = getchar();
    printf("%d\n", feof(stdin) != 0);
    return 0;
}
