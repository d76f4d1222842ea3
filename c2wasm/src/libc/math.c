/* What the device's mathematics lack (C11 7.12), on top of it. */
#include <math.h>

typedef union { double value; unsigned long long bits; } word;
typedef union { float value; unsigned bits; } half;

/* The function of floats, by that of doubles. */
#define SINGLE(name) float name##f(float x) { return (float)name(x); }

double fmax(double x, double y) { return isnan(x) ? y : isnan(y) ? x : x < y ? y : x; }
double fmin(double x, double y) { return isnan(x) ? y : isnan(y) ? x : x < y ? x : y; }
float fmaxf(float x, float y) { return (float)fmax(x, y); }
float fminf(float x, float y) { return (float)fmin(x, y); }
double fdim(double x, double y) { return x > y ? x - y : isunordered(x, y) ? x + y : 0; }
float fdimf(float x, float y) { return (float)fdim(x, y); }

double round(double x) {
    double down = trunc(x);
    return fabs(x - down) >= 0.5 ? down + copysign(1, x) : down;
}

SINGLE(round)
long lround(double x) { return (long)round(x); }
long lroundf(float x) { return (long)round(x); }
long long llround(double x) { return (long long)round(x); }
long long llroundf(float x) { return (long long)round(x); }
long lrint(double x) { return (long)rint(x); }
long lrintf(float x) { return (long)rint(x); }
long long llrint(double x) { return (long long)rint(x); }
long long llrintf(float x) { return (long long)rint(x); }

double frexp(double x, int *exponent) {
    word w = { x };
    int e = w.bits >> 52 & 0x7FF;
    if (e == 0x7FF || x == 0) {
        *exponent = 0;
        return x;
    }
    if (!e) {
        x = frexp(x * 0x1p64, exponent);
        *exponent -= 64;
        return x;
    }
    *exponent = e - 1022;
    w.bits = (w.bits & 0x800FFFFFFFFFFFFFu) | 0x3FE0000000000000u;
    return w.value;
}

float frexpf(float x, int *exponent) { return (float)frexp(x, exponent); }

double ldexp(double x, int exponent) {
    for (; exponent > 1023; exponent -= 1023) {
        x *= 0x1p1023;
        if (exponent > 4000)
            exponent = 4000;
    }
    /* Steps that keep 53 bits, so that only the last one rounds. */
    for (; exponent < -1022; exponent += 969) {
        x *= 0x1p-969;
        if (exponent < -4000)
            exponent = -4000;
    }
    word scale = { .bits = (unsigned long long)(exponent + 1023) << 52 };
    return x * scale.value;
}

float ldexpf(float x, int exponent) { return (float)ldexp(x, exponent); }
double scalbn(double x, int exponent) { return ldexp(x, exponent); }
float scalbnf(float x, int exponent) { return (float)ldexp(x, exponent); }
static int clip(long n) { return n > 4000 ? 4000 : n < -4000 ? -4000 : (int)n; }
double scalbln(double x, long exponent) { return ldexp(x, clip(exponent)); }
float scalblnf(float x, long exponent) { return (float)ldexp(x, clip(exponent)); }

double modf(double x, double *whole) {
    *whole = trunc(x);
    return isinf(x) ? copysign(0, x) : copysign(x - *whole, x);
}

float modff(float x, float *whole) {
    *whole = truncf(x);
    return isinf(x) ? copysignf(0, x) : copysignf(x - *whole, x);
}

int ilogb(double x) {
    int exponent;
    if (x == 0 || isnan(x))
        return FP_ILOGB0;
    if (isinf(x))
        return __INT_MAX__;
    frexp(x, &exponent);
    return exponent - 1;
}

int ilogbf(float x) { return ilogb(x); }
double logb(double x) { return x == 0 ? -HUGE_VAL : isinf(x) || isnan(x) ? x * x : ilogb(x); }
SINGLE(logb)
double nan(const char *tag) { (void)tag; return NAN; }
float nanf(const char *tag) { (void)tag; return NAN; }

