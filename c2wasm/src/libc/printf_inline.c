/* The printf family without the host's formatter, for -DCONEZ_PRINTF_INLINE (C11 7.21.6.1).
 * Floating numbers are exact: their digits are counted out of a long binary number. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void print_str(const char *text, int len);
int __write_stream(FILE *stream, const void *data, int size);

/* Where text goes: to a buffer of `size` bytes, to a stream, or to the console. */
struct sink {
    char *buffer;
    size_t size, length;
    FILE *stream;
    int fill;
    char part[64];
};

struct spec {
    int left, plus, space, alternate, zero, width, precision;
};

static void flush(struct sink *sink) {
    if (sink->stream)
        __write_stream(sink->stream, sink->part, sink->fill);
    else if (sink->fill)
        print_str(sink->part, sink->fill);
    sink->fill = 0;
}

static void put(struct sink *sink, char c) {
    if (sink->size) {
        if (sink->length + 1 < sink->size)
            sink->buffer[sink->length] = c;
    } else if (!sink->buffer) {
        sink->part[sink->fill++] = c;
        if (sink->fill == (int)sizeof sink->part)
            flush(sink);
    }
    sink->length++;
}

static void put_all(struct sink *sink, const char *text, int length) {
    while (length-- > 0)
        put(sink, *text++);
}

static void fill(struct sink *sink, char c, int count) {
    while (count-- > 0)
        put(sink, c);
}

/* Prefix, zeros and body, padded to the width. */
static void field(struct sink *sink, const struct spec *spec, const char *prefix, int zeros,
                  const char *body, int length) {
    int prefix_length = (int)strlen(prefix);
    int missing = spec->width - prefix_length - zeros - length;
    if (!spec->left && !spec->zero)
        fill(sink, ' ', missing);
    put_all(sink, prefix, prefix_length);
    if (!spec->left && spec->zero)
        fill(sink, '0', missing);
    fill(sink, '0', zeros);
    put_all(sink, body, length);
    if (spec->left)
        fill(sink, ' ', missing);
}

static const char *sign_of(const struct spec *spec, int negative) {
    return negative ? "-" : spec->plus ? "+" : spec->space ? " " : "";
}

static void integer(struct sink *sink, struct spec *spec, uint64_t value, int negative, int letter) {
    char digits[24];
    int at = sizeof digits, base = letter == 'o' ? 8 : letter == 'x' || letter == 'X' ? 16 : 10;
    const char *set = letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    const char *prefix = letter == 'd' ? sign_of(spec, negative) : "";
    if (letter == 'p' || (spec->alternate && value && base == 16))
        prefix = letter == 'X' ? "0X" : "0x";
    if (letter == 'p')
        base = 16;
    for (uint64_t rest = value; rest; rest /= base)
        digits[--at] = set[rest % base];
    int length = (int)sizeof digits - at;
    int least = spec->precision < 0 ? 1 : spec->precision;
    if (letter == 'o' && spec->alternate && least <= length)
        least = length + 1;
    if (spec->precision >= 0)
        spec->zero = 0;
    field(sink, spec, prefix, least > length ? least - length : 0, digits + at, length);
}

/* A floating number as decimal digits: `digits` of them, the first worth 10 to the `exponent`. */
struct decimal {
    int exponent, digits;
    char text[1100];
};

enum { LIMB = 1000000000, LIMBS = 128 };

