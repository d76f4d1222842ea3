/* String literals, concatenation, escapes, and the functions of string.h. */
#include <stdio.h>
#include <string.h>

static int sign(int x) { return (x > 0) - (x < 0); }

int main(void) {
    char a[32] = "hello", b[32];
    printf("%d %d\n", (int)strlen(a), (int)strlen(""));
    strcpy(b, a);
    strcat(b, ", world");
    printf("%s\n", b);
    printf("%d %d %d %d\n", sign(strcmp("abc", "abd")), sign(strcmp("b", "a")), strcmp("x", "x"), sign(strcmp("\xff", "a")));
    printf("%d %d\n", strncmp("abcdef", "abcxyz", 3), sign(strncmp("abcdef", "abcxyz", 4)));
    printf("%s %s\n", strchr(b, 'o'), strrchr(b, 'o'));
    printf("%d %s\n", strchr(b, 'z') == 0, strstr(b, "wor"));
    memset(a, '-', 10);
    a[10] = 0;
    printf("%s\n", a);
    memcpy(a + 2, "AB", 2);
    memmove(a + 3, a + 2, 5);
    printf("%s\n", a);
    memmove(a, a + 1, 9);
    printf("%s\n", a);
    printf("%d %d\n", memcmp("abc", "abc", 3), sign(memcmp("abc", "abd", 3)));
    strncpy(b, "xy", 5);
    printf("%s %d %d\n", b, b[4], b[5]);
    strncat(b, "12345", 3);
    printf("%s\n", b);
    printf("%d %d\n", (int)strspn("aabbc", "ab"), (int)strcspn("hello", "lo"));
    printf("%s\n", strpbrk("key=value", "=:"));
    char list[] = "one,two,,three";
    for (char *t = strtok(list, ","); t; t = strtok(0, ",")) printf("<%s>", t);
    printf("\n");
    printf("%s\n", (char *)memchr("find me", 'm', 7));
    printf("%d %d\n", (int)sizeof "abc", (int)sizeof "a\0b");
    printf("%d %d\n", "abc"[1], *"xyz");
    printf("%s\n", "tab\there \"quoted\" back\\slash \101\x42 \1012");
    const char *same = "literal";
    printf("%c%c\n", same[0], same[6]);
    return 0;
}