double nextafter(double x, double y) {
    word w = { x };
    if (isunordered(x, y))
        return x + y;
    if (x == y)
        return y;
    if (x == 0)
        return copysign(0x1p-1074, y);
    w.bits += (x < y) == (x > 0) ? 1 : -1;
    return w.value;
}

float nextafterf(float x, float y) {
    half h = { x };
    if (isunordered(x, y))
        return x + y;
    if (x == y)
        return y;
    if (x == 0)
        return copysignf(0x1p-149f, y);
    h.bits += (x < y) == (x > 0) ? 1 : -1;
    return h.value;
}

double nexttoward(double x, long double y) { return nextafter(x, y); }

float nexttowardf(float x, long double y) {
    return x == y || isnan(y) ? y : nextafterf(x, x < y ? HUGE_VALF : -HUGE_VALF);
}

double remquo(double x, double y, int *quotient) {
    *quotient = 0;
    if (isnan(x) || isnan(y) || isinf(x) || y == 0)
        return NAN;
    if (isinf(y))
        return x;
    double size = fabs(y), rest = fmod(fabs(x), size * 8 < HUGE_VAL ? size * 8 : size);
    int count = 0;
    for (int bit = 4; bit; bit >>= 1) {
        if (rest >= size * bit) {
            rest -= size * bit;
            count += bit;
        }
    }
    if (rest > size - rest || (rest == size - rest && count & 1)) {
        rest -= size;
        count++;
    }
    *quotient = (x < 0) != (y < 0) ? -count : count;
    return signbit(x) ? -rest : rest;
}

double remainder(double x, double y) { int q; return remquo(x, y, &q); }
float remainderf(float x, float y) { int q; return (float)remquo(x, y, &q); }

/* The sum and, exactly, what rounding took from it (Knuth). */
static double sum_of(double a, double b, double *error) {
    double sum = a + b, part = sum - a;
    *error = (a - (sum - part)) + (b - part);
    return sum;
}

/* The sum rounded to odd: a rounding that follows is as one (Boldo and Melquiond 2008). */
static double odd_sum(double a, double b) {
    double error;
    word w = { sum_of(a, b, &error) };
    if (fabs(error) > 0 && !(w.bits & 1))
        w.bits += (error > 0) == (w.value > 0) ? 1 : -1;
    return w.value;
}

/* Exact product by splitting (Dekker 1971), then one rounding of the sum. */
double fma(double x, double y, double z) {
    double product = x * y;
    if (isnan(product) || isinf(product) || isinf(z) || fabs(x) > 0x1p970 || fabs(y) > 0x1p970)
        return product + z;
    double t = x * 0x8000001p0, xh = t - (t - x), xl = x - xh;
    t = y * 0x8000001p0;
    double yh = t - (t - y), yl = y - yh;
    double low = ((xh * yh - product) + xh * yl + xl * yh) + xl * yl;
    double rest, error, sum = sum_of(product, sum_of(z, low, &rest), &error);
    return sum + odd_sum(error, rest);
}

float fmaf(float x, float y, float z) { return (float)odd_sum((double)x * y, z); }

double hypot(double x, double y) {
    if (isinf(x) || isinf(y))
        return HUGE_VAL;
    double a = fabs(x), b = fabs(y), large = a < b ? b : a, small = a < b ? a : b;
    if (large == 0)
        return 0;
    if (large < 0x1p500 && small > 0x1p-500)
        return sqrt(large * large + small * small);
    double ratio = small / large;
    return large * sqrt(1 + ratio * ratio);
}

float hypotf(float x, float y) { return (float)sqrt((double)x * x + (double)y * y); }

double cbrt(double x) {
    if (x == 0 || isinf(x) || isnan(x))
        return x;
    double root = copysign(pow(fabs(x), 1.0 / 3), x);
    return root - (root * root * root - x) / (3 * root * root);
}

SINGLE(cbrt)
double exp2(double x) { return pow(2, x); }
float exp2f(float x) { return (float)pow(2, x); }
double log10(double x) {
    double result = log(x) * 0.43429448190325182765, whole = rint(result);
    /* Powers of ten are exact. */
    return fabs(result - whole) < 1e-12 && fabs(whole) < 23 && pow(10, whole) == x ? whole : result;
}
SINGLE(log10)

