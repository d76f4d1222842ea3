#include <stdio.h>
#include <string.h>

int main(void) {
    char b[40] = "hello";
    strcat(b, ", world");
    printf("%d %s %s\n", (int)strlen(b), b, strchr(b, 'w'));
    printf("%d %d %d\n", strcmp("abc", "abd") < 0, strncmp("abcx", "abcy", 3), strcmp("b", "a") > 0);
    printf("%s %s\n", strstr(b, "lo"), strrchr(b, 'l'));
    printf("%d %d\n", (int)strspn("aabbc", "ab"), (int)strcspn("hello", "l"));
    char c[10];
    strncpy(c, "longer than ten", 9);
    c[9] = 0;
    puts(c);
    memset(c, '-', 4);
    puts(c);
    memmove(b + 2, b, 5);
    puts(b);
    printf("%d %s\n", memcmp("a\0b", "a\0c", 3) < 0, (char *)memchr("xyz", 'y', 3));
    puts(strpbrk("keyword", "wo"));
    return 0;
}
