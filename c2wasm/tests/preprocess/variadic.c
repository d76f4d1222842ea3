#define e(fmt, ...) printf(fmt, ## __VA_ARGS__)
e("a") e("a", 1) e("a", 1, 2) e("a",)
#define n(fmt, args...) printf(fmt, ## args)
n("b") n("b", 2, 3)
#define v(...) <__VA_ARGS__>
v() v(1) v(1,2) v(,) v((1,2),3)
#define o(a, ...) f(a __VA_OPT__(,) __VA_ARGS__)
o(1) o(1,) o(1,2) o(1,2,3)
#define F(a, ...) f(0, a __VA_OPT__(, (__VA_ARGS__)) )
F(a) F(a, b) F(a, b, c)
#define SDEF(sname, ...) S sname __VA_OPT__(= { __VA_ARGS__ })
SDEF(foo); SDEF(bar, 1, 2);
#define H3(X, ...) #__VA_OPT__(X##X X##X)
H3(, 0) H3(a, 1) H3(b)
#define EMP
#define H4(X, ...) __VA_OPT__(a X ## X) ## b
H4(, 1) H4(c, 1) H4(c)
o(1, EMP)
#define count(...) count_(__VA_ARGS__, 5, 4, 3, 2, 1)
#define count_(a, b, c, d, e, n, ...) n
count(x) count(x, y) count(x, y, z)
#define s(...) #__VA_ARGS__
s(a , b,c   ,d) s() s( "q\n" , '"' )
#define last(a, b...) a b
last(1) last(1, 2, 3)