/* Writes out `mantissa` times 2 to the `power`, exactly. */
static void expand(struct decimal *d, uint64_t mantissa, int power) {
    static uint32_t limbs[LIMBS]; /* little-endian, nine digits each */
    int count = 0, point = 0;
    for (; mantissa; mantissa /= LIMB)
        limbs[count++] = (uint32_t)(mantissa % LIMB);
    /* m * 2^-n is m * 5^n / 10^n. */
    uint32_t factor = power < 0 ? 5 : 2;
    point = power < 0 ? -power : 0;
    for (int left = power < 0 ? -power : power; left > 0;) {
        uint32_t by = 1;
        for (; left > 0 && by < 1 << 20; left--)
            by *= factor;
        uint64_t carry = 0;
        for (int i = 0; i < count; i++) {
            carry += (uint64_t)limbs[i] * by;
            limbs[i] = (uint32_t)(carry % LIMB);
            carry /= LIMB;
        }
        if (carry)
            limbs[count++] = (uint32_t)carry;
    }
    int at = 0;
    for (int i = count - 1; i >= 0; i--)
        for (uint32_t unit = LIMB / 10; unit; unit /= 10)
            if (at || limbs[i] / unit % 10)
                d->text[at++] = (char)('0' + limbs[i] / unit % 10);
    d->digits = at;
    d->exponent = at - 1 - point;
}

/* Rounds to `keep` digits, half to even. */
static void round_to(struct decimal *d, int keep) {
    if (keep >= d->digits)
        return;
    int up = 0;
    if (keep >= 0) {
        int rest = 0;
        for (int i = keep + 1; i < d->digits; i++)
            rest |= d->text[i] != '0';
        int odd = keep > 0 && (d->text[keep - 1] & 1);
        up = d->text[keep] > '5' || (d->text[keep] == '5' && (rest || odd));
    }
    int at = keep > 0 ? keep : 0;
    d->digits = at;
    if (!up)
        return;
    while (at > 0 && d->text[at - 1] == '9')
        d->text[--at] = '0';
    if (at > 0) {
        d->text[at - 1]++;
        return;
    }
    for (int i = d->digits; i > 0; i--)
        d->text[i] = d->text[i - 1];
    d->text[0] = '1';
    d->exponent++;
    if (d->digits == 0 || keep == 0)
        d->digits = 1;
}

static char digit(const struct decimal *d, int exponent) {
    int at = d->exponent - exponent;
    return at >= 0 && at < d->digits ? d->text[at] : '0';
}

/* An exponent with its letter; gives its length. */
static int exponent_text(char *to, int letter, int value, int least) {
    char digits[8];
    int length = 0, count = 0;
    to[length++] = (char)letter;
    to[length++] = value < 0 ? '-' : '+';
    for (int rest = value < 0 ? -value : value; rest || count < least; rest /= 10)
        digits[count++] = (char)('0' + rest % 10);
    while (count)
        to[length++] = digits[--count];
    return length;
}

/* Digits down to 10 to the `last`, with a point where one belongs. */
static int plain(char *to, const struct decimal *d, int first, int last, int point) {
    int length = 0;
    for (int at = first; at >= last; at--) {
        to[length++] = digit(d, at);
        if (at == 0 && (last < 0 || point))
            to[length++] = '.';
    }
    return length;
}

/* %a: one hexadecimal digit before the point. */
static int hexadecimal(char *to, const struct spec *spec, uint64_t mantissa, int power, int upper) {
    const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    int precision = spec->precision, length = 0;
    if (mantissa && precision >= 0 && precision < 13) {
        int drop = 52 - 4 * precision;
        uint64_t half = 1ull << (drop - 1), rest = mantissa & ((half << 1) - 1);
        mantissa >>= drop;
        mantissa += rest > half || (rest == half && (mantissa & 1));
        mantissa <<= drop;
    }
    to[length++] = set[mantissa >> 52];
    mantissa &= (1ull << 52) - 1;
    if (mantissa || precision > 0 || spec->alternate)
        to[length++] = '.';
    for (int i = 0; precision < 0 ? mantissa != 0 : i < precision; i++) {
        to[length++] = set[mantissa >> 48 & 15];
        mantissa = mantissa << 4 & ((1ull << 52) - 1);
    }
    return length + exponent_text(to + length, upper ? 'P' : 'p', power, 1);
}

