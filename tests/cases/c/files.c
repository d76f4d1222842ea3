// run: file=/in.txt=one\ntwo\nthree\n
#include <stdio.h>
#include <string.h>
int main(void) {
    char line[32];
    int lines = 0, bytes = 0;
    FILE *f = fopen("/in.txt", "r");
    if (!f) { printf("cannot open\n"); return 1; }
    while (fgets(line, sizeof line, f)) { lines++; bytes += (int)strlen(line); }
    fclose(f);
    printf("%d %d\n", lines, bytes);
    f = fopen("/out.txt", "w");
    fprintf(f, "%d,%s\n", 5, "five");
    fputs("second\n", f);
    fclose(f);
    f = fopen("/out.txt", "a");
    fputc('x', f);
    fwrite("yz", 1, 2, f);
    fclose(f);
    f = fopen("/out.txt", "r");
    int n = (int)fread(line, 1, sizeof line - 1, f);
    line[n] = 0;
    printf("%d\n%s\n", n, line);
    fseek(f, 2, SEEK_SET);
    int c = fgetc(f);
    printf("%c %ld\n", c, ftell(f));
    fclose(f);
    printf("%d\n", fopen("/missing.txt", "r") == NULL);
    int gone = remove("/out.txt");
    printf("%d %d\n", gone, fopen("/out.txt", "r") == NULL);
    return 0;
}
