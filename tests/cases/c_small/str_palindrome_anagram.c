#include <stdio.h>
#include <string.h>
#include <ctype.h>

static int palindrome(const char *s) {
    const char *e = s + strlen(s);
    while (s < e) {
        while (s < e && !isalpha((unsigned char)*s)) s++;
        while (s < e && !isalpha((unsigned char)e[-1])) e--;
        if (s < e && tolower((unsigned char)*s++) != tolower((unsigned char)*--e)) return 0;
    }
    return 1;
}

static int anagram(const char *a, const char *b) {
    int n[256] = { 0 };
    while (*a) n[(unsigned char)*a++]++;
    while (*b) n[(unsigned char)*b++]--;
    for (int i = 0; i < 256; i++) if (n[i]) return 0;
    return 1;
}

int main(void) {
    printf("%d %d %d %d\n", palindrome("A man, a plan, a canal: Panama"), palindrome("nope"), anagram("listen", "silent"), anagram("ab", "aab"));
    return 0;
}
