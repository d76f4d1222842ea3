#include <stdio.h>
#include <string.h>

int main(void) {
    char line[20];
    FILE *file = fopen("c_small_file.txt", "w");
    printf("%d\n", file != NULL);
    fprintf(file, "first %d\nsecond line\n", 1);
    fputs("third", file);
    fclose(file);
    file = fopen("./c_small_file.txt", "r");
    while (fgets(line, sizeof line, file))
        printf("[%.*s] ", (int)strcspn(line, "\n"), line);
    printf("%d %d\n", feof(file) != 0, ferror(file));
    rewind(file);
    int number;
    printf("%d ", fscanf(file, "first %d", &number));
    printf("%d %ld\n", number, ftell(file));
    fseek(file, -5, SEEK_END);
    printf("%d %s\n", (int)fread(line, 1, 5, file), strncmp(line, "third", 5) ? "?" : "third");
    fclose(file);
    file = fopen("c_small_file.txt", "a+");
    fputc('!', file);
    fseek(file, 0, SEEK_SET);
    int count = 0;
    while (getc(file) != EOF)
        count++;
    fclose(file);
    printf("%d %d\n", count, rename("c_small_file.txt", "c_small_other.txt"));
    printf("%d %d\n", fopen("c_small_file.txt", "r") == NULL, remove("c_small_other.txt"));
    return 0;
}
