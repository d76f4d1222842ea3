/* Scanning streams (C11 7.21.6.2). One character is read ahead and given back at the end; a
 * number is collected as far as it may be one, and then converted as from text. */
#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scan {
    FILE *stream;
    int c;     /* the character read ahead, or EOF */
    int count; /* characters taken */
    int width; /* characters that the conversion may still take */
    /* What was kept: in `small`, or in `large` if it is longer. */
    char small[64], *large, *text;
    int length, room;
};

static void take(struct scan *s) {
    s->count++;
    s->width--;
    s->c = getc(s->stream);
}

static void skip_blanks(struct scan *s) {
    while (isspace(s->c)) {
        s->count++;
        s->c = getc(s->stream);
    }
}

/* Keeps the next character if it is one of `accept`, in any case. */
static int keep(struct scan *s, const char *accept) {
    if (s->c == EOF || !s->c || s->width <= 0 || !strchr(accept, tolower(s->c)))
        return 0;
    if (s->length == s->room - 1) {
        char *more = realloc(s->large, 2 * s->room);
        if (more) {
            if (!s->large)
                memcpy(more, s->small, s->room);
            s->text = s->large = more;
            s->room *= 2;
        }
    }
    if (s->length < s->room - 1)
        s->text[s->length++] = (char)s->c;
    take(s);
    return 1;
}

static int keep_all(struct scan *s, const char *accept) {
    int any = 0;
    while (keep(s, accept))
        any = 1;
    return any;
}

static int keep_word(struct scan *s, const char *word) {
    for (; *word; word++) {
        const char letter[2] = { *word };
        if (!keep(s, letter))
            return 0;
    }
    return 1;
}

/* Collects an integer and gives its base, or -1 if there is none. */
static int integer(struct scan *s, int base) {
    int any = 0;
    keep(s, "+-");
    if ((base == 0 || base == 16) && keep(s, "0")) {
        any = 1;
        if (keep(s, "x")) {
            any = 0;
            base = 16;
        } else if (!base) {
            base = 8;
        }
    }
    const char *digits = base == 16 ? "0123456789abcdef" : base == 8 ? "01234567" : "0123456789";
    any |= keep_all(s, digits);
    s->text[s->length] = 0;
    return any ? base ? base : 10 : -1;
}

/* Collects a floating number; whether there is one. */
static int floating(struct scan *s) {
    keep(s, "+-");
    int any, hex = 0;
    if (keep(s, "i")) {
        any = keep_word(s, "nf");
        if (keep(s, "i"))
            any = keep_word(s, "nity");
    } else if (keep(s, "n")) {
        any = keep_word(s, "an");
    } else {
        any = keep(s, "0");
        if (any && keep(s, "x"))
            hex = 1, any = 0;
        const char *digits = hex ? "0123456789abcdef" : "0123456789";
        any |= keep_all(s, digits);
        if (keep(s, "."))
            any |= keep_all(s, digits);
        if (any && keep(s, hex ? "p" : "e")) {
            keep(s, "+-");
            any = keep_all(s, "0123456789");
        }
    }
    s->text[s->length] = 0;
    return any;
}

/* Whether the set that begins at `set`, behind its `[` and `^`, holds `c`. */
static int in_set(const char *set, int c) {
    for (const char *at = set; *at && (at == set || *at != ']'); at++) {
        if (at[1] == '-' && at[2] && at[2] != ']') {
            if ((unsigned char)at[0] <= c && c <= (unsigned char)at[2])
                return 1;
            at += 2;
        } else if ((unsigned char)*at == c) {
            return 1;
        }
    }
    return 0;
}

static void store(void *to, long long value, int size) {
    switch (size) {
    case 1: *(char *)to = (char)value; break;
    case 2: *(short *)to = (short)value; break;
    case 4: *(int *)to = (int)value; break;
    default: *(long long *)to = value;
    }
}

/* Whether %s, %c or %[ stops before the next character. */
static int stops(const struct scan *s, int letter, const char *set, int negated) {
    if (s->width <= 0)
        return 1;
    return letter == 's' ? isspace(s->c) : letter == '[' ? in_set(set, s->c) == negated : 0;
}

/* Text of %ls, %lc and %l[, which comes as UTF-8; how many characters. */
static int wide_characters(struct scan *s, wchar_t *to, int letter, const char *set, int negated) {
    int taken = 0;
    for (; s->c != EOF; take(s)) {
        int c = s->c;
        if (taken && (c & 0xC0) == 0x80) {
            s->width++;
            if (to)
                to[taken - 1] = to[taken - 1] << 6 | (c & 0x3F);
            continue;
        }
        if (stops(s, letter, set, negated))
            break;
        if (to)
            to[taken] = c < 0xC0 ? c : c < 0xE0 ? c & 0x1F : c < 0xF0 ? c & 0x0F : c & 7;
        taken++;
    }
    if (to && letter != 'c')
        to[taken] = 0;
    return taken;
}

