/* Dates and times (C11 7.27), in UTC. */
#include <stdio.h>
#include <string.h>
#include <time.h>

long long get_epoch_ms(void);
long long get_uptime_ms(void);

clock_t clock(void) { return (clock_t)get_uptime_ms(); }

time_t time(time_t *out) {
    time_t now = get_epoch_ms() / 1000;
    if (out)
        *out = now;
    return now;
}

int timespec_get(struct timespec *out, int base) {
    long long now = get_epoch_ms();
    *out = (struct timespec){ now / 1000, (long)(now % 1000) * 1000000 };
    return base == TIME_UTC ? base : 0;
}

double difftime(time_t end, time_t start) { return (double)(end - start); }

/* Days since 1970-01-01 of a date in the proleptic Gregorian calendar; years start in March, so
 * that the leap day is the last. */
static long long days_of(long long year, int month, int day) {
    year -= month < 2;
    long long era = (year >= 0 ? year : year - 399) / 400;
    int of_era = (int)(year - era * 400);
    int of_year = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int is_leap(long long year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static void split(time_t time, struct tm *parts) {
    long long days = time / 86400;
    int seconds = (int)(time % 86400);
    if (seconds < 0) {
        seconds += 86400;
        days--;
    }
    long long shifted = days + 719468;
    long long era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int of_era = (int)(shifted - era * 146097);
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march = (5 * of_year + 2) / 153;
    int month = (march + 2) % 12;
    long long year = era * 400 + year_of_era + (month < 2);
    parts->tm_sec = seconds % 60;
    parts->tm_min = seconds / 60 % 60;
    parts->tm_hour = seconds / 3600;
    parts->tm_mday = of_year - (153 * march + 2) / 5 + 1;
    parts->tm_mon = month;
    parts->tm_year = (int)(year - 1900);
    parts->tm_wday = (int)(((days + 4) % 7 + 7) % 7);
    parts->tm_yday = (int)(days - days_of(year, 0, 1));
    parts->tm_isdst = 0;
}

struct tm *gmtime(const time_t *time) {
    static struct tm parts;
    split(*time, &parts);
    return &parts;
}

struct tm *localtime(const time_t *time) { return gmtime(time); }

time_t mktime(struct tm *parts) {
    long long months = (parts->tm_year + 1900) * 12LL + parts->tm_mon;
    long long year = (months >= 0 ? months : months - 11) / 12;
    time_t time = (days_of(year, (int)(months - year * 12), 1) + parts->tm_mday - 1) * 86400
                + parts->tm_hour * 3600LL + parts->tm_min * 60LL + parts->tm_sec;
    split(time, parts);
    return time;
}

static const char day_names[7][10] = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
};
static const char month_names[12][10] = {
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
};

char *asctime(const struct tm *parts) {
    static char text[32];
    snprintf(text, sizeof text, "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n", day_names[parts->tm_wday],
             month_names[parts->tm_mon], parts->tm_mday, parts->tm_hour, parts->tm_min,
             parts->tm_sec, 1900 + parts->tm_year);
    return text;
}

char *ctime(const time_t *time) { return asctime(gmtime(time)); }

/* Week of the year; `first` is the weekday that starts a week. */
static int week_of(const struct tm *parts, int first) {
    return (parts->tm_yday + 7 - (parts->tm_wday - first + 7) % 7) / 7;
}

/* Week of ISO 8601, and its year: that of its Thursday. */
static int iso_week(const struct tm *parts, int *year) {
    int thursday = parts->tm_yday + 3 - (parts->tm_wday + 6) % 7;
    if (thursday < 0)
        thursday += 365 + is_leap(--*year);
    else if (thursday >= 365 + is_leap(*year))
        thursday -= 365 + is_leap((*year)++);
    return thursday / 7 + 1;
}

/* One conversion; NULL when the letter is unknown. */
static const char *convert(char letter, const struct tm *t, char text[32]) {
    const char *format = "%02d", *nested = 0;
    int year = t->tm_year + 1900, value = 0;
    switch (letter) {
    case 'a': snprintf(text, 32, "%.3s", day_names[t->tm_wday]); return text;
    case 'A': return day_names[t->tm_wday];
    case 'b': case 'h': snprintf(text, 32, "%.3s", month_names[t->tm_mon]); return text;
    case 'B': return month_names[t->tm_mon];
    case 'c': nested = "%a %b %e %T %Y"; break;
    case 'C': value = year / 100; break;
    case 'd': value = t->tm_mday; break;
    case 'D': case 'x': nested = "%m/%d/%y"; break;
    case 'e': format = "%2d"; value = t->tm_mday; break;
    case 'F': nested = "%Y-%m-%d"; break;
    case 'g': iso_week(t, &year); value = year % 100; break;
    case 'G': iso_week(t, &year); format = "%d"; value = year; break;
    case 'H': value = t->tm_hour; break;
    case 'I': value = (t->tm_hour + 11) % 12 + 1; break;
    case 'j': format = "%03d"; value = t->tm_yday + 1; break;
    case 'm': value = t->tm_mon + 1; break;
    case 'M': value = t->tm_min; break;
    case 'n': return "\n";
    case 'p': return t->tm_hour < 12 ? "AM" : "PM";
    case 'r': nested = "%I:%M:%S %p"; break;
    case 'R': nested = "%H:%M"; break;
    case 'S': value = t->tm_sec; break;
    case 't': return "\t";
    case 'T': case 'X': nested = "%H:%M:%S"; break;
    case 'u': format = "%d"; value = (t->tm_wday + 6) % 7 + 1; break;
    case 'U': value = week_of(t, 0); break;
    case 'V': value = iso_week(t, &year); break;
    case 'w': format = "%d"; value = t->tm_wday; break;
    case 'W': value = week_of(t, 1); break;
    case 'y': value = year % 100; break;
    case 'Y': format = "%d"; value = year; break;
    case 'z': return "+0000";
    case 'Z': return "UTC";
    case '%': return "%";
    default: return 0;
    }
    if (nested)
        strftime(text, 32, nested, t);
    else
        snprintf(text, 32, format, value);
    return text;
}

size_t strftime(char *restrict buffer, size_t size, const char *restrict format,
                const struct tm *restrict parts) {
    size_t length = 0;
    for (; *format; format++) {
        char one[2] = { *format }, text[32];
        const char *piece = one;
        if (*format == '%') {
            format++;
            if (*format == 'E' || *format == 'O')
                format++;
            piece = convert(*format, parts, text);
            if (!piece)
                return 0;
        }
        size_t more = strlen(piece);
        if (length + more >= size)
            return 0;
        memcpy(buffer + length, piece, more);
        length += more;
    }
    if (size)
        buffer[length] = 0;
    return length;
}