static void floating(struct sink *sink, struct spec *spec, double value, int letter) {
    static struct decimal d;
    static char text[5200];
    union { double value; uint64_t bits; } u = { value };
    int upper = letter < 'a', biased = u.bits >> 52 & 0x7ff, length;
    uint64_t mantissa = u.bits & ((1ull << 52) - 1);
    const char *sign = sign_of(spec, (int)(u.bits >> 63));
    if (biased == 0x7ff) {
        spec->zero = 0;
        const char *name = mantissa ? upper ? "NAN" : "nan" : upper ? "INF" : "inf";
        field(sink, spec, sign, 0, name, 3);
        return;
    }
    if (biased)
        mantissa |= 1ull << 52;
    int power = biased ? biased - 1075 : -1074;
    if ((letter | 32) == 'a') {
        char prefix[4] = { 0 };
        strcat(strcpy(prefix, sign), upper ? "0X" : "0x");
        length = hexadecimal(text, spec, mantissa, mantissa ? power + 52 : 0, upper);
        field(sink, spec, prefix, 0, text, length);
        return;
    }
    int precision = spec->precision < 0 ? 6 : spec->precision > 4095 ? 4095 : spec->precision;
    while (mantissa && !(mantissa & 1) && power < 0)
        mantissa >>= 1, power++;
    expand(&d, mantissa, power);
    if (!mantissa)
        d.exponent = 0;
    int style = letter | 32, strip = 0;
    if (style == 'g') {
        precision = precision ? precision : 1;
        round_to(&d, precision);
        strip = !spec->alternate;
        style = d.exponent < -4 || d.exponent >= precision ? 'e' : 'f';
        precision -= style == 'e' ? 1 : 1 + d.exponent;
    } else {
        round_to(&d, style == 'e' ? precision + 1 : d.exponent + 1 + precision);
    }
    int first = style == 'e' ? d.exponent : d.exponent > 0 ? d.exponent : 0;
    int last = style == 'e' ? first - precision : -precision;
    if (strip)
        while (last < (style == 'e' ? first : 0) && digit(&d, last) == '0')
            last++;
    if (style == 'e') {
        text[0] = digit(&d, first);
        length = 1;
        if (last < first || spec->alternate)
            text[length++] = '.';
        for (int at = first - 1; at >= last; at--)
            text[length++] = digit(&d, at);
        length += exponent_text(text + length, upper ? 'E' : 'e', mantissa ? d.exponent : 0, 2);
    } else {
        length = plain(text, &d, first, last, spec->alternate);
    }
    field(sink, spec, sign, 0, text, length);
}

/* A width or precision. */
static const char *number(const char *format, int *value, va_list *args) {
    if (*format == '*') {
        *value = va_arg(*args, int);
        return format + 1;
    }
    for (*value = 0; *format >= '0' && *format <= '9'; format++)
        if (*value < 100000)
            *value = *value * 10 + *format - '0';
    return format;
}

static const char *flags(const char *format, struct spec *spec) {
    for (;; format++) {
        switch (*format) {
        case '-': spec->left = 1; break;
        case '+': spec->plus = 1; break;
        case ' ': spec->space = 1; break;
        case '#': spec->alternate = 1; break;
        case '0': spec->zero = 1; break;
        case '\'': break;
        default: return format;
        }
    }
}

static void signed_value(struct sink *sink, struct spec *spec, int64_t value) {
    integer(sink, spec, value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0, 'd');
}

/* A character as UTF-8; gives its length. What is no character is U+FFFD. */
static int utf8(char *to, wchar_t c) {
    int length = wctomb(to, c);
    return length < 0 ? wctomb(to, 0xFFFD) : length;
}

/* %ls: as many whole characters as the precision has bytes for. */
static void wide(struct sink *sink, struct spec *spec, const wchar_t *text) {
    char bytes[4];
    int length = 0, count = 0;
    for (; (spec->precision < 0 || length < spec->precision) && text[count]; count++) {
        int more = utf8(bytes, text[count]);
        if (spec->precision >= 0 && length + more > spec->precision)
            break;
        length += more;
    }
    if (!spec->left)
        fill(sink, ' ', spec->width - length);
    for (int i = 0; i < count; i++)
        put_all(sink, bytes, utf8(bytes, text[i]));
    if (spec->left)
        fill(sink, ' ', spec->width - length);
}