/* Text of %s, %c and %[; how many characters. */
static int characters(struct scan *s, char *to, int letter, const char *set, int negated) {
    int taken = 0;
    while (s->c != EOF && !stops(s, letter, set, negated)) {
        if (to)
            to[taken] = (char)s->c;
        taken++;
        take(s);
    }
    if (to && letter != 'c')
        to[taken] = 0;
    return taken;
}

/* A conversion of a format. */
struct spec {
    int letter, suppress, width, negated;
    int size; /* bytes of an integer; more than 4 means double for a floating number */
    const char *set;
};

/* Reads the conversion behind a %; gives its last character. */
static const char *read_spec(const char *format, struct spec *spec) {
    *spec = (struct spec){ .suppress = *format == '*', .size = 4 };
    format += spec->suppress;
    for (; isdigit((unsigned char)*format); format++)
        spec->width = spec->width * 10 + *format - '0';
    for (int longs = 0; *format && strchr("hlLjzt", *format); format++) {
        longs += *format == 'l';
        if (*format == 'h')
            spec->size /= 2;
        else if (*format == 'j' || *format == 'L' || longs == 2)
            spec->size = 8;
        else if (longs)
            spec->size = 5; /* long: the size of int, but of double */
    }
    spec->letter = *format;
    if (*format == '[') {
        spec->negated = format[1] == '^';
        spec->set = format += 1 + spec->negated;
        format += *format == ']';
        while (*format && *format != ']')
            format++;
    }
    return format;
}

/* Reads what a conversion asks for into `to`, unless that is 0; whether it was there. */
static int convert(struct scan *s, const struct spec *spec, void *to) {
    int letter = spec->letter;
    s->length = 0;
    s->width = spec->width ? spec->width : letter == 'c' ? 1 : 0x7fffffff;
    if (strchr("sc[", letter)) {
        int wanted = letter == 'c' ? s->width : 1;
        int is_wide = spec->size == 5;
        return (is_wide ? wide_characters(s, to, letter, spec->set, spec->negated)
                        : characters(s, to, letter, spec->set, spec->negated)) >= wanted;
    }
    if (strchr("eEfFgGaA", letter)) {
        if (!floating(s))
            return 0;
        if (to && spec->size > 4)
            *(double *)to = strtod(s->text, 0);
        else if (to)
            *(float *)to = strtof(s->text, 0);
        return 1;
    }
    int base = letter == 'i' ? 0 : letter == 'o' ? 8 : strchr("xXp", letter) ? 16 : 10;
    base = integer(s, base);
    if (base < 0)
        return 0;
    int is_signed = letter == 'd' || letter == 'i';
    long long value = is_signed ? strtoll(s->text, 0, base) : (long long)strtoull(s->text, 0, base);
    if (to)
        store(to, value, spec->size == 5 ? 4 : spec->size);
    return 1;
}

int vfscanf(FILE *restrict stream, const char *restrict format, va_list args) {
    struct scan s = { .stream = stream, .c = getc(stream), .room = sizeof s.small };
    s.text = s.small;
    int stored = 0;
    for (; *format; format++) {
        if (isspace((unsigned char)*format)) {
            skip_blanks(&s);
            continue;
        }
        if (*format != '%' || format[1] == '%') {
            if (*format == '%')
                format++, skip_blanks(&s);
            if (s.c == (unsigned char)*format) {
                take(&s);
                continue;
            }
            if (s.c == EOF && !stored)
                stored = EOF;
            break;
        }
        struct spec spec;
        format = read_spec(format + 1, &spec);
        if (!*format)
            break;
        void *to = spec.suppress ? 0 : va_arg(args, void *);
        if (spec.letter == 'n') {
            if (to)
                store(to, s.count, spec.size == 5 ? 4 : spec.size);
            continue;
        }
        if (!strchr("c[", spec.letter))
            skip_blanks(&s);
        if (s.c == EOF) {
            if (!stored)
                stored = EOF;
            break;
        }
        if (!convert(&s, &spec, to))
            break;
        stored += !spec.suppress;
    }
    if (s.c != EOF)
        ungetc(s.c, stream);
    free(s.large);
    return stored;
}

int fscanf(FILE *restrict stream, const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return vfscanf(stream, format, args);
}

int vscanf(const char *restrict format, va_list args) { return vfscanf(stdin, format, args); }

int scanf(const char *restrict format, ...) {
    va_list args;
    va_start(args, format);
    return vfscanf(stdin, format, args);
}