double expm1(double x) {
    if (fabs(x) > 0.5)
        return exp(x) - 1;
    double term = x, sum = x;
    for (int n = 2; n < 20 && term != 0; n++)
        sum += term *= x / n;
    return sum;
}

SINGLE(expm1)

/* log(u) x / (u - 1) with u = 1 + x rounded (Kahan). */
double log1p(double x) {
    double u = 1 + x;
    if (u == 1 || isinf(u))
        return x;
    return log(u) * (x / (u - 1));
}

SINGLE(log1p)

double cosh(double x) {
    x = fabs(x);
    /* Half of e^x may be finite where e^x is not. */
    double e = exp(x > 700 ? x / 2 : x);
    return x > 700 ? e / 2 * e : (e + 1 / e) / 2;
}

double sinh(double x) {
    double e = expm1(fabs(x));
    return copysign(fabs(x) > 700 ? cosh(x) : (e + e / (e + 1)) / 2, x);
}

double tanh(double x) {
    if (fabs(x) > 22)
        return copysign(1, x);
    double e = expm1(2 * fabs(x));
    return copysign(e / (e + 2), x);
}

SINGLE(sinh) SINGLE(cosh) SINGLE(tanh)

double asinh(double x) {
    double a = fabs(x);
    double result = a > 0x1p28 ? log(a) + M_LN2 : log1p(a + a * a / (1 + sqrt(a * a + 1)));
    return copysign(result, x);
}

double acosh(double x) { return x > 0x1p28 ? log(x) + M_LN2 : log(x + sqrt(x * x - 1)); }
double atanh(double x) { return copysign(log1p(2 * fabs(x) / (1 - fabs(x))) / 2, x); }
SINGLE(asinh) SINGLE(acosh) SINGLE(atanh)

/* Series near 0, continued fraction (Lentz) further out. */
static double erfc_tail(double x) {
    double f = 0;
    for (int k = 120; k; k--)
        f = k / 2.0 / (x + f);
    return exp(-x * x) / ((x + f) * 1.7724538509055160273);
}

double erf(double x) {
    double a = fabs(x);
    if (a > 2.5)
        return copysign(a > 6 ? 1 : 1 - erfc_tail(a), x);
    double term = x, sum = x;
    for (int n = 1; n < 80; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
    }
    return sum * M_2_SQRTPI;
}

double erfc(double x) { return x > 2.5 ? erfc_tail(x) : 1 - erf(x); }
SINGLE(erf) SINGLE(erfc)

/* Lanczos, g = 7, nine terms. */
static double lanczos(double x) {
    static const double c[] = {
        0.99999999999980993227684700473478, 676.520368121885098567009190444019,
        -1259.13921672240287047156078755283, 771.3234287776530788486528258894,
        -176.61502916214059906584551354, 12.507343278686904814458936853,
        -0.13857109526572011689554707, 9.984369578019570859563e-6, 1.50563273514931155834e-7,
    };
    double sum = c[0];
    for (int i = 1; i < 9; i++)
        sum += c[i] / (x + i);
    return sum;
}

double tgamma(double x) {
    if (x > 172)
        return HUGE_VAL;
    if (x == floor(x) && x < 24) {
        if (x <= 0)
            return x < 0 ? NAN : 1 / x;
        double product = 1;
        for (int i = 2; i < x; i++)
            product *= i;
        return product;
    }
    if (x < 0.5)
        return M_PI / (sin(M_PI * x) * tgamma(1 - x));
    x -= 1;
    double t = x + 7.5, root = pow(t, x / 2 + 0.25);
    return 2.5066282746310005024 * root * exp(-t) * root * lanczos(x);
}

double lgamma(double x) {
    if (x < 0.5)
        return log(fabs(M_PI / sin(M_PI * x))) - lgamma(1 - x);
    x -= 1;
    double t = x + 7.5;
    return 0.91893853320467274178 + (x + 0.5) * log(t) - t + log(lanczos(x));
}

SINGLE(tgamma) SINGLE(lgamma)
