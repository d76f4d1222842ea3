#define _DEFAULT_SOURCE
#include <stdio.h>
#include <string.h>

int main(void) {
    char first[] = ",,a,;b,,c;", second[] = "a,,b;c", third[] = " x y ", *rest, *inner;
    for (char *word = strtok_r(first, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        printf("[%s]", word);
        for (char *part = strtok_r(word, ";", &inner); part; part = strtok_r(NULL, ";", &inner))
            printf(" %s", part);
        puts("");
    }
    rest = second;
    for (char *word; (word = strsep(&rest, ",;"));)
        printf("<%s>", word);
    puts("");
    for (char *word = strtok(third, " "); word; word = strtok(NULL, " "))
        printf("(%s)", word);
    printf("%d %d\n", strtok(NULL, " ") == NULL, strtok(strcpy(second, ""), ",") == NULL);
    return 0;
}
