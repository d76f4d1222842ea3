#define k(a) #a
char *s = k(k(1,2));
char *t = k(#) k(x) k(k);
#define p(a, b) a ## b
p(k, 1) p(k, k(1,2))
#define both(a) #a a
both(k(1))
#define opt(...) __VA_OPT__(x) #__VA_ARGS__
opt(k(1)) opt()
#define e
opt(e)
