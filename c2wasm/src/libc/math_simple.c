/* Functions of <math.h> that calls turn into instructions: here for whoever takes their address. */
#include <math.h>

double fabs(double x) { return __builtin_fabs(x); }
double sqrt(double x) { return __builtin_sqrt(x); }
double ceil(double x) { return __builtin_ceil(x); }
double floor(double x) { return __builtin_floor(x); }
double nearbyint(double x) { return __builtin_nearbyint(x); }
double rint(double x) { return __builtin_rint(x); }
double trunc(double x) { return __builtin_trunc(x); }
double copysign(double x, double y) { return __builtin_copysign(x, y); }
float fabsf(float x) { return __builtin_fabsf(x); }
float sqrtf(float x) { return __builtin_sqrtf(x); }
float ceilf(float x) { return __builtin_ceilf(x); }
float floorf(float x) { return __builtin_floorf(x); }
float nearbyintf(float x) { return __builtin_nearbyintf(x); }
float rintf(float x) { return __builtin_rintf(x); }
float truncf(float x) { return __builtin_truncf(x); }
float copysignf(float x, float y) { return __builtin_copysignf(x, y); }

float remquof(float x, float y, int *quotient) { return (float)remquo(x, y, quotient); }
