/* Copying, measuring, comparing and searching strings, byte by byte. */
static char text[2048], word[16], copy[2048];

static int length(const char *s) {
    const char *end = s;
    while (*end)
        end++;
    return (int)(end - s);
}

static int compare(const char *a, const char *b) {
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

static int find(const char *hay, const char *needle) {
    for (int i = 0; hay[i]; i++) {
        int j = 0;
        while (needle[j] && hay[i + j] == needle[j])
            j++;
        if (!needle[j])
            return i;
    }
    return -1;
}

static void copy_string(char *to, const char *from) {
    while ((*to++ = *from++))
        ;
}

__attribute__((export_name("bench"))) int bench(void) {
    int sum = 0;
    for (int i = 0; i < 2047; i++)
        text[i] = (char)('a' + (i * i + i / 7) % 26);
    text[2047] = 0;
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 4; i++)
            word[i] = text[1500 + round + i];
        word[4] = 0;
        copy_string(copy, text + round);
        sum += length(copy) + find(copy, word) + (compare(copy, text + round) == 0);
    }
    return sum;
}
