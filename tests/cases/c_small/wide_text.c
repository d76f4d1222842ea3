// run: stdin=café\sxéyz\sabc12\ntail
/* %ls and %lc of the printf and scanf families: UTF-8 outside, wchar_t inside. */
#ifdef __linux__
#include <locale.h>
#endif
#include <stddef.h>
#include <stdio.h>

static void units(const wchar_t *text, int count) {
    for (int i = 0; i < count; i++) printf("%x ", (unsigned)text[i]);
    puts("");
}

int main(void) {
#ifdef __linux__
    setlocale(LC_CTYPE, "C.UTF-8");
#endif
    wchar_t text[] = L"h\u00e9llo \u20ac \U0001F600", word[16], letters[3], set[8];
    char buffer[32];
    printf("[%ls] [%lc] [%lc]\n", text, L'\u20ac', L'a');
    printf("[%12ls] [%-7ls] [%.2ls] [%.3ls] [%5lc] [%-5lc]\n", L"h\u00e9", L"h\u00e9", text, text, L'\u00e9', L'b');
    printf("%d %s\n", snprintf(buffer, sizeof buffer, "%ls", text), buffer);
    printf("%d ", scanf("%ls", word));
    units(word, 5);
    printf("%d ", scanf(" %2lc%ls", letters, word));
    units(letters, 2);
    units(word, 3);
    printf("%d ", scanf(" %l[a-z]%*2ls", set));
    units(set, 4);
    printf("%d ", sscanf("d\u00e9j\u00e0 vu", "%3ls%lc%s", word, letters, buffer));
    units(word, 4);
    units(letters, 1);
    puts(buffer);
    return 0;
}
