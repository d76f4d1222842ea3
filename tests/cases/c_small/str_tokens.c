#include <stdio.h>
#include <string.h>

int main(void) {
    char s[] = "  one, two;three ,,four";
    int n = 0;
    for (char *t = strtok(s, " ,;"); t; t = strtok(0, " ,;")) printf("%d %s\n", ++n, t);
    return 0;
}
