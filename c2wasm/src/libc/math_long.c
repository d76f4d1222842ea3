/* The long double functions of <math.h>: long double is double here. */
#include <math.h>

#define LONG(f) long double f##l(long double x) { return f((double)x); }
#define LONG_2(f) \
    long double f##l(long double x, long double y) { return f((double)x, (double)y); }

LONG(acos) LONG(asin) LONG(atan) LONG(acosh) LONG(asinh) LONG(atanh) LONG(cosh) LONG(sinh)
LONG(tanh) LONG(exp2) LONG(expm1) LONG(log10) LONG(log1p) LONG(log2) LONG(logb) LONG(cbrt)
LONG(sqrt) LONG(fabs) LONG(erf) LONG(erfc) LONG(lgamma) LONG(tgamma) LONG(ceil) LONG(floor)
LONG(nearbyint) LONG(rint) LONG(trunc) LONG(sin) LONG(cos) LONG(tan) LONG(exp) LONG(log) LONG(round)
LONG_2(atan2) LONG_2(hypot) LONG_2(remainder) LONG_2(nextafter) LONG_2(nexttoward) LONG_2(fdim)
LONG_2(copysign) LONG_2(fmax) LONG_2(fmin) LONG_2(pow) LONG_2(fmod)

long double fmal(long double x, long double y, long double z) { return fma(x, y, z); }
long double frexpl(long double x, int *exponent) { return frexp(x, exponent); }
long double ldexpl(long double x, int exponent) { return ldexp(x, exponent); }
long double scalbnl(long double x, int exponent) { return ldexp(x, exponent); }
long double scalblnl(long double x, long exponent) { return scalbln(x, exponent); }
long double modfl(long double x, long double *whole) { return modf(x, (double *)whole); }
int ilogbl(long double x) { return ilogb(x); }
long lrintl(long double x) { return lrint(x); }
long long llrintl(long double x) { return llrint(x); }
long lroundl(long double x) { return lround(x); }
long long llroundl(long double x) { return llround(x); }
long double nanl(const char *tag) { return nan(tag); }
long double remquol(long double x, long double y, int *quotient) { return remquo(x, y, quotient); }
