#include <stdio.h>
#include <ctype.h>

int main(void) {
    const char *t = "aZ5 \t_~\n";
    for (; *t; t++) printf("%d%d%d%d%d%d%d ", !!isalpha((unsigned char)*t), !!isdigit((unsigned char)*t), !!isspace((unsigned char)*t), !!ispunct((unsigned char)*t), !!isupper((unsigned char)*t), !!isxdigit((unsigned char)*t), !!isprint((unsigned char)*t));
    printf("\n%c%c%c\n", toupper('x'), tolower('Q'), toupper('7'));
    return 0;
}