/* One conversion, from behind its % on; gives where it ends. */
static const char *conversion(struct sink *sink, const char *format, va_list *args) {
    struct spec spec = { .precision = -1 };
    int longs = 0, shorts = 0;
    format = flags(format, &spec);
    format = number(format, &spec.width, args);
    if (spec.width < 0)
        spec.width = -spec.width, spec.left = 1;
    if (*format == '.')
        format = number(format + 1, &spec.precision, args);
    for (; *format && strchr("hljztL", *format); format++) {
        longs += *format == 'l' ? 1 : *format == 'j' ? 2 : 0;
        shorts += *format == 'h';
    }
    int letter = *format;
    switch (letter) {
    case 'd':
    case 'i': {
        int64_t value = longs > 1 ? va_arg(*args, long long) : va_arg(*args, int);
        signed_value(sink, &spec, shorts == 1 ? (short)value : shorts ? (signed char)value : value);
        break;
    }
    case 'u':
    case 'o':
    case 'x':
    case 'X': {
        uint64_t value = longs > 1 ? va_arg(*args, unsigned long long) : va_arg(*args, unsigned);
        value = shorts == 1 ? (unsigned short)value : shorts ? (unsigned char)value : value;
        integer(sink, &spec, value, 0, letter);
        break;
    }
    case 'p':
        integer(sink, &spec, (uintptr_t)va_arg(*args, void *), 0, 'p');
        break;
    case 'c': {
        int c = va_arg(*args, int);
        char text[4] = { (char)c };
        spec.zero = 0;
        field(sink, &spec, "", 0, text, longs ? utf8(text, c) : 1);
        break;
    }
    case 's': {
        const char *text = va_arg(*args, const char *);
        spec.zero = 0;
        if (text && longs) {
            wide(sink, &spec, (const wchar_t *)text);
            break;
        }
        if (!text)
            text = "(null)";
        int length = 0;
        while ((spec.precision < 0 || length < spec.precision) && text[length])
            length++;
        field(sink, &spec, "", 0, text, length);
        break;
    }
    case 'n':
        *va_arg(*args, int *) = (int)sink->length;
        break;
    case '%':
        put(sink, '%');
        break;
    case 0:
        return format;
    default:
        if (strchr("eEfFgGaA", letter))
            floating(sink, &spec, va_arg(*args, double), letter);
    }
    return format + 1;
}

static int format_to(struct sink *sink, const char *format, va_list args) {
    while (*format) {
        if (*format == '%')
            format = conversion(sink, format + 1, &args);
        else
            put(sink, *format++);
    }
    if (sink->size)
        sink->buffer[sink->length < sink->size ? sink->length : sink->size - 1] = 0;
    else if (!sink->buffer)
        flush(sink);
    return (int)sink->length;
}

int __inline_vfprintf(FILE *stream, const char *format, va_list args) {
    struct sink sink = { .stream = stream };
    return format_to(&sink, format, args);
}

int __inline_vprintf(const char *format, va_list args) {
    struct sink sink = { 0 };
    return format_to(&sink, format, args);
}

int __inline_vsnprintf(char *buffer, size_t size, const char *format, va_list args) {
    char none;
    struct sink sink = { .buffer = size ? buffer : &none, .size = size };
    return format_to(&sink, format, args);
}

int __inline_vsprintf(char *buffer, const char *format, va_list args) {
    return __inline_vsnprintf(buffer, 0x7fffffff, format, args);
}

int __inline_printf(const char *format, ...) {
    va_list args;
    va_start(args, format);
    return __inline_vprintf(format, args);
}

int __inline_fprintf(FILE *stream, const char *format, ...) {
    va_list args;
    va_start(args, format);
    return __inline_vfprintf(stream, format, args);
}

int __inline_sprintf(char *buffer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    return __inline_vsprintf(buffer, format, args);
}

int __inline_snprintf(char *buffer, size_t size, const char *format, ...) {
    va_list args;
    va_start(args, format);
    return __inline_vsnprintf(buffer, size, format, args);
}
