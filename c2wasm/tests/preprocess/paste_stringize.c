#define cat(a, b) a ## b
#define xcat(a, b) cat(a, b)
#define s(x) #x
#define xs(x) s(x)
cat(a, b) cat(1, e) cat(., 5) cat(<, <=) cat(-, >) cat(L, "x") cat(u8, "y") cat(1, .e+)
xcat(cat(1, 2), cat(3, 4))
s(  a   b
c ) s("a\\b\"") s('\'') s(L'x') s(\) s(a/**/b) s(a /* */ b)
xs(__LINE__) xs(cat(a, b)) s(cat(a, b))
#define A1 one
#define B2 two
cat(A1, B2) xcat(A1, B2) cat(A, 1) xcat(A, 1)
#define three(a, b, c) a ## b ## c
three(x, , y) three(, , ) three(, z, ) three(a b, c, d e)
#define obj a ## b # c
obj
#define pre(x) L ## #x
pre(wide)
#define shift(x) x ## =
shift(<) shift(+) shift(<<)
s(@) s(%:) s(??=) s(<:)
#define m(x) x ## _t x
#define int_ long
m(int_) m(uint)
#define str_arg(x, y) #x #y x ## y
str_arg( a + b , )
str_arg(,)
