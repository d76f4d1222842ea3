#pragma once
#include <stddef.h>
#define CLOCKS_PER_SEC 1000
#define TIME_UTC 1
typedef long long time_t;
typedef long clock_t;
struct tm {
    int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
};
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
clock_t clock(void);
time_t time(time_t *out);
int timespec_get(struct timespec *out, int base);
double difftime(time_t end, time_t start);
time_t mktime(struct tm *parts);
struct tm *gmtime(const time_t *time);
struct tm *localtime(const time_t *time);
char *asctime(const struct tm *parts);
char *ctime(const time_t *time);
size_t strftime(char *__restrict buffer, size_t size, const char *__restrict format, const struct tm *__restrict parts);
