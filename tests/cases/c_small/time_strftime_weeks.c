#include <stdio.h>
#include <time.h>

int main(void) {
    char text[200];
    for (int year = 1995; year < 2031; year++) {
        for (int day = -4; day < 5; day++) {
            struct tm parts = {.tm_year = year - 1900, .tm_mday = day, .tm_hour = year % 24, .tm_sec = 9};
            mktime(&parts);
            size_t length = strftime(text, sizeof text, "%F %a %g %G %V %U %W %u", &parts);
            printf("%zu %s\n", length, text);
        }
    }
    struct tm parts = {.tm_year = 107, .tm_mon = 6, .tm_mday = 4, .tm_hour = 17, .tm_min = 5, .tm_sec = 7};
    mktime(&parts);
    strftime(text, sizeof text, "%c|%D|%x|%X|%T|%R|%r|%A|%B|%h|%C|%d|%e|%H|%I|%j|%m|%M|%p|%S|%w|%y|%Y|%Ex", &parts);
    puts(text);
    printf("%zu %zu\n", strftime(text, 12, "%r", &parts), strftime(text, 11, "%r", &parts));
    struct timespec now;
    printf("%d %d\n", timespec_get(&now, TIME_UTC) == TIME_UTC, timespec_get(&now, 99));
    return 0;
}
